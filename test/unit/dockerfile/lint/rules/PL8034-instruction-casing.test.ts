import { rule } from '../../../../../src/dockerfile/lint/rules/PL8034-instruction-casing.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: ['FROM a:1\nRUN a\nnonsense\n', 'from a:1\nrun a\nCMDX\n', ''],
  invalid: [
    { code: 'FROM a:1\nrun a\nCmd b\n', at: ['run', 'Cmd'], safelyFixed: 'FROM a:1\nRUN a\nCMD b\n' },
    { code: 'from a:1\nrun a\nCMD b\n', at: 'CMD', safelyFixed: 'from a:1\nrun a\ncmd b\n' },
  ],
  skip: ['ONBUILD', 'continued', 'heredoc'],
});
