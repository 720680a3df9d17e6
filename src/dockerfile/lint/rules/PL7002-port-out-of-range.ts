import { exposedPorts } from '../queries/ports.ts';
import type { Rule } from '../rule.ts';

const MAX_PORT = 65535;

export const rule: Rule = {
  id: 'PL7002',
  slug: 'port-out-of-range',
  title: 'Port out of range',
  severity: 'low',
  aliases: ['DL3011', 'DS-0008'],
  appliesToHistory: false,
  docs: {
    reports: 'EXPOSE of a port above 65535, or of a range that ends before it begins. Variables without a known value are not looked at.',
    why: 'No such port exists: the build fails, or the service that was meant cannot be published.',
    fix: 'Write the port that the service listens on, between 1 and 65535.',
    bad: ['FROM alpine:3.20\nEXPOSE 80000\n', 'FROM alpine:3.20\nEXPOSE 8010-8000\n', 'FROM alpine:3.20\nENV PORT=70000\nEXPOSE 80 ${PORT}/udp\n'],
    good: ['FROM alpine:3.20\nEXPOSE 65535 8000-8010 53/udp\n', 'FROM alpine:3.20\nARG PORT\nEXPOSE $PORT\n'],
    references: ['https://docs.docker.com/reference/dockerfile/#expose'],
  },
  *check(model) {
    for (const { first, last, range, text } of exposedPorts(model)) {
      if (first === undefined || last === undefined) continue;
      if (last > MAX_PORT || first > MAX_PORT) yield { message: `${text} is no port: the highest is ${MAX_PORT}`, range };
      else if (last < first) yield { message: `The range ${text} ends before it begins`, range };
    }
  },
};
