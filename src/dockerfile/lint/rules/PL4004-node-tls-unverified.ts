import { fixWith } from '../queries/edits.ts';
import { replaceValue, settingsNamed } from '../queries/settings.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL4004',
  slug: 'node-tls-unverified',
  title: 'Node.js does not check certificates',
  severity: 'high',
  aliases: ['CKV2_DOCKER_6'],
  fixable: 'safe',
  docs: {
    reports: 'NODE_TLS_REJECT_UNAUTHORIZED set to 0, by ENV or ARG, in a RUN, or in front of a command.',
    why: 'Every https request of Node.js and npm then takes any certificate. As an ENV it stays so in the running application: its tokens and data go to whoever answers.',
    fix: 'Remove it. For a private CA set NODE_EXTRA_CA_CERTS to its certificate.',
    bad: [
      'FROM node:22\nENV NODE_TLS_REJECT_UNAUTHORIZED=0\n',
      'FROM node:22\nRUN NODE_TLS_REJECT_UNAUTHORIZED=0 npm ci\n',
      'FROM node:22\nRUN export NODE_TLS_REJECT_UNAUTHORIZED="0" && npm ci\n',
      'FROM node:22\nENV NODE_TLS_REJECT_UNAUTHORIZED 0\n',
    ],
    good: [
      'FROM node:22\nENV NODE_TLS_REJECT_UNAUTHORIZED=1\n',
      'FROM node:22\nENV NODE_EXTRA_CA_CERTS=/ca.pem\nRUN echo NODE_TLS_REJECT_UNAUTHORIZED=0\n',
    ],
    references: ['https://nodejs.org/api/cli.html#node_tls_reject_unauthorizedvalue'],
  },
  *check(model) {
    for (const setting of settingsNamed(model, 'NODE_TLS_REJECT_UNAUTHORIZED')) {
      if (setting.value !== '0') continue;
      yield {
        message: 'Node.js accepts any certificate with NODE_TLS_REJECT_UNAUTHORIZED=0',
        range: setting.range,
        fixes: fixWith('safe', 'Set it to 1', replaceValue(setting, '1')),
      };
    }
  },
};
