import { rule } from '../../../../../src/dockerfile/lint/rules/PL3001-secret-in-env-or-arg.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nENV SA_PASSWORD="_"\n',
    'FROM a:1\nENV GITHUB_TOKEN=placeholder\nARG USE_AUTH=false\n',
    'FROM a:1\nENV RESET_PASSWORD=resetPassword.sh DB_PASSWORD="${DB_PASSWORD:-}"\n',
    'FROM a:1\nENV PASSWORD_FILE=/run/secrets/p TOKEN_URL=https://example.com KEY=1 PWD=/a\n',
    'FROM a:1\nENV TOKEN=\n',
    'FROM a:1\nENV DB_PASSWORD=<your-password>\n',
    'FROM a:1\nENV MYSQL_ALLOW_EMPTY_PASSWORD=1 SSH_AUTH_SOCK=/a NODE_AUTH=true COMPASS=x BYPASS=y\n',
    'FROM a:1\nARG T\nRUN --mount=type=secret,id=t a\n',
  ],
  invalid: [
    { code: 'FROM a:1\nARG PASSWORD=""\n', at: 'PASSWORD' },
    { code: 'FROM a:1\nARG GITHUB_TOKEN=placeholder\nARG REPO_PSW\n', at: ['GITHUB_TOKEN', 'REPO_PSW'] },
    { code: 'FROM a:1\nARG B\nENV DB_PASSWORD="${B:-}"\n', at: 'DB_PASSWORD' },
    { code: 'FROM a:1\nENV A=b TOKEN=abc\n', at: 'TOKEN', fixed: 'FROM a:1\nENV A=b\n' },
    {
      code: 'FROM a:1\nARG NPM_TOKEN\nRUN echo $NPM_TOKEN $NPM_TOKENS\n',
      at: 'NPM_TOKEN',
      fixed: 'FROM a:1\nRUN --mount=type=secret,id=NPM_TOKEN,env=NPM_TOKEN echo $NPM_TOKEN $NPM_TOKENS\n',
    },
    { code: 'FROM a:1\nENV dbPassword "a b"\n', at: 'dbPassword' },
    { code: 'FROM a:1\nENV \\\n  API_KEY=x \\\n  # comment\n  B=c\n', at: 'API_KEY' },
    { code: 'ARG SECRET=abc\nFROM a:1\n', at: 'SECRET', fixed: 'FROM a:1\n' },
    { code: 'FROM a:1\nARG P\nENV DB_PASSWORD=${P}', at: 'DB_PASSWORD', fixed: 'FROM a:1\nARG P' },
  ],
});
