import { rule } from '../../../../../src/dockerfile/lint/rules/PL6014-apt-in-script.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: ['FROM a:1\nRUN apt-get install -y apt && apt list && apt-key list && echo apt install && npm i apt\n'],
  invalid: [
    {
      code: 'FROM a:1\nRUN apt update && sudo apt install -y a\n',
      at: ['apt', 'apt'],
      fixed: 'FROM a:1\nRUN apt-get update && sudo apt-get install -y a\n',
    },
    { code: 'FROM a:1\nRUN apt search a\n', at: 'apt', fixed: 'FROM a:1\nRUN apt-cache search a\n' },
    { code: 'FROM a:1\nRUN ["apt", "install", "a"]\n', at: 'apt', fixed: 'FROM a:1\nRUN ["apt-get", "install", "a"]\n' },
  ],
});
