import type { Instruction } from '../../syntax/model.ts';
import { fixWith } from '../queries/edits.ts';
import { cleanBehind, isCleaned, isInFinalImage, isRemoved, packageActions } from '../queries/package-managers.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL6021',
  slug: 'yarn-cache-left',
  title: 'yarn leaves its cache in the image',
  severity: 'negligible',
  aliases: ['DL3060'],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports: 'yarn install or add in an instruction of the final image without `yarn cache clean` behind it, unless a cache is mounted.',
    why: 'The cache holds every downloaded package a second time, and nothing uses it any more.',
    fix: 'Run `yarn cache clean` in the same RUN, or mount a cache.',
    bad: ['FROM node:22\nRUN yarn install --frozen-lockfile\n'],
    good: [
      'FROM node:22\nRUN yarn install --frozen-lockfile && yarn cache clean\n',
      'FROM node:22\nRUN --mount=type=cache,target=/root/.yarn yarn install --frozen-lockfile\n',
    ],
    references: ['https://yarnpkg.com/cli/cache/clean'],
  },
  *check(model) {
    const reported = new Set<number>();
    for (const { command, verb } of packageActions(model, YARN, /^(?:install|add|global)$/)) {
      const { instruction } = command;
      if (reported.has(instruction.index) || !isInFinalImage(model, instruction) || isRemoved(model, command, YARN_CACHE)) continue;
      if (isCleaned(model, command, command.name, CLEAN) || isCacheMounted(instruction)) continue;
      reported.add(instruction.index);
      yield {
        message: 'yarn keeps what it downloads in this layer',
        range: verb.range,
        fixes: fixWith('suggested', 'Add yarn cache clean', cleanBehind(model, instruction, YARN, 'yarn cache clean')),
      };
    }
  },
};

/** The cache of the root user or another one, of yarn 1 or later. */
function isCacheMounted({ flags }: Instruction): boolean {
  return flags.some(
    ({ name, value = '' }) =>
      name === 'mount' && /(?:^|,)type=(?:cache|tmpfs)(?:,|$)/.test(value) && /(?:^|,)(?:target|dst|destination)=[^,]*(?:cache|yarn)/i.test(value),
  );
}

const YARN = ['yarn', 'yarnpkg'];
const CLEAN = /^cache clean/;
const YARN_CACHE = /yarn/;
