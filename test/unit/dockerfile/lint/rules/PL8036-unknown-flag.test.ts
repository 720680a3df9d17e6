import { rule } from '../../../../../src/dockerfile/lint/rules/PL8036-unknown-flag.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM --platform=a a:1\nRUN --mount=type=cache,target=/x --network=none --security=sandbox echo --x\nCOPY --link --parents --from=a --chown=1 --chmod=1 --exclude=b a /b\n',
    'FROM a:1\nADD --checksum=sha256:1 --keep-git-dir=true a /b\nHEALTHCHECK --interval=1s --timeout=1s --start-period=1s --start-interval=1s --retries=1 CMD a --b\nCMD ["--a"]\n',
    '# syntax=example.com/x:1\nFROM a:1\nRUN --new b\n',
  ],
  invalid: [
    { code: 'FROM a:1\nCOPY --form=b a /c\n', at: '--form', fixed: 'FROM a:1\nCOPY --from=b a /c\n' },
    { code: 'FROM a:1\nRUN --rm b\nCMD --c\nEXPOSE --constructor 1\n', at: ['--rm', '--c', '--constructor'] },
    { code: 'FROM --platform a:1\nCOPY --chown= a /b\n', at: ['--platform', '--chown='] },
  ],
});
