import { rule } from '../../../../../src/dockerfile/lint/rules/PL3003-credentials-in-url.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN git clone git@example.com:a/b.git && curl https://example.com:80/a@b && curl https://u:$P@example.com https://u:<password>@example.com\n',
  ],
  invalid: [
    {
      code: 'FROM a:1\nRUN pip install --index-url "https://u:p4ss@example.com/simple" a\n',
      at: 'u:p4ss',
      fixed: 'FROM a:1\nRUN pip install --index-url "https://example.com/simple" a\n',
    },
    { code: 'FROM a:1\nENV U=amqp://:s3cret@q:5672\n', at: ':s3cret' },
    { code: 'FROM a:1\nADD ["ftp://u:p4ss@example.com/a", "/"]\n', at: 'u:p4ss' },
  ],
});
