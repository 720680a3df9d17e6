import { rule } from '../../../../../src/dockerfile/lint/rules/PL8015-from-as-casing.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: ['FROM a:1 AS b\nfrom a:1 as c\nFROM a:1\nFROM a:1 as\n'],
  invalid: [
    { code: 'FROM a:1 as b\n', at: 'as', safelyFixed: 'FROM a:1 AS b\n' },
    { code: 'from a:1 As b\n', at: 'As', safelyFixed: 'from a:1 as b\n' },
  ],
});
