import { rule } from '../../../../../src/dockerfile/lint/rules/PL5003-apk-allow-untrusted.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: ['FROM a:1\nRUN apk add a && echo --allow-untrusted\n'],
  invalid: [
    { code: 'FROM a:1\nRUN apk add --allow-untrusted a\n', at: '--allow-untrusted', safelyFixed: 'FROM a:1\nRUN apk add a\n' },
    { code: 'FROM a:1\nRUN ["apk", "add", "--allow-untrusted", "a"]\n', at: '--allow-untrusted', safelyFixed: 'FROM a:1\nRUN ["apk", "add", "a"]\n' },
  ],
});
