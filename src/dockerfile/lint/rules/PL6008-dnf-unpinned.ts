import type { PinStyle } from '../queries/package-managers.ts';
import { ignoredPackages, moduleActions, moduleStyle, packageActions, unpinnedPackages, VERSION_TEMPLATE } from '../queries/package-managers.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL6008',
  slug: 'dnf-unpinned',
  title: 'dnf package without a version',
  severity: 'negligible',
  aliases: ['DL3041'],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports:
      'Packages that dnf, microdnf or tdnf install by name alone, and modules without a stream. A version (`a-1.2`), a stream (`nodejs:20`), groups, files and URLs are not reported.',
    why: 'The next build may get another version: one that does not work with the rest, or one that somebody published who should not. What was tested is not what is built.',
    fix: 'Write the version: `httpd-2.4.57`.',
    bad: ['FROM rockylinux:9\nRUN dnf install -y httpd && dnf clean all\n'],
    good: ['FROM rockylinux:9\nRUN dnf install -y httpd-2.4.57 @nodejs:20 ./a.rpm && dnf remove -y curl\n'],
    references: ['https://dnf.readthedocs.io/en/latest/command_ref.html#specifying-packages'],
  },
  options: [ignoredPackages],
  *check(model, context) {
    yield* unpinnedPackages(packageActions(model, MANAGERS, /^(?:in|rei|(?:re)?install)$/), style, 'the mirror', context);
    yield* unpinnedPackages(moduleActions(model, MANAGERS), moduleStyle, 'the mirror', context);
  },
};

const MANAGERS = ['dnf', 'dnf5', 'microdnf', 'tdnf'];
const style: PinStyle = { isPinned: (name) => /-(?:\d|CHOOSE-A-VERSION)|^@|:/.test(name), pin: (name) => `${name}-${VERSION_TEMPLATE}` };
