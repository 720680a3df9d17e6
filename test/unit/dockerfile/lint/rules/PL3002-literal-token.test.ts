import { rule } from '../../../../../src/dockerfile/lint/rules/PL3002-literal-token.ts';
import { testRule } from '../../../../support/rule-harness.ts';

// Put together here, so that no scanner takes this file for a leak.
const keyHead = '-----BEGIN OPENSSH ' + 'PRIVATE KEY-----';
const github = 'ghp' + '_0123456789abcdefghijABCDEFGHIJ012345';
const gitlab = 'glpat' + '-0a1B2c3D4e5F6g7H8i9J';
const npm = 'npm' + '_0123456789abcdefghijABCDEFGHIJ012345';
const slack = 'xoxb' + '-123456789012-abcdefGHIJKL';
const stripe = 'sk' + '_live_0a1B2c3D4e5F6g7H8i9J';

testRule(rule, {
  valid: [
    'FROM a:1\nENV A=ghp_short B=npm_config_cache C=xoxb\n',
    'FROM a:1\nRUN npm_config_cache=/x npm ci && echo AKIA\n',
    `FROM a:1\n# ${github}\n`,
  ],
  invalid: [
    { code: `FROM a:1\nENV A=${github}\n`, at: github },
    { code: `FROM a:1\nRUN git clone https://x:${gitlab}@example.com/a.git\n`, at: gitlab },
    { code: `FROM a:1\nRUN echo "//r/:_authToken=${npm}" > .npmrc\n`, at: npm },
    { code: `FROM a:1\nRUN curl -d '{"t":"${slack}"}' x\n`, at: slack },
    { code: `FROM a:1\nLABEL a="${stripe}"\n`, at: stripe },
    { code: `FROM a:1\nCOPY <<E /k\n${keyHead}\nE\n`, at: keyHead },
    { code: `FROM a:1\nRUN a \\\n  ${github} \\\n  b\n`, at: github },
  ],
});
