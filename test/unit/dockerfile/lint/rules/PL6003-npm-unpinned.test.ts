import { rule } from '../../../../../src/dockerfile/lint/rules/PL6003-npm-unpinned.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN npm i -g a@1 @b/c@^2 ./d.tgz && npm ci && npm install && yarn add e@1 && yarn install && npm run add\n',
    'FROM a:1\nRUN npm --registry https://h install a@1 git+https://h/a.git && yarn global bin\n',
  ],
  invalid: [
    {
      code: 'FROM a:1\nRUN npm install -g a @b/c d@1\n',
      at: 'a',
      fixed: 'FROM a:1\nRUN npm install -g a@CHOOSE-A-VERSION @b/c@CHOOSE-A-VERSION d@1\n',
    },
    { code: 'FROM a:1\nRUN npm i a@latest\n', at: 'a@latest', fixed: 'FROM a:1\nRUN npm i a@CHOOSE-A-VERSION\n' },
    { code: 'FROM a:1\nRUN yarn global add a; pnpm add b\n', at: ['a', 'b'] },
  ],
});
