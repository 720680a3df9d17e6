import { rule } from '../../../../../src/dockerfile/lint/rules/PL8031-empty-label.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  skip: ['ONBUILD'],
  valid: ['FROM a:1\nLABEL a=b c="d" e=$F\nLABEL g\nLABEL h i\n'],
  invalid: [
    { code: 'FROM a:1\nLABEL a= b="" c=d e=" "\n', at: ['a', 'b', 'e'] },
    { code: 'FROM a:1\nENV E=""\nLABEL a=$E\n', at: 'a' },
  ],
});
