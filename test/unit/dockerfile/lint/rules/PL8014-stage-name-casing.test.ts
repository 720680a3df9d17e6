import { rule } from '../../../../../src/dockerfile/lint/rules/PL8014-stage-name-casing.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: ['FROM A:1 AS b_1\nCOPY --from=B a /a\n'],
  invalid: [{ code: 'FROM a:1 AS Build\nFROM Build AS two\n', at: 'Build', safelyFixed: 'FROM a:1 AS build\nFROM Build AS two\n' }],
});
