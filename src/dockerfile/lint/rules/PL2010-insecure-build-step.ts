import { fixWith, replaceRange, textAt } from '../queries/edits.ts';
import { offsetAt, rangeAt } from '../../syntax/text-document.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL2010',
  slug: 'insecure-build-step',
  title: 'Build step outside of the sandbox',
  severity: 'high',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports: '`RUN --security=insecure` and `RUN --network=host`. --network=none and the default are not reported.',
    why: 'The step runs privileged, or in the network of the build machine: one poisoned package in it reaches the machine, its devices, or the services that listen on its localhost and cloud metadata address.',
    fix: 'Remove the flag. What needs it belongs to the machine that deploys, not into the build.',
    bad: [
      '# syntax=docker/dockerfile:1-labs\nFROM alpine:3.20\nRUN --security=insecure mount -t tmpfs none /mnt\n',
      'FROM alpine:3.20\nRUN --network=host wget http://localhost:8080/a\n',
    ],
    good: ['FROM alpine:3.20\nRUN --network=none make\nRUN --security=sandbox true\n', 'FROM alpine:3.20\nRUN docker build --network=host .\n'],
    references: ['https://docs.docker.com/reference/dockerfile/#run---security', 'https://docs.docker.com/reference/dockerfile/#run---network'],
  },
  *check(model) {
    for (const { keyword, flags } of model.instructions) {
      if (keyword !== 'RUN') continue;
      for (const { name, value, range } of flags) {
        const isPrivileged = name === 'security' && value === 'insecure';
        if (!isPrivileged && !(name === 'network' && value === 'host')) continue;
        const end = offsetAt(model.document, range.end);
        const blanks = /^[ \t]*/.exec(model.text.slice(end, end + 200))?.[0].length ?? 0;
        const edits = textAt(model, range).includes('\n')
          ? undefined
          : [replaceRange(rangeAt(model.document, offsetAt(model.document, range.start), end + blanks), '')];
        yield {
          message: isPrivileged ? 'This step runs privileged on the build machine' : "This step runs in the build machine's own network",
          range,
          fixes: fixWith('suggested', `Remove --${name}`, edits),
        };
      }
    }
  },
};
