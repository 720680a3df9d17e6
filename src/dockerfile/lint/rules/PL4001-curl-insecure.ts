import { commandsNamed, findFlags } from '../queries/commands.ts';
import { fixWith, removeOption } from '../queries/edits.ts';
import { asksOwnHost } from '../queries/own-host.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL4001',
  slug: 'curl-insecure',
  title: 'curl does not check certificates',
  severity: 'high',
  aliases: ['CKV2_DOCKER_2'],
  fixable: 'safe',
  docs: {
    reports:
      'curl with -k or --insecure (--proxy-insecure, --doh-insecure too), alone or among other letters, also when a variable of the file holds the option. Not reported: a request to the container itself (localhost), as health checks make it.',
    why: "Anyone on the path between the build and the server can answer in its place: what is downloaded, and often run, is the attacker's.",
    fix: 'Remove the option. For a server with a private CA, copy the CA certificate in and name it with --cacert.',
    bad: [
      'FROM alpine:3.20\nRUN curl -k https://example.com/a -o /a\n',
      'FROM alpine:3.20\nRUN apk add curl && curl -fsSkL https://example.com/a -o /a\n',
      'FROM alpine:3.20\nARG OPTS="-s --insecure"\nRUN curl $OPTS https://example.com/a -o /a\n',
      'FROM alpine:3.20\nRUN ["curl", "--insecure", "https://example.com/a"]\n',
    ],
    good: [
      'FROM alpine:3.20\nRUN curl -fsSL https://example.com/a -o /a\n',
      'FROM alpine:3.20\nRUN curl -o -k https://example.com/a && echo "curl -k"\n',
      'FROM alpine:3.20\nRUN tar -k -xf a.tar && curl --cacert /ca.pem https://example.com/a\n',
    ],
    references: ['https://curl.se/docs/sslcerts.html'],
  },
  *check(model) {
    for (const command of commandsNamed(model, 'curl')) {
      if (asksOwnHost(command)) continue;
      const options = [
        ...findFlags(command, { short: 'k', long: 'insecure', shortest: 'insec' }),
        ...findFlags(command, { long: 'proxy-insecure' }),
        ...findFlags(command, { long: 'doh-insecure' }),
      ];
      for (const option of options) {
        const flag = option.isLong ? `--${option.name}` : '-k';
        yield {
          message: `curl ${flag} accepts any certificate: the download can be replaced on its way`,
          range: option.word.range,
          fixes: fixWith('safe', `Remove ${flag}`, removeOption(model, command, option)),
        };
      }
    }
  },
};
