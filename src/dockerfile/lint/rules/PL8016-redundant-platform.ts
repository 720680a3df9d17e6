import { fixWith, removeFlag } from '../queries/edits.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL8016',
  slug: 'redundant-platform',
  title: '--platform that says nothing',
  severity: 'negligible',
  aliases: ['RedundantTargetPlatform', 'DL3065'],
  fixable: 'safe',
  appliesToHistory: false,
  docs: {
    reports: '`FROM --platform=$TARGETPLATFORM`.',
    why: 'It is what the builder does anyway; a reader looks for the reason in vain.',
    fix: 'Leave the flag out.',
    bad: ['FROM --platform=$TARGETPLATFORM alpine:3.20\n', 'FROM --platform=${TARGETPLATFORM} alpine:3.20 AS a\n'],
    good: ['FROM --platform=$BUILDPLATFORM alpine:3.20\n'],
    references: ['https://docs.docker.com/reference/build-checks/redundant-target-platform/'],
  },
  *check(model) {
    for (const { platform } of model.stages) {
      if (platform?.value !== '$TARGETPLATFORM' && platform?.value !== '${TARGETPLATFORM}') continue;
      yield {
        message: 'The platform of the target is taken anyway',
        range: platform.range,
        fixes: fixWith('safe', 'Remove --platform', removeFlag(model, platform)),
      };
    }
  },
};
