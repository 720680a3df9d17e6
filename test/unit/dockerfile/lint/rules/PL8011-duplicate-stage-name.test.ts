import { rule } from '../../../../../src/dockerfile/lint/rules/PL8011-duplicate-stage-name.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: ['FROM a:1 AS b\nFROM b AS c\nFROM a:1\nFROM a:1\n'],
  invalid: [{ code: 'FROM a:1 AS b\nFROM a:1 AS B\nFROM a:1 AS b\n', at: ['B', 'b'] }],
});
