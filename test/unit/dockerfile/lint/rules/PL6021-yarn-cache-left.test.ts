import { rule } from '../../../../../src/dockerfile/lint/rules/PL6021-yarn-cache-left.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN yarn install && yarn cache clean --all && yarn build\n',
    'FROM a:1\nRUN --mount=type=cache,target=/c/.cache yarn install\n',
    'FROM a:1\nRUN yarn build && npm ci\n',
    'FROM a:1 AS b\nRUN yarn install\nFROM c:1\n',
  ],
  invalid: [
    { code: 'FROM a:1\nRUN yarn cache clean && yarn install\n', at: 'install' },
    { code: 'FROM a:1\nRUN --mount=type=cache,target=/var/lib/b yarn install\n', at: 'install' },
    { code: 'FROM a:1\nRUN yarn install && a\n', at: 'install', fixed: 'FROM a:1\nRUN yarn install && yarn cache clean && a\n' },
    { code: 'FROM a:1\nRUN yarn global add a@1\n', at: 'global' },
  ],
});
