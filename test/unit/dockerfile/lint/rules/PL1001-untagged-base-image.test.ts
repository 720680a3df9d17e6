import { rule } from '../../../../../src/dockerfile/lint/rules/PL1001-untagged-base-image.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  skip: ['ONBUILD'],
  valid: [
    'FROM alpine:3.20 AS a\nFROM a\n',
    'ARG V=3.20\nFROM alpine:${V}\n',
    'FROM localhost:5000/a:1\n',
    'FROM alpine@sha256:' + '0'.repeat(64) + '\n',
    'FROM scratch\nCOPY a /\n',
    'FROM {{base}} AS a\n',
    'FROM \n',
    'FROM ${A:-alpine:3.20}\n',
  ],
  invalid: [
    { code: 'FROM alpine\n', at: 'alpine', fixed: 'FROM alpine:CHOOSE-A-VERSION\n' },
    { code: 'from --platform=linux/amd64 localhost:5000/a/b as x\nRUN true\n', at: 'localhost:5000/a/b' },
    { code: 'FROM alpine AS alpine\nFROM debian:12\nCOPY --from=alpine /a /a\n', at: 'alpine' },
    { code: 'FROM ${A:-alpine}\n', at: '${A:-alpine}' },
  ],
});
