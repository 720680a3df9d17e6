import type { PinStyle } from '../queries/package-managers.ts';
import type { ShellWord } from '../../syntax/shell/command.ts';
import type { PackageAction } from '../queries/package-managers.ts';
import { ignoredPackages, namedPackages, packageActions, unpinnedPackages, VERSION_TEMPLATE } from '../queries/package-managers.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL6003',
  slug: 'npm-unpinned',
  title: 'npm package without a version',
  severity: 'low',
  aliases: ['DL3016'],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports:
      'Packages that npm, pnpm or yarn add by name alone, as @latest, or from a Git repository without a commit or tag. Versions and ranges, installs of what package.json names, paths and other URLs are not reported.',
    why: 'The next build may get another version: one that does not work with the rest, or one that somebody published who should not. What was tested is not what is built.',
    fix: 'Write the version: `npm install -g pm2@5.4.2`; or put the package into package.json with a lockfile.',
    bad: ['FROM node:22\nRUN npm install -g pm2\n'],
    good: ['FROM node:22\nRUN npm install -g pm2@5.4.2 && npm ci\n'],
    references: ['https://docs.npmjs.com/cli/v11/commands/npm-install'],
  },
  options: [ignoredPackages],
  *check(model, context) {
    const actions = packageActions(model, ['npm', 'pnpm', 'yarn', 'yarnpkg'], /^(?:i|in|install|add|global)$/);
    yield* unpinnedPackages(actions, style, 'the registry', context, added);
  },
};

const GIT = /^(?:git(?:\+\w+)?:\/\/|(?:github|gitlab|bitbucket|gist):)/;
const style: PinStyle = {
  isPinned: (name) => (GIT.test(name) ? name.includes('#') : /.@(?!latest$|next$|\*$|x$)/.test(name)),
  pin: (name) => (GIT.test(name) ? `${name}#${VERSION_TEMPLATE}` : `${name.replace(/(?<=.)@.*$/, '')}@${VERSION_TEMPLATE}`),
};

/** `yarn global add a`: two verbs. */
function added(action: PackageAction): readonly ShellWord[] {
  const isYarn = action.command.name.startsWith('yarn');
  const isGlobal = action.verb.value === 'global';
  if (isGlobal ? action.operands[0]?.value !== 'add' : isYarn && action.verb.value !== 'add') return [];
  const operands = isGlobal ? action.operands.slice(1) : action.operands;
  const named = new Set(namedPackages({ ...action, operands }));
  return operands.filter((word) => named.has(word) || GIT.test(word.value));
}
