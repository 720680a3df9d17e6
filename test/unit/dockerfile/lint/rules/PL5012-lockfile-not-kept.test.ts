import { rule } from '../../../../../src/dockerfile/lint/rules/PL5012-lockfile-not-kept.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nCOPY package-lock.json .\nRUN npm ci && npm install -g x && npm i y && npm run install\n',
    'FROM a:1\nCOPY package.json .\nRUN npm install\n',
    'FROM a:1\nRUN npm install\nCOPY package-lock.json .\n',
    'FROM a:1\nCOPY package-lock.json .\nFROM b:1\nRUN npm install\n',
    'FROM a:1\nCOPY yarn.lock pnpm-lock.yaml ./\nRUN yarn install --immutable && yarn add x && pnpm install && yarn build\n',
  ],
  invalid: [
    {
      code: 'FROM a:1\nCOPY package.json package-lock.json ./\nRUN npm install\n',
      at: 'install',
      fixed: 'FROM a:1\nCOPY package.json package-lock.json ./\nRUN npm ci\n',
    },
    {
      code: 'FROM a:1\nCOPY --chown=a app/package*.json ./\nRUN cd x && npm i --omit=dev\n',
      at: 'i',
      fixed: 'FROM a:1\nCOPY --chown=a app/package*.json ./\nRUN cd x && npm ci --omit=dev\n',
    },
    { code: 'FROM a:1\nCOPY npm-shrinkwrap.json /a/\nRUN ["npm", "install"]\n', at: 'install' },
    {
      code: 'FROM a:1\nCOPY yarn.lock ./\nRUN yarn install --production\n',
      at: 'install',
      fixed: 'FROM a:1\nCOPY yarn.lock ./\nRUN yarn install --immutable --production\n',
    },
    { code: 'FROM a:1\nCOPY pnpm-lock.yaml ./\nRUN pnpm install --no-frozen-lockfile\n', at: '--no-frozen-lockfile' },
  ],
});
