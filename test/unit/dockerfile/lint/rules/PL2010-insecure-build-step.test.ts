import { rule } from '../../../../../src/dockerfile/lint/rules/PL2010-insecure-build-step.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: ['FROM a:1\nRUN --network=none --security=sandbox a\nRUN --network=default a\nRUN a --security=insecure --network=host\n'],
  invalid: [
    { code: 'FROM a:1\nRUN --security=insecure a\n', at: '--security=insecure', fixed: 'FROM a:1\nRUN a\n' },
    {
      code: 'FROM a:1\nRUN --mount=type=cache,target=/c --network=host a\n',
      at: '--network=host',
      fixed: 'FROM a:1\nRUN --mount=type=cache,target=/c a\n',
    },
    { code: 'FROM a:1\nRUN --network=host --security=insecure a\n', at: ['--network=host', '--security=insecure'], fixed: 'FROM a:1\nRUN a\n' },
    { code: 'FROM a:1\nRUN --network="host" \\\n  a\n', at: '--network="host"' },
    { code: 'FROM a:1\nRUN --network=host <<E\na\nE\n', at: '--network=host' },
  ],
});
