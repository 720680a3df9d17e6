import { rule } from '../../../../../src/dockerfile/lint/rules/PL4006-npm-strict-ssl-off.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN npm install strict-ssl false\n',
    'FROM a:1\nENV NPM_CONFIG_STRICT_SSL=true\nRUN npm config set strict-ssl true && npm config set registry false && echo strict-ssl\n',
  ],
  invalid: [
    { code: 'FROM a:1\nRUN npm set strict-ssl=false\n', at: 'strict-ssl=false', safelyFixed: 'FROM a:1\nRUN npm set strict-ssl=true\n' },
    { code: 'FROM a:1\nRUN pnpm config set strict-ssl false && npm ci --no-strict-ssl\n', at: ['false', '--no-strict-ssl'] },
    { code: 'FROM a:1\nRUN yarn config set enableStrictSsl false\n', at: 'false' },
    { code: 'FROM a:1\nENV npm_config_strict_ssl=false\n', at: 'npm_config_strict_ssl=false' },
    { code: 'FROM a:1\nCOPY <<E /root/.npmrc\nstrict-ssl=false\nE\n', at: 'strict-ssl=false' },
  ],
});
