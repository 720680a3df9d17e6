import { rule } from '../../../../../src/dockerfile/lint/rules/PL5006-pip-extra-index-url.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: ['FROM a:1\nRUN pip install -i https://example.com a && uv pip install b\nENV PIP_EXTRA_INDEX_URL=\n'],
  invalid: [
    {
      code: 'FROM a:1\nRUN pip install --extra-index-url https://example.com a\n',
      at: '--extra-index-url',
      fixed: 'FROM a:1\nRUN pip install --index-url https://example.com a\n',
    },
    { code: 'FROM a:1\nRUN pip install -i https://a --extra-index-url https://b c\n', at: '--extra-index-url' },
    { code: 'FROM a:1\nARG PIP_EXTRA_INDEX_URL=https://example.com\n', at: 'PIP_EXTRA_INDEX_URL=https://example.com' },
    {
      code: 'FROM a:1\nRUN pip config set global.extra-index-url https://example.com\n',
      at: 'global.extra-index-url',
      fixed: 'FROM a:1\nRUN pip config set global.index-url https://example.com\n',
    },
  ],
});
