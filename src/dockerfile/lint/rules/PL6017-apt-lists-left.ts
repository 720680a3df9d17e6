import { fixWith } from '../queries/edits.ts';
import { cleanBehind, isCleaned, isInFinalImage, isMounted, isRemoved, packageActions } from '../queries/package-managers.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL6017',
  slug: 'apt-lists-left',
  title: 'Package lists left in the image',
  severity: 'negligible',
  aliases: ['DL3009'],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports:
      'An instruction of the final image (a stage it starts from included) that runs `apt-get update` and does not remove /var/lib/apt/lists. With a cache or tmpfs mounted there it is not reported.',
    why: 'The lists make the layer bigger by tens of megabytes, and are outdated by the time something uses them.',
    fix: 'Remove them in the same RUN: `rm -rf /var/lib/apt/lists/*`; a later RUN cannot make the layer smaller.',
    bad: ['FROM debian:12\nRUN apt-get update && apt-get install -y curl\n'],
    good: [
      'FROM debian:12\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\n',
      'FROM debian:12\nRUN --mount=type=cache,target=/var/lib/apt apt-get update && apt-get install -y curl\n',
      'FROM debian:12 AS build\nRUN apt-get update && apt-get install -y gcc\nFROM scratch\nCOPY --from=build /a /\n',
    ],
    references: ['https://docs.docker.com/build/building/best-practices/#apt-get'],
  },
  *check(model) {
    const seen = new Set<number>();
    for (const { command, verb } of packageActions(model, APT, /^update$/)) {
      const { instruction } = command;
      if (
        seen.has(instruction.index) ||
        !isInFinalImage(model, instruction) ||
        isMounted(instruction, '/var/lib/apt/lists') ||
        isRemoved(model, command, LISTS)
      )
        continue;
      if (isCleaned(model, command, command.name, CLEAN)) continue;
      seen.add(instruction.index);
      yield {
        message: 'The package lists stay in this layer',
        range: verb.range,
        fixes: fixWith('suggested', 'Remove them in the same RUN', cleanBehind(model, instruction, APT, 'rm -rf /var/lib/apt/lists/*')),
      };
    }
  },
};

const APT = ['apt-get', 'apt', 'aptitude'];
const LISTS = /^\/var(?:\/lib(?:\/apt(?:\/lists)?)?)?(?:\/\*?)?$|^\/var\/lib\/apt\/lists\//;
const CLEAN = /^dist-?clean$/;
