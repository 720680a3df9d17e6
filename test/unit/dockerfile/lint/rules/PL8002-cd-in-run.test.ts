import { rule } from '../../../../../src/dockerfile/lint/rules/PL8002-cd-in-run.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN a && cd /b && c\n',
    'FROM a:1\nRUN (cd /b && c)\n',
    'FROM a:1\nRUN cd b && c\n',
    'FROM a:1\nRUN cd /a\n',
    'FROM a:1\nCMD cd /a && b\n',
    'FROM a:1\nRUN sh -c "cd /a && b"\n',
  ],
  invalid: [
    { code: 'FROM a:1\nRUN cd /b && c\n', at: 'cd' },
    { code: 'FROM a:1\nRUN --mount=type=cache,target=/x   cd /b; c\n', at: 'cd' },
  ],
});
