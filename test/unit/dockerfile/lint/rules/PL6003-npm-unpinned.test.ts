import { rule } from '../../../../../src/dockerfile/lint/rules/PL6003-npm-unpinned.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN npm install a.tar github:a/b#semver:^5.0 https://h/a.tgz\n',
    'FROM a:1\nRUN npm i -g a@1 @b/c@^2 ./d.tgz && npm ci && npm install && yarn add e@1 && yarn install && npm run add\n',
    'FROM a:1\nRUN npm --registry https://h install a@1 git+https://h/a.git#v1 && yarn global bin\n',
  ],
  invalid: [
    {
      code: 'FROM a:1\nRUN npm install git+ssh://git@h/a.git\n',
      at: 'git+ssh://git@h/a.git',
      fixed: 'FROM a:1\nRUN npm install git+ssh://git@h/a.git#CHOOSE-A-VERSION\n',
    },
    { code: 'FROM a:1\nRUN npm i -g github:a/b\n', at: 'github:a/b' },
    {
      code: 'FROM a:1\nRUN npm install -g a @b/c d@1\n',
      at: 'a',
      fixed: 'FROM a:1\nRUN npm install -g a@CHOOSE-A-VERSION @b/c@CHOOSE-A-VERSION d@1\n',
    },
    { code: 'FROM a:1\nRUN npm i a@latest\n', at: 'a@latest', fixed: 'FROM a:1\nRUN npm i a@CHOOSE-A-VERSION\n' },
    { code: 'FROM a:1\nRUN yarn global add a; pnpm add b\n', at: ['a', 'b'] },
  ],
});
