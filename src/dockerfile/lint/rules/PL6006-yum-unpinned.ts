import type { PinStyle } from '../queries/package-managers.ts';
import { ignoredPackages, moduleActions, moduleStyle, packageActions, unpinnedPackages, VERSION_TEMPLATE } from '../queries/package-managers.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL6006',
  slug: 'yum-unpinned',
  title: 'yum package without a version',
  severity: 'negligible',
  aliases: ['DL3033'],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports: 'Packages that yum installs by name alone, and modules without a stream. A version (`a-1.2`), groups, files and URLs are not reported.',
    why: 'The next build may get another version: one that does not work with the rest, or one that somebody published who should not. What was tested is not what is built.',
    fix: 'Write the version: `httpd-2.4.57`.',
    bad: ['FROM centos:7\nRUN yum install -y httpd && yum clean all\n'],
    good: ['FROM centos:7\nRUN yum install -y httpd-2.4.6 @base ./a.rpm && yum remove curl\n'],
    references: ['https://access.redhat.com/solutions/29617'],
  },
  options: [ignoredPackages],
  *check(model, context) {
    yield* unpinnedPackages(packageActions(model, MANAGERS, /^(?:in|rei|(?:re)?install)$/), style, 'the mirror', context);
    yield* unpinnedPackages(moduleActions(model, MANAGERS), moduleStyle, 'the mirror', context);
  },
};

const MANAGERS = ['yum'];
const style: PinStyle = { isPinned: (name) => /-(?:\d|CHOOSE-A-VERSION)|^@|:/.test(name), pin: (name) => `${name}-${VERSION_TEMPLATE}` };
