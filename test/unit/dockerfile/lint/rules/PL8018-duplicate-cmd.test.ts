import { rule } from '../../../../../src/dockerfile/lint/rules/PL8018-duplicate-cmd.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: ['FROM a:1\nCMD a\nFROM a:1\nCMD b\n', 'FROM a:1\nONBUILD CMD a\nCMD b\nHEALTHCHECK CMD c\n'],
  invalid: [
    { code: 'FROM a:1\nCMD a\nRUN b\nCMD c\n', at: 'CMD', safelyFixed: 'FROM a:1\nRUN b\nCMD c\n' },
    { code: 'FROM a:1\nCMD a \\\n  b\nCMD c\nCMD d\n', at: ['CMD', 'CMD'], safelyFixed: 'FROM a:1\nCMD d\n' },
  ],
});
