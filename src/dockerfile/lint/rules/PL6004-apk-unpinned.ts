import type { PinStyle } from '../queries/package-managers.ts';
import { ignoredPackages, packageActions, unpinnedPackages, VERSION_TEMPLATE } from '../queries/package-managers.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL6004',
  slug: 'apk-unpinned',
  title: 'apk package without a version',
  severity: 'negligible',
  aliases: ['DL3018'],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports: 'Packages that apk adds by name alone. A version (`a=1.2-r0`, `a~1.2`), files, and names that a variable gives are not reported.',
    why: 'The next build may get another version: one that does not work with the rest, or one that somebody published who should not. What was tested is not what is built.',
    fix: 'Write the version: `curl~8.9` takes fixes of that version only.',
    bad: ['FROM alpine:3.20\nRUN apk add --no-cache curl git\n'],
    good: ['FROM alpine:3.20\nRUN apk add --no-cache curl~8.9 "git=2.45.2-r0" && apk del curl\n'],
    references: ['https://wiki.alpinelinux.org/wiki/Alpine_Package_Keeper'],
  },
  options: [ignoredPackages],
  *check(model, context) {
    const actions = packageActions(model, ['apk'], /^add$/);
    yield* unpinnedPackages(actions, style, 'the mirror', context);
  },
};

const style: PinStyle = { isPinned: (name) => /[=~<>]/.test(name), pin: (name) => `${name}=${VERSION_TEMPLATE}` };
