import type { PinStyle } from '../queries/package-managers.ts';
import { ignoredPackages, packageActions, unpinnedPackages, VERSION_TEMPLATE } from '../queries/package-managers.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL6001',
  slug: 'apt-unpinned',
  title: 'apt package without a version',
  severity: 'negligible',
  aliases: ['DL3008'],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports:
      'Packages that apt-get, apt or aptitude install by name alone. A version (`a=1.2*`), a release (`a/bookworm`), files, and names that a variable gives are not reported.',
    why: 'The next build may get another version: one that does not work with the rest, or one that somebody published who should not. What was tested is not what is built.',
    fix: 'Write the version, or its first part and an asterisk: `curl=7.88.*`; or take the packages from a snapshot of the archive.',
    bad: ['FROM debian:12\nRUN apt-get update && apt-get install -y curl ca-certificates\n'],
    good: [
      'FROM debian:12\nRUN apt-get update && apt-get install -y curl=7.88.* ./a.deb\n',
      'FROM debian:12\nRUN apt-get install -y $PACKAGES && apt-get remove curl\n',
    ],
    references: ['https://docs.docker.com/build/building/best-practices/#apt-get'],
  },
  options: [ignoredPackages],
  *check(model, context) {
    const actions = packageActions(model, ['apt-get', 'apt', 'aptitude'], /^install$/);
    yield* unpinnedPackages(actions, style, 'the mirror', context);
  },
};

const style: PinStyle = { isPinned: (name) => /[=/]|.-$/.test(name), pin: (name) => `${name}=${VERSION_TEMPLATE}` };
