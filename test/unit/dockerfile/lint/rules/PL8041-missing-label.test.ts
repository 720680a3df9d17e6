import { rule } from '../../../../../src/dockerfile/lint/rules/PL8041-missing-label.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  skip: ['ONBUILD'],
  policy: { requiredLabels: ['a.b=email', 'c'] },
  valid: ['FROM x:1\nLABEL a.b=1 c=2\n', 'FROM x:1 AS y\nLABEL c d\nFROM y\nLABEL "a.b"=$Z\n', ''],
  invalid: [
    { code: 'FROM x:1\nLABEL a.b=1\n', at: 'x:1', fixed: 'FROM x:1\nLABEL c="REPLACE_ME"\nLABEL a.b=1\n' },
    { code: 'FROM x:1 AS y\nLABEL a.b=1 c=2\nFROM z:1\n', at: 'z:1' },
  ],
});
