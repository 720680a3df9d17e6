import { rule } from '../../../../../src/dockerfile/lint/rules/PL7005-missing-healthcheck.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: ['FROM a:1\n', 'FROM a:1 AS b\nHEALTHCHECK CMD x\nFROM b\nCMD y\n', 'FROM a:1\nCMD x\nFROM a:1\nRUN y\n', 'FROM a:1\nONBUILD CMD x\n'],
  invalid: [
    { code: 'FROM a:1\nCMD x\n', at: 'CMD', fixed: 'FROM a:1\nHEALTHCHECK CMD ["REPLACE-WITH-A-CHECK"]\nCMD x\n' },
    { code: 'FROM a:1 AS b\nHEALTHCHECK NONE\nFROM a:1\nENTRYPOINT ["x"]\nCMD ["y"]\n', at: 'CMD' },
  ],
});
