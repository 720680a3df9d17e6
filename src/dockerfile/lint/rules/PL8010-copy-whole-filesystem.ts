import { instructionsNamed } from '../queries/instructions.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL8010',
  slug: 'copy-whole-filesystem',
  title: 'Whole file system of another stage copied',
  severity: 'low',
  aliases: ['DL3067'],
  appliesToHistory: false,
  docs: {
    reports: 'COPY --from with the root directory as its source.',
    why: 'Everything of the other stage comes along: compilers, package caches, sources, and secrets that were written there, which stages are meant to leave behind.',
    fix: 'Copy the directories that the image needs; build on the stage (`FROM build`) where all of it is needed.',
    bad: [
      'FROM golang:1.23 AS build\nFROM scratch\nCOPY --from=build / /\n',
      'FROM a:1 AS build\nFROM b:1\nCOPY --from=build --link ["/", "/rootfs"]\n',
    ],
    good: ['FROM golang:1.23 AS build\nFROM scratch\nCOPY --from=build /out/ /\n', 'FROM alpine:3.20\nCOPY / /app/\n'],
    references: ['https://docs.docker.com/build/building/multi-stage/'],
  },
  *check(model) {
    for (const { args, flags } of instructionsNamed(model, 'COPY')) {
      const from = flags.find(({ name }) => name === 'from');
      if (from === undefined) continue;
      for (const word of args.slice(0, -1)) {
        if (/^(?:[A-Za-z]:)?[/\\](?:\.?[/\\]?|\*)$/.test(word.value))
          yield { message: `All of ${from.value ?? 'the stage'} is copied, what it needed for building included`, range: word.range };
      }
    }
  },
};
