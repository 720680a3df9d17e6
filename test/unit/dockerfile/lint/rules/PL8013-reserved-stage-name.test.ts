import { rule } from '../../../../../src/dockerfile/lint/rules/PL8013-reserved-stage-name.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: ['FROM scratch AS base\nFROM base AS scratched\n'],
  invalid: [{ code: 'FROM a:1 AS scratch\nFROM a:1 AS CONTEXT\n', at: ['scratch', 'CONTEXT'] }],
});
