import type { TextEdit } from '../../../foundation/model/text-range.ts';
import type { DockerfileModel } from '../../syntax/model.ts';
import type { ShellCommand, ShellWord } from '../../syntax/shell/command.ts';
import { commandsNamed, hasFlag, optionsOf } from '../queries/commands.ts';
import { fixWith, insertAt, replaceWord } from '../queries/edits.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL5012',
  slug: 'lockfile-not-kept',
  title: 'Install that may change the lockfile',
  severity: 'low',
  aliases: [],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports:
      '`npm install` without package names behind a COPY of package-lock.json (or package*.json), `yarn install` without --frozen-lockfile or --immutable behind one of yarn.lock, `pnpm install` with --no-frozen-lockfile behind one of pnpm-lock.yaml.',
    why: 'The lockfile says which packages were tested, each with its hash. An install that may change it takes newer ones when package.json and the lockfile do not agree, and no one sees it.',
    fix: 'Use `npm ci`, `yarn install --immutable` (yarn 1: --frozen-lockfile), `pnpm install --frozen-lockfile`: they fail instead.',
    bad: [
      'FROM node:22\nCOPY package.json package-lock.json ./\nRUN npm install\n',
      'FROM node:22\nCOPY package*.json ./\nRUN npm i --omit=dev\n',
      'FROM node:22\nCOPY package.json yarn.lock ./\nRUN yarn install\n',
    ],
    good: [
      'FROM node:22\nCOPY package*.json ./\nRUN npm ci --omit=dev\n',
      'FROM node:22\nCOPY package.json yarn.lock ./\nRUN yarn install --frozen-lockfile\n',
      'FROM node:22\nCOPY package*.json ./\nRUN npm install -g pm2@5.4.2\n',
      'FROM node:22\nCOPY package.json ./\nRUN npm install\n',
    ],
    references: ['https://docs.npmjs.com/cli/v11/commands/npm-ci', 'https://yarnpkg.com/cli/install', 'https://pnpm.io/cli/install'],
  },
  *check(model) {
    for (const command of commandsNamed(model, 'npm')) {
      const verb = installOfAll(command);
      if (
        verb === undefined ||
        !copiesBefore(model, command, /^(?:package(?:-lock)?\*?\.json\*?|package-lock\.json|npm-shrinkwrap\.json|package-\*\.json|\*\.json)$/, true)
      )
        continue;
      yield {
        message: 'npm install may leave the lockfile; npm ci keeps to it',
        range: verb.range,
        fixes: fixWith('suggested', 'Use npm ci', replaceWord(verb, 'ci')),
      };
    }
    for (const command of commandsNamed(model, 'yarn', 'yarnpkg')) {
      const verb = installOfAll(command);
      if (verb === undefined || ['frozen-lockfile', 'immutable', 'pure-lockfile'].some((long) => hasFlag(command, { long }))) continue;
      if (!copiesBefore(model, command, /^yarn\.lock\*?$/, false)) continue;
      const edits: readonly TextEdit[] | undefined =
        verb.written && command.language === 'sh' ? [insertAt(verb.range.end, ' --immutable')] : undefined;
      yield { message: 'yarn install may change the lockfile', range: verb.range, fixes: fixWith('suggested', 'Add --immutable', edits) };
    }
    for (const command of commandsNamed(model, 'pnpm')) {
      const verb = installOfAll(command);
      const option = command.args.find(({ value }) => /^--(?:no-frozen-lockfile|frozen-lockfile=false)$/.test(value));
      if (verb === undefined || option === undefined || !copiesBefore(model, command, /^pnpm-lock\.yaml\*?$/, false)) continue;
      const edits = replaceWord(option, '--frozen-lockfile');
      yield { message: 'pnpm may change the lockfile', range: option.range, fixes: fixWith('suggested', 'Keep to the lockfile', edits) };
    }
  },
};

/** Returns the verb of an install that names no packages. */
function installOfAll(command: ShellCommand): ShellWord | undefined {
  const [verb, ...names] = optionsOf(command).operands;
  const isGlobal = hasFlag(command, { short: 'g', long: 'global' }) || hasFlag(command, { long: 'location' });
  return verb !== undefined && /^(?:i|in|install)$/.test(verb.value) && names.length === 0 && !isGlobal ? verb : undefined;
}

/** True when the stage copies such a file before the command, or `package*.json`, which takes the lockfile along. */
function copiesBefore(model: DockerfileModel, { instruction }: ShellCommand, name: RegExp, withGlob: boolean): boolean {
  return model.instructions.some(
    ({ keyword, stage, index, args }) =>
      keyword === 'COPY' &&
      stage === instruction.stage &&
      index < instruction.index &&
      args.slice(0, -1).some(({ value }) => {
        const file = value.slice(value.lastIndexOf('/') + 1);
        return name.test(file) && (file !== 'package.json' || !withGlob);
      }),
  );
}
