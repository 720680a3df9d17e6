import { rule } from '../../../../../src/dockerfile/lint/rules/PL4004-node-tls-unverified.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: ['FROM a:1\nENV NODE_TLS_REJECT_UNAUTHORIZED=1\nRUN unset NODE_TLS_REJECT_UNAUTHORIZED\n'],
  invalid: [
    {
      code: 'FROM a:1\nENV NODE_TLS_REJECT_UNAUTHORIZED="0"\n',
      at: 'NODE_TLS_REJECT_UNAUTHORIZED="0"',
      safelyFixed: 'FROM a:1\nENV NODE_TLS_REJECT_UNAUTHORIZED=1\n',
    },
    {
      code: 'FROM a:1\nRUN env NODE_TLS_REJECT_UNAUTHORIZED=0 npm ci\n',
      at: 'NODE_TLS_REJECT_UNAUTHORIZED=0',
      safelyFixed: 'FROM a:1\nRUN env NODE_TLS_REJECT_UNAUTHORIZED=1 npm ci\n',
    },
    { code: 'FROM a:1\nENV NODE_TLS_REJECT_UNAUTHORIZED 0\n', at: 'NODE_TLS_REJECT_UNAUTHORIZED 0' },
  ],
});
