import type { PinStyle } from '../queries/package-managers.ts';
import type { ShellWord } from '../../syntax/shell/command.ts';
import { hasFlag } from '../queries/commands.ts';
import type { PackageAction } from '../queries/package-managers.ts';
import { ignoredPackages, namedPackages, packageActions, unpinnedPackages, VERSION_TEMPLATE } from '../queries/package-managers.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL6005',
  slug: 'gem-unpinned',
  title: 'gem package without a version',
  severity: 'low',
  aliases: ['DL3028'],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports: 'Gems installed by name alone. `gem install a:1.2`, -v, --version and files are not reported.',
    why: 'The next build may get another version: one that does not work with the rest, or one that somebody published who should not. What was tested is not what is built.',
    fix: 'Write the version: `gem install rails:7.2.1`; or use a Gemfile with its lockfile.',
    bad: ['FROM ruby:3.3\nRUN gem install rails\n'],
    good: ['FROM ruby:3.3\nRUN gem install rails:7.2.1 && gem install rake -v 13.2.1\n'],
    references: ['https://guides.rubygems.org/command-reference/#gem-install'],
  },
  options: [ignoredPackages],
  *check(model, context) {
    const actions = packageActions(model, ['gem'], /^(?:i|install)$/);
    yield* unpinnedPackages(actions, style, 'the source', context, unversioned);
  },
};

const style: PinStyle = { isPinned: (name) => name.includes(':'), pin: (name) => `${name}:${VERSION_TEMPLATE}` };

function unversioned(action: PackageAction): readonly ShellWord[] {
  if (hasFlag(action.command, { short: 'v', long: 'version' })) return [];
  // What follows -- is for the build of the extension.
  const { args } = action.command;
  const end = args.findIndex(({ value }) => value === '--');
  return namedPackages({ ...action, operands: end < 0 ? action.operands : action.operands.filter((word) => args.indexOf(word) < end) });
}
