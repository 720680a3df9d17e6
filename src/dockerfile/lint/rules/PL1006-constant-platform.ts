import { fixWith, removeFlag } from '../queries/edits.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL1006',
  slug: 'constant-platform',
  title: 'Platform of a base image written out',
  severity: 'low',
  aliases: ['DL3029', 'FromPlatformFlagConstDisallowed'],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports:
      'FROM --platform with a constant. Not reported: variables, $TARGETPLATFORM among them, of which redundant-platform speaks, a stage whose name says its platform (`AS build-arm64`), Windows.',
    why: 'The build makes the same platform whatever it is asked for: on another machine the image does not start, or runs slowly under emulation.',
    fix: 'Remove it; ask for the platform when building: `docker build --platform`. Use $BUILDPLATFORM for a stage that compiles for others.',
    bad: ['FROM --platform=linux/amd64 alpine:3.22\n'],
    good: [
      'FROM alpine:3.22\n',
      'FROM --platform=$BUILDPLATFORM golang:1.25 AS build\n',
      'FROM --platform=linux/arm64 alpine:3.22 AS build_arm64\n',
      'FROM --platform=windows/amd64 mcr.microsoft.com/windows/nanoserver:ltsc2022\n',
    ],
    references: ['https://docs.docker.com/reference/build-checks/from-platform-flag-const-disallowed/'],
  },
  *check(model) {
    for (const { platform, alias, isWindows } of model.stages) {
      const value = platform?.value;
      if (platform === undefined || value === undefined || value === '') continue;
      if (value.includes('$') || isWindows || namesPlatform(alias?.value ?? '', value)) continue;
      yield {
        message: `The build makes ${value} whatever it is asked for`,
        range: platform.range,
        fixes: fixWith('suggested', 'Remove --platform', removeFlag(model, platform)),
      };
    }
  },
};

function namesPlatform(stage: string, platform: string): boolean {
  return platform
    .toLowerCase()
    .split('/')
    .some((part) => part !== '' && stage.toLowerCase().includes(part));
}
