import { rule } from '../../../../../src/dockerfile/lint/rules/PL1002-latest-base-image.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  skip: ['ONBUILD'],
  valid: ['FROM alpine:3.20\n', 'FROM alpine:latest-stable\n', 'FROM latest\n', 'FROM alpine:latest@sha256:' + '0'.repeat(64) + '\n'],
  invalid: [
    { code: 'FROM alpine:latest\n', at: 'latest', fixed: 'FROM alpine:CHOOSE-A-VERSION\n' },
    { code: 'FROM a:5000/latest/b:latest AS latest\n', at: 'latest' },
    { code: 'ARG T=latest\nFROM alpine:$T\n', at: 'alpine:$T' },
  ],
});
