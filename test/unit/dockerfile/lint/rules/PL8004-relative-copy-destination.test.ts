import { rule } from '../../../../../src/dockerfile/lint/rules/PL8004-relative-copy-destination.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  skip: ['ONBUILD'],
  valid: [
    'FROM scratch\nCOPY --from=a:1 /b b\n',
    'FROM a:1\nWORKDIR /a\nCOPY b c\n',
    'FROM a:1 AS x\nWORKDIR /a\nFROM x\nADD b ./\n',
    'FROM a:1\nCOPY a /b\nCOPY a $B\nONBUILD COPY a b\nCOPY a\n',
    'FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nCOPY a C:\\\\b\nCOPY ["a", "\\\\b"]\n',
  ],
  invalid: [
    { code: 'FROM a:1\nCOPY a .\nWORKDIR /a\n', at: '.', fixed: 'FROM a:1\nWORKDIR /app\nCOPY a .\nWORKDIR /a\n' },
    { code: 'FROM a:1\nARG D=d\nADD --chown=x ["a", "$D/"]\n', at: '$D/' },
    { code: 'FROM a:1\nWORKDIR /a\nFROM b:1\nCOPY <<E x\ny\nE\n', at: 'x' },
  ],
});
