import { rule } from '../../../../../src/dockerfile/lint/rules/PL8019-duplicate-entrypoint.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: ['FROM a:1\nENTRYPOINT a\nFROM a:1\nENTRYPOINT b\n', 'FROM a:1\nONBUILD ENTRYPOINT a\nENTRYPOINT b\nHEALTHCHECK CMD c\n'],
  invalid: [
    { code: 'FROM a:1\nENTRYPOINT a\nRUN b\nENTRYPOINT c\n', at: 'ENTRYPOINT', safelyFixed: 'FROM a:1\nRUN b\nENTRYPOINT c\n' },
    {
      code: 'FROM a:1\nENTRYPOINT a \\\n  b\nENTRYPOINT c\nENTRYPOINT d\n',
      at: ['ENTRYPOINT', 'ENTRYPOINT'],
      safelyFixed: 'FROM a:1\nENTRYPOINT d\n',
    },
  ],
});
