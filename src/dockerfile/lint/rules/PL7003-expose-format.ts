import { fixWith, replaceRange } from '../queries/edits.ts';
import { exposedPorts } from '../queries/ports.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL7003',
  slug: 'expose-format',
  title: 'EXPOSE in a form that builders give up',
  severity: 'low',
  aliases: ['ExposeInvalidFormat', 'ExposeProtoCasing'],
  fixable: 'safe',
  appliesToHistory: false,
  docs: {
    reports: 'EXPOSE with a host port or an address (`8080:80`, `127.0.0.1:80:80`), or a protocol in upper case.',
    why: 'EXPOSE cannot publish or bind: the host part is ignored today and will be an error. Who reads it believes that the service is bound to the loopback address only.',
    fix: 'Write the port of the container alone, `80` or `80/udp`; publish it with `docker run -p 127.0.0.1:8080:80`.',
    bad: ['FROM alpine:3.20\nEXPOSE 127.0.0.1:80:8080\n', 'FROM alpine:3.20\nEXPOSE 53/UDP 8080:80\n'],
    good: ['FROM alpine:3.20\nEXPOSE 80 443/tcp 8000-8010/udp\n'],
    references: [
      'https://docs.docker.com/reference/build-checks/expose-invalid-format/',
      'https://docs.docker.com/reference/build-checks/expose-proto-casing/',
    ],
  },
  *check(model) {
    for (const { word, range, text } of exposedPorts(model)) {
      const port = text.slice(text.lastIndexOf(':') + 1);
      const fixed = port.toLowerCase();
      if (fixed === text || !/^\d{1,9}(?:-\d{1,9})?(?:\/[a-z]{1,8})?$/.test(fixed)) continue;
      yield {
        message:
          port === text ? `Write the protocol of ${text} in lower case` : `EXPOSE ${text} binds nothing: only the container's port ${fixed} is meant`,
        range,
        fixes: fixWith('safe', `Write ${fixed}`, word.text === text ? [replaceRange(range, fixed)] : undefined),
      };
    }
  },
};
