import { commandsNamed, findFlags } from '../queries/commands.ts';
import { fixWith, removeOption } from '../queries/edits.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL5003',
  slug: 'apk-allow-untrusted',
  title: 'apk does not check signatures',
  severity: 'high',
  aliases: ['CKV2_DOCKER_7'],
  fixable: 'safe',
  docs: {
    reports: 'apk with --allow-untrusted.',
    why: 'apk then installs packages that nobody signed, or an attacker did, and runs their scripts as root.',
    fix: 'Remove it. For a package of your own, copy its public key to /etc/apk/keys first.',
    bad: ['FROM alpine:3.20\nRUN apk add --no-cache --allow-untrusted ./a.apk\n', 'FROM alpine:3.20\nRUN apk --allow-untrusted -U add a\n'],
    good: [
      'FROM alpine:3.20\nCOPY a.rsa.pub /etc/apk/keys/\nRUN apk add --no-cache ./a.apk\n',
      'FROM alpine:3.20\nRUN echo apk add --allow-untrusted\n',
    ],
    references: ['https://wiki.alpinelinux.org/wiki/Alpine_Package_Keeper'],
  },
  *check(model) {
    for (const command of commandsNamed(model, 'apk')) {
      for (const option of findFlags(command, { long: 'allow-untrusted', shortest: 'allow-u' })) {
        yield {
          message: 'apk installs packages without a valid signature',
          range: option.word.range,
          fixes: fixWith('safe', 'Remove --allow-untrusted', removeOption(model, command, option)),
        };
      }
    }
  },
};
