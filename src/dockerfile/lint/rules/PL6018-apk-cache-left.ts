import { hasFlag } from '../queries/commands.ts';
import { fixWith } from '../queries/edits.ts';
import { isInFinalImage, isMounted, isRemoved, optionBehind, packageActions } from '../queries/package-managers.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL6018',
  slug: 'apk-cache-left',
  title: 'apk leaves its index in the image',
  severity: 'negligible',
  aliases: ['DL3019', 'DS-0025'],
  fixable: 'safe',
  appliesToHistory: false,
  docs: {
    reports: 'apk add without --no-cache in an instruction that does not remove /var/cache/apk. With a cache mounted there it is not reported.',
    why: 'The index makes the layer bigger, and is outdated by the time something uses it.',
    fix: 'Add --no-cache.',
    bad: ['FROM alpine:3.20\nRUN apk add curl\n'],
    good: [
      'FROM alpine:3.20\nRUN apk add --no-cache curl\n',
      'FROM alpine:3.20\nRUN apk add --update curl && rm -rf /var/cache/apk/*\n',
      'FROM alpine:3.20\nRUN --mount=type=cache,target=/var/cache/apk apk add curl\n',
    ],
    references: ['https://wiki.alpinelinux.org/wiki/Alpine_Package_Keeper'],
  },
  *check(model) {
    for (const action of packageActions(model, ['apk'], /^add$/)) {
      const { command, verb } = action;
      const { instruction } = command;
      if (hasFlag(command, { long: 'no-cache' }) || !isInFinalImage(model, instruction) || isRemoved(model, command, CACHE)) continue;
      if (isMounted(instruction, '/var/cache/apk') || isMounted(instruction, '/etc/apk/cache')) continue;
      yield {
        message: 'apk keeps its index in this layer',
        range: verb.range,
        fixes: fixWith('safe', 'Add --no-cache', optionBehind(action, '--no-cache')),
      };
    }
  },
};

const CACHE = /^\/var(?:\/cache(?:\/apk)?)?(?:\/\*?)?$|^\/var\/cache\/apk\//;
