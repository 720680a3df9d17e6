import type { PinStyle } from '../queries/package-managers.ts';
import { ignoredPackages, packageActions, unpinnedPackages, VERSION_TEMPLATE } from '../queries/package-managers.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL6007',
  slug: 'zypper-unpinned',
  title: 'zypper package without a version',
  severity: 'negligible',
  aliases: ['DL3037'],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports: 'Packages that zypper installs by name alone. A version (`a=1.2`), files and URLs are not reported.',
    why: 'The next build may get another version: one that does not work with the rest, or one that somebody published who should not. What was tested is not what is built.',
    fix: 'Write the version: `curl=8.0.1`.',
    bad: ['FROM opensuse/leap:15.6\nRUN zypper -n install curl && zypper clean -a\n'],
    good: ['FROM opensuse/leap:15.6\nRUN zypper -n install curl=8.0.1 && zypper -n remove git\n'],
    references: ['https://en.opensuse.org/SDB:Zypper_manual'],
  },
  options: [ignoredPackages],
  *check(model, context) {
    const actions = packageActions(model, ['zypper'], /^(?:in|install)$/);
    yield* unpinnedPackages(actions, style, 'the mirror', context);
  },
};

const style: PinStyle = { isPinned: (name) => /[=<>]|-\d/.test(name), pin: (name) => `${name}=${VERSION_TEMPLATE}` };
