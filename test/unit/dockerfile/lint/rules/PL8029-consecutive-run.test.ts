import { rule } from '../../../../../src/dockerfile/lint/rules/PL8029-consecutive-run.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  skip: ['ONBUILD', 'heredoc'],
  valid: [
    'FROM a:1\nRUN b && c\nRUN d\nRUN e; f\n',
    'FROM a:1\nRUN a\nENV B=c\nRUN d\n',
    'FROM a:1\nRUN a\n\n# why\nRUN b\n',
    'FROM a:1 AS x\nRUN a\nRUN b\nFROM a:1\nRUN c\n',
    'FROM a:1\nRUN --mount=type=cache,target=/x a\nRUN b\nRUN ["c"]\nRUN <<E\nd\nE\n',
    'FROM a:1\nONBUILD RUN a\nONBUILD RUN b\n',
  ],
  invalid: [
    { code: 'FROM a:1\nRUN a\nrun b\n\nRUN c\n', at: ['run', 'RUN'] },
    { code: 'FROM a:1 AS x\nRUN --network=none a\nRUN --network=none b\nFROM x\nRUN c\n', at: 'RUN' },
  ],
});
