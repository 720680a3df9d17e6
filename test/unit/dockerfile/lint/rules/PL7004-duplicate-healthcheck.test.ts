import { rule } from '../../../../../src/dockerfile/lint/rules/PL7004-duplicate-healthcheck.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: ['FROM a:1\nHEALTHCHECK NONE\nFROM a:1\nHEALTHCHECK CMD a\n', 'FROM a:1\nONBUILD HEALTHCHECK NONE\nONBUILD HEALTHCHECK CMD a\n'],
  invalid: [
    { code: 'FROM a:1\nHEALTHCHECK CMD a\nRUN b\nHEALTHCHECK CMD c\n', at: 'HEALTHCHECK', safelyFixed: 'FROM a:1\nRUN b\nHEALTHCHECK CMD c\n' },
    { code: 'FROM a:1\nhealthcheck NONE\nHEALTHCHECK --interval=1s \\\n  CMD a\nHEALTHCHECK NONE\n', at: ['healthcheck', 'HEALTHCHECK'] },
  ],
});
