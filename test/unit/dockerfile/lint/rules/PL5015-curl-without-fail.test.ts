import { rule } from '../../../../../src/dockerfile/lint/rules/PL5015-curl-without-fail.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN curl -fsSL https://a | tar x; curl --fail https://a | sh; curl -o a https://a | cat; curl -sI https://a | cat\n',
    'FROM a:1\nRUN curl https://a > b && curl -s https://a | grep c && curl -sw "%{http_code}" https://a | cat; cat x | curl -d @- https://a; curl --version | sed q\n',
  ],
  invalid: [
    { code: 'FROM a:1\nRUN curl -sSL https://a | tar x\n', at: 'curl', fixed: 'FROM a:1\nRUN curl -fsSL https://a | tar x\n' },
    { code: 'FROM a:1\nRUN curl https://a | sudo tee /b\n', at: 'curl', fixed: 'FROM a:1\nRUN curl -f https://a | sudo tee /b\n' },
    { code: 'FROM a:1\nRUN sh -c "curl -L https://a | gpg --dearmor"\n', at: 'curl' },
  ],
});
