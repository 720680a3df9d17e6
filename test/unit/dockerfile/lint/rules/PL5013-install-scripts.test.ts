import { rule } from '../../../../../src/dockerfile/lint/rules/PL5013-install-scripts.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN npm ci && npm install && npm i -g --ignore-scripts x && npm run add y && npm i ./x.tgz && yarn install\n',
    'FROM a:1\nRUN npm config set ignore-scripts true && npm i -g x\n',
    'FROM a:1\nRUN echo "ignore-scripts=true" > ~/.npmrc && npm i -g x\n',
    'FROM a:1\nENV YARN_ENABLE_SCRIPTS=false\nRUN yarn add x\n',
  ],
  invalid: [
    { code: 'FROM a:1\nRUN npm i -g x@1\n', at: 'i', fixed: 'FROM a:1\nRUN npm i --ignore-scripts -g x@1\n' },
    { code: 'FROM a:1\nENV NPM_CONFIG_IGNORE_SCRIPTS=false\nRUN yarn global add x && npm install @a/b git+https://h/c\n', at: ['add', 'install'] },
  ],
});
