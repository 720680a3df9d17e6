import { rule } from '../../../../../src/dockerfile/lint/rules/PL3008-secret-mount-mode.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN --mount=type=secret,id=a --mount=type=secret,id=b,mode=0400 --mount=type=secret,id=c,mode=440 b\n',
    'FROM a:1\nRUN --mount=type=tmpfs,target=/t,mode=0777 b mode=0777\n',
  ],
  invalid: [
    { code: 'FROM a:1\nRUN --mount=type=secret,id=a,mode=0444 b\n', at: 'mode=0444', fixed: 'FROM a:1\nRUN --mount=type=secret,id=a,mode=0400 b\n' },
    { code: 'FROM a:1\nRUN --mount=type=cache,target=/c --mount=mode=0666,type=ssh b\n', at: 'mode=0666' },
    { code: 'FROM a:1\nRUN --mount=type=secret,id=a,mode=777,uid=1 \\\n  b\n', at: 'mode=777' },
  ],
});
