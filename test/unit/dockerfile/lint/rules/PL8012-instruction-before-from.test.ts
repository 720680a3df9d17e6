import { rule } from '../../../../../src/dockerfile/lint/rules/PL8012-instruction-before-from.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  skip: ['ONBUILD'],
  valid: ['', '# a\n\nARG A=1\nFROM a:1\nRUN b\n', 'NONSENSE a\nFROM a:1\n'],
  invalid: [
    { code: 'RUN a\nCOPY b /c\nFROM a:1\nRUN d\n', at: ['RUN', 'COPY'] },
    { code: 'ARG A\nenv A=1\nRUN a\n', at: 'env' },
  ],
});
