import { rule } from '../../../../../src/dockerfile/lint/rules/PL1006-constant-platform.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  skip: ['ONBUILD'],
  valid: [
    'FROM --platform=$BUILDPLATFORM a:1\nFROM --platform=${BUILDPLATFORM:-linux/amd64} a:1\n',
    'FROM --platform=linux/amd64 a:1 AS build-amd64\nFROM --platform= a:1\nFROM --platform=$TARGETPLATFORM a:1\n',
  ],
  invalid: [
    { code: 'FROM --platform=linux/amd64 a:1 AS b\n', at: '--platform=linux/amd64', fixed: 'FROM a:1 AS b\n' },
    { code: 'FROM --platform="linux/arm64" a:1\n', at: '--platform="linux/arm64"' },
  ],
});
