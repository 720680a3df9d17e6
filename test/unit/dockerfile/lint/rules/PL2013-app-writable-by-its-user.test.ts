import { rule } from '../../../../../src/dockerfile/lint/rules/PL2013-app-writable-by-its-user.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  skip: ['ONBUILD'],
  valid: [
    'FROM a:1\nCOPY --chown=app a /usr/bin/a\nCMD ["/usr/bin/a"]\n',
    'FROM a:1\nUSER app\nCOPY --chown=app src/ /app/\nCMD ["node", "/app/a.js"]\n',
    'FROM a:1\nUSER app\nCOPY --chown=app --chmod=555 a /usr/bin/a\nCMD ["/usr/bin/a"]\n',
    'FROM a:1\nUSER root\nCOPY --chown=root a /usr/bin/a\n',
    'FROM a:1 AS b\nCOPY --chown=app a /usr/bin/a\nFROM c:1\nUSER app\n',
  ],
  invalid: [
    {
      code: 'FROM a:1\nCOPY --chown=app:app a b /usr/local/bin/\nUSER app\n',
      at: '--chown=app:app',
      fixed: 'FROM a:1\nCOPY --chmod=755 a b /usr/local/bin/\nUSER app\n',
    },
    { code: 'FROM a:1\nUSER 1000:0\nCOPY --chown=1000 out/app /app/\nENTRYPOINT ["tini", "--", "/app/app"]\n', at: '--chown=1000' },
  ],
});
