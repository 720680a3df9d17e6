import { rule } from '../../../../../src/dockerfile/lint/rules/PL1003-base-image-without-digest.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  skip: ['ONBUILD'],
  valid: ['FROM alpine\n', 'FROM alpine:latest\n', 'FROM a:$V\n', 'FROM alpine@sha256:' + '0'.repeat(64) + ' AS a\nFROM a\n', 'FROM scratch\nFROM\n'],
  invalid: [
    { code: 'FROM localhost:5000/a/b:1.2\n', at: 'localhost:5000/a/b:1.2' },
    { code: 'ARG V=3\nFROM alpine:$V AS a\nFROM a\n', at: 'alpine:$V' },
  ],
});
