import { rule } from '../../../../../src/dockerfile/lint/rules/PL8001-relative-workdir.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  skip: ['ONBUILD'],
  valid: [
    'FROM a:1\nWORKDIR /a\nWORKDIR b\nWORKDIR ../c\n',
    'FROM a:1 AS x\nWORKDIR /a\nFROM x AS y\nRUN z\nFROM y\nWORKDIR b\n',
    'FROM a:1\nENV D=/d\nWORKDIR $D\nWORKDIR e\n',
    'FROM a:1\nWORKDIR ${UNKNOWN}/x\nONBUILD WORKDIR y\nWORKDIR\n',
    'FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nWORKDIR C:\\\\x\nWORKDIR d:/y\n',
  ],
  invalid: [
    { code: 'FROM a:1\nWORKDIR app\n', at: 'app', fixed: 'FROM a:1\nWORKDIR /app\n' },
    { code: 'FROM a:1\nARG D=x\nWORKDIR $D/y\n', at: '$D/y' },
    { code: 'FROM a:1\nWORKDIR /a\nFROM a:1\nWORKDIR b\nWORKDIR /c\nWORKDIR d\n', at: 'b' },
  ],
});
