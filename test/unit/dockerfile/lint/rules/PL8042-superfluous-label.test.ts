import { rule } from '../../../../../src/dockerfile/lint/rules/PL8042-superfluous-label.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  policy: { allowedLabels: ['a', 'b.c*'], requiredLabels: ['d=url'] },
  valid: ['FROM x:1\nLABEL a=1 b.cd=2 d=3 $E=4\nLABEL\n'],
  invalid: [{ code: 'FROM x:1\nLABEL a=1 b=2\nLABEL e f\n', at: ['b', 'e'] }],
});
