import type { PinStyle } from '../queries/package-managers.ts';
import type { ShellWord } from '../../syntax/shell/command.ts';
import { hasFlag } from '../queries/commands.ts';
import type { PackageAction } from '../queries/package-managers.ts';
import { ignoredPackages, namedPackages, packageActions, unpinnedPackages, VERSION_TEMPLATE } from '../queries/package-managers.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL6002',
  slug: 'pip-unpinned',
  title: 'pip package without a version',
  severity: 'low',
  aliases: ['DL3013'],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports:
      'Packages that pip and pipx install by name alone. A version or a bound, a constraints file (-c), requirements files, paths and URLs are not reported.',
    why: 'The next build may get another version: one that does not work with the rest, or one that somebody published who should not. What was tested is not what is built.',
    fix: 'Write the version (`requests==2.32.3`), or install from a requirements file with versions and hashes.',
    bad: ['FROM python:3.13\nRUN pip install --no-cache-dir requests flask\n'],
    good: [
      'FROM python:3.13\nRUN pip install --no-cache-dir requests==2.32.3 "flask>=3,<4"\n',
      'FROM python:3.13\nRUN pip install -r requirements.txt && pip install -c constraints.txt flask && pip install .\n',
    ],
    references: ['https://pip.pypa.io/en/stable/topics/repeatable-installs/'],
  },
  options: [ignoredPackages],
  *check(model, context) {
    const actions = [...packageActions(model, ['pip'], /^install$/), ...packageActions(model, ['pipx'], /^install$/)];
    yield* unpinnedPackages(actions, style, 'the index', context, unconstrained);
  },
};

const style: PinStyle = { isPinned: (name) => /[=<>~@]/.test(name), pin: (name) => `${name}==${VERSION_TEMPLATE}` };

function unconstrained(action: PackageAction): readonly ShellWord[] {
  // A name with a slash is a directory.
  return hasFlag(action.command, { short: 'c', long: 'constraint' }) ? [] : namedPackages(action).filter(({ value }) => !value.includes('/'));
}
