import { commandsNamed, findFlags } from '../queries/commands.ts';
import { fixWith, removeOption } from '../queries/edits.ts';
import { asksOwnHost } from '../queries/own-host.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL4002',
  slug: 'wget-no-check-certificate',
  title: 'wget does not check certificates',
  severity: 'high',
  aliases: ['CKV2_DOCKER_3'],
  fixable: 'safe',
  docs: {
    reports:
      'wget with --no-check-certificate, in full or cut short, also when a variable of the file holds it. Not reported: a request to the container itself (localhost), as health checks make it.',
    why: "Anyone on the path between the build and the server can answer in its place: what is downloaded, and often run, is the attacker's.",
    fix: 'Remove the option. For a server with a private CA, copy the CA certificate in and name it with --ca-certificate.',
    bad: [
      'FROM alpine:3.20\nRUN wget --no-check-certificate https://example.com/a\n',
      'FROM alpine:3.20\nRUN cd /tmp && wget -q --no-check-cert -O a https://example.com/a\n',
    ],
    good: [
      'FROM alpine:3.20\nRUN wget -q https://example.com/a\n',
      'FROM alpine:3.20\nRUN wget --ca-certificate=/ca.pem https://example.com/a\n',
      'FROM alpine:3.20\nRUN echo wget --no-check-certificate\n',
    ],
    references: ['https://www.gnu.org/software/wget/manual/wget.html#HTTPS-_0028SSL_002fTLS_0029-Options'],
  },
  *check(model) {
    for (const command of commandsNamed(model, 'wget', 'wget2')) {
      if (asksOwnHost(command)) continue;
      for (const option of findFlags(command, { long: 'no-check-certificate', shortest: 'no-ch' })) {
        yield {
          message: 'wget accepts any certificate: the download can be replaced on its way',
          range: option.word.range,
          fixes: fixWith('safe', 'Remove --no-check-certificate', removeOption(model, command, option)),
        };
      }
    }
  },
};
