import { rule } from '../../../../../src/dockerfile/lint/rules/PL1007-argument-in-from.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  skip: ['ONBUILD'],
  valid: [
    'ARG A=1\nARG B\nFROM a:$A${B}\nFROM --platform=$TARGETPLATFORM a:${C-1}\n',
    'ARG R=quay.io\nARG V=1\nARG I=$R/a:$V\nFROM $I\n',
    'FROM a:1 AS b\nFROM b\nFROM\n',
  ],
  invalid: [
    { code: 'FROM a:$V\n', at: 'a:$V', fixed: 'ARG V=CHOOSE-A-VALUE\nFROM a:$V\n' },
    { code: 'ARG V\nFROM a:${V}\n', at: 'a:${V}', fixed: 'ARG V=CHOOSE-A-VALUE\nFROM a:${V}\n' },
    { code: "ARG V=''\nFROM $V/a:1\n", at: '$V/a:1', fixed: 'ARG V=CHOOSE-A-VALUE\nFROM $V/a:1\n' },
    { code: 'FROM a:1\nARG P=linux/amd64\nFROM --platform=$P b:1\n', at: '$P' },
  ],
});
