import type { TextEdit } from '../../../foundation/model/text-range.ts';
import type { ImageName } from '../../syntax/model.ts';
import { fixWith, replaceRange } from '../queries/edits.ts';
import { tagPart, tagParts } from '../queries/image-tags.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL9025',
  slug: 'retired-windows-tag',
  title: 'Retired Windows base image',
  severity: 'high',
  aliases: [],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports:
      'A Windows image of a semi-annual release (1709, 1803, 1903, 1909, 2004, 20H2, sac2016; by tag or build number), and the Windows images that Docker Hub once had under `microsoft/`. Not reported: ltsc2019 (1809), ltsc2022, ltsc2025, whose dates end-of-life-base-image knows.',
    why: 'Microsoft ended these releases years ago: every flaw of Windows found since is in the image, known and open.',
    fix: 'Use ltsc2022 or ltsc2025 from mcr.microsoft.com.',
    bad: [
      'FROM mcr.microsoft.com/windows/nanoserver:1803\n',
      'FROM mcr.microsoft.com/windows/servercore:20H2-amd64\n',
      'FROM mcr.microsoft.com/dotnet/framework/runtime:4.8-windowsservercore-1909\n',
      'FROM microsoft/nanoserver:sac2016\n',
      'FROM mcr.microsoft.com/windows/servercore:10.0.17134.1304\n',
    ],
    good: [
      'FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\n',
      'FROM mcr.microsoft.com/windows/servercore:1809-amd64\n',
      'FROM alpine:3.20\nRUN echo nanoserver:1803\n',
      'FROM debian:2004\n',
    ],
    references: [
      'https://learn.microsoft.com/virtualization/windowscontainers/deploy-containers/base-image-lifecycle',
      'https://learn.microsoft.com/lifecycle/products/windows-server',
    ],
  },
  *check(model) {
    for (const { image, isWindows, base } of model.stages) {
      if (image?.kind !== 'image' || base !== undefined) continue;
      const formerHub = image.registry === undefined || image.registry === 'docker.io' ? FORMER_HUB.get(image.repository) : undefined;
      const isMicrosoft = isWindows || image.registry === 'mcr.microsoft.com';
      const part = formerHub !== undefined || isMicrosoft ? tagParts(image).find(({ text }) => endOf(text) !== undefined) : undefined;
      if (part === undefined && formerHub === undefined) continue;
      const end = part === undefined ? undefined : endOf(part.text);
      const message =
        end === undefined
          ? `${image.repository} has moved to mcr.microsoft.com and gets no updates since 2018`
          : `Windows ${part?.text ?? ''} gets no security updates since ${end}`;
      const at = formerHub === undefined && part !== undefined ? tagPart(model, image, part) : undefined;
      yield {
        message,
        range: at ?? image.word.range,
        fixes: fixWith('suggested', `Use ${CURRENT}`, formerHub === undefined ? replacePart(at) : moveToRegistry(image, formerHub)),
      };
    }
  },
};

const CURRENT = 'ltsc2022';

/** Last day with updates, by tag, from Microsoft's table of base image lifecycles. */
const ENDS: ReadonlyMap<string, string> = new Map([
  ['sac2016', '2018-10-09'],
  ['1709', '2019-04-09'],
  ['1803', '2019-11-12'],
  ['1903', '2020-12-08'],
  ['1909', '2021-05-11'],
  ['2004', '2021-12-14'],
  ['20h2', '2022-08-09'],
]);
/** The build number of each, which tags may use instead: 10.0.17134.1304. */
const BUILDS: ReadonlyMap<string, string> = new Map([
  ['16299', '1709'],
  ['17134', '1803'],
  ['18362', '1903'],
  ['18363', '1909'],
  ['19041', '2004'],
  ['19042', '20h2'],
]);
const FORMER_HUB: ReadonlyMap<string, string> = new Map([
  ['microsoft/nanoserver', 'windows/nanoserver'],
  ['microsoft/windowsservercore', 'windows/servercore'],
]);

function endOf(part: string): string | undefined {
  const build = /^10\.0\.(\d{5})(?:\.\d{1,6})?$/.exec(part)?.[1];
  return ENDS.get(build === undefined ? part.toLowerCase() : (BUILDS.get(build) ?? ''));
}

function replacePart(range: ReturnType<typeof tagPart>): readonly TextEdit[] | undefined {
  return range === undefined ? undefined : [replaceRange(range, CURRENT)];
}

function moveToRegistry({ word }: ImageName, repository: string): readonly TextEdit[] | undefined {
  return word.text.includes('$') ? undefined : [replaceRange(word.range, `mcr.microsoft.com/${repository}:${CURRENT}`)];
}
