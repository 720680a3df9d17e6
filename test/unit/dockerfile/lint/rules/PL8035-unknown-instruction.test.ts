import { rule } from '../../../../../src/dockerfile/lint/rules/PL8035-unknown-instruction.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nrun b\nONBUILD copy a /b\n',
    'FROM a:1\nENTRYP',
    '# syntax=example.com/x:1\nFROM a:1\nINCLUDE b\n',
    '# syntax=docker/dockerfile:1\nFROM a:1\n',
  ],
  invalid: [
    { code: 'FROM a:1\nCOYP a /b\n', at: 'COYP', fixed: 'FROM a:1\nCOPY a /b\n' },
    { code: 'FORM a:1\nRUN b\n&& c\n', at: ['FORM', '&&'], fixed: 'FROM a:1\nRUN b\n&& c\n' },
    { code: '# syntax=docker/dockerfile:1.7-labs\nFROM a:1\nINCLUDE b\n', at: 'INCLUDE' },
    { code: 'FROM a:1\nENTRYP\n\nRUN a\n', at: 'ENTRYP' },
  ],
});
