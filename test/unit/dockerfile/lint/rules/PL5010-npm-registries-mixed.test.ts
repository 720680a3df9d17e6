import { rule } from '../../../../../src/dockerfile/lint/rules/PL5010-npm-registries-mixed.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN npm ci --registry=https://n.example.com/ && npm i -g x --registry https://n.example.com\n',
    'FROM a:1\nRUN npm config set registry https://registry.yarnpkg.com && npm ci\n',
    'FROM a:1\nRUN echo "@a:registry=https://n.example.com" > .npmrc && npm ci && npm run build --registry=https://b.example.com\n',
    'FROM a:1\nRUN npm i --registry=https://n.example.com x\nFROM b:1\nRUN npm i y\n',
    'FROM a:1\nRUN npm i --registry=$REGISTRY x && npm i y\n',
    'FROM a:1\nRUN npm config set @a:registry https://n.example.com && npm config set @b:registry https://m.example.com && npm i\n',
  ],
  invalid: [
    {
      code: 'FROM a:1\nRUN npm i --registry=https://n.example.com x && npm ci\n',
      at: '--registry=https://n.example.com',
      fixed: 'FROM a:1\nRUN npm i --@CHOOSE-A-SCOPE:registry=https://n.example.com x && npm ci\n',
    },
    {
      code: 'FROM a:1\nENV NPM_CONFIG_REGISTRY=https://n.example.com\nRUN pnpm add x --registry https://m.example.com\nRUN npm i\n',
      at: '--registry https://m.example.com',
    },
    {
      code: 'FROM a:1\nRUN npm config set registry https://n.example.com && npm i x && npm config set registry https://m.example.com && npm i y\n',
      at: 'registry',
    },
    { code: 'FROM a:1\nRUN yarn add x --registry https://n.example.com && yarn install\n', at: '--registry https://n.example.com' },
    {
      code: 'FROM a:1\nRUN printf "@a:registry=https://n.example.com\\n@a:registry=https://m.example.com\\n" > .npmrc && npm ci\n',
      at: '@a:registry=https://m.example.com',
    },
  ],
});
