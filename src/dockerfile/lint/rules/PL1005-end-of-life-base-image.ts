import type { TextEdit } from '../../../foundation/model/text-range.ts';
import type { DockerfileModel, ImageName } from '../../syntax/model.ts';
import { optionOf, type IntegerOption } from '../options.ts';
import { fixWith, replaceRange } from '../queries/edits.ts';
import { releasesIn, supportedRelease, type FoundRelease, type Release } from '../queries/end-of-life.ts';
import { tagPart, tagParts } from '../queries/image-tags.ts';
import { rangeInWord } from '../queries/instructions.ts';
import type { Rule } from '../rule.ts';

const warnDays: IntegerOption = {
  kind: 'integer',
  name: 'warnDays',
  description: 'How many days before its end of life a release is reported already.',
  minimum: 0,
  maximum: 3650,
  default: 0,
  examples: [90],
};

export const rule: Rule = {
  id: 'PL1005',
  slug: 'end-of-life-base-image',
  title: 'Base image of a release that gets no more fixes',
  severity: 'medium',
  aliases: [],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports:
      'A FROM whose tag names a release of Debian, Ubuntu, Alpine, CentOS, Fedora, Amazon, Oracle or openSUSE Linux, Node.js, Python or Windows Server that is past its end of life, also as the system below another image (`python:3.13-buster`). Long-term support counts, paid-for support does not. Not reported: tags that name no release, such as stable, edge or 3.',
    why: 'Flaws found since then stay open: attackers have a list of what works against the image, and `apt-get upgrade` changes nothing.',
    fix: 'Move to a release that is still cared for, and test.',
    bad: [
      'FROM debian:10-slim\n',
      'FROM ubuntu:bionic\n',
      'FROM alpine:3.12.1\n',
      'FROM centos:7\n',
      'FROM fedora:35\n',
      'FROM node:14-alpine3.13\n',
      'FROM python:3.13-buster\n',
      'FROM python:2.7.18\n',
      'FROM gcr.io/distroless/static-debian10\n',
    ],
    good: [
      'FROM debian:trixie-slim\nFROM ubuntu:24.04\nFROM alpine:3.22\nFROM node:24-bookworm\nFROM python:3.13\n',
      'FROM debian:stable\nFROM alpine:edge\nFROM node:lts\nFROM python:3\nFROM quay.io/centos/centos:stream9\n',
      'FROM example/node:10\nFROM example/tool:7\n',
      'FROM mcr.microsoft.com/windows/servercore:ltsc2022\n',
    ],
    references: [
      'https://endoflife.date/',
      'https://wiki.debian.org/LTS',
      'https://alpinelinux.org/releases/',
      'https://nodejs.org/en/about/previous-releases',
    ],
  },
  options: [warnDays],
  *check(model, context) {
    const { today } = context;
    const from = addDays(today, optionOf(context, warnDays));
    for (const { image, isWindows } of model.stages) {
      if (image?.kind !== 'image' || image.unresolved) continue;
      for (const found of releasesIn(image, isWindows)) {
        const { release } = found;
        if (release.end >= from) continue;
        const range = rangeOf(model, image, found);
        const newer = supportedRelease(release.product, from);
        yield {
          message: `${labelOf(release)} gets no security fixes ${release.end < today ? 'since' : 'after'} ${release.end}`,
          range: range ?? image.word.range,
          fixes: fixWith(
            'suggested',
            `Use ${newer === undefined ? '' : labelOf(newer)}`,
            range === undefined ? undefined : replaceRelease(image, found, newer, range),
          ),
        };
      }
    }
  },
};

/** Dates as YYYY-MM-DD; one that cannot be read stays as it is. */
function addDays(date: string, days: number): string {
  const time = Date.parse(date);
  return Number.isNaN(time) ? date : new Date(time + days * MS_PER_DAY).toISOString().slice(0, 10);
}

const MS_PER_DAY = 86_400_000;

function labelOf({ product, version, codename }: Release): string {
  return `${product.name} ${version}${codename === undefined || codename === 'latest' ? '' : ` (${codename})`}`;
}

function rangeOf(model: DockerfileModel, image: ImageName, { part, written }: FoundRelease): ReturnType<typeof tagPart> {
  if (part !== undefined) return tagPart(model, image, part);
  const at = image.word.text.lastIndexOf(written);
  return at < 0 ? undefined : rangeInWord(model, image.word, at, at + written.length);
}

/** In the style in which the old release is written: by number or by codename. */
function replaceRelease(
  image: ImageName,
  { release, prefix, written }: FoundRelease,
  newer: Release | undefined,
  range: NonNullable<ReturnType<typeof tagPart>>,
): readonly TextEdit[] | undefined {
  // A dated tag is of one release only.
  const isDated = tagParts(image).some(({ text }) => /^\d{6,}$/.test(text)) || image.digest !== undefined;
  if (newer === undefined || isDated) return undefined;
  const byName = written.slice(prefix.length).toLowerCase() === release.codename;
  if (byName && newer.codename === undefined) return undefined;
  return [replaceRange(range, prefix + (byName ? (newer.codename ?? '') : newer.version))];
}
