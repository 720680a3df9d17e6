import { rule } from '../../../../../src/dockerfile/lint/rules/PL8016-redundant-platform.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: ['FROM --platform=$BUILDPLATFORM a:1\nFROM --platform=linux/amd64 a:1\n'],
  invalid: [
    {
      code: 'FROM --platform=${TARGETPLATFORM} a:1 AS b\nFROM   --platform=$TARGETPLATFORM a:1\n',
      at: ['--platform=${TARGETPLATFORM}', '--platform=$TARGETPLATFORM'],
      safelyFixed: 'FROM a:1 AS b\nFROM a:1\n',
    },
  ],
});
