import { fixWith, insertAt } from '../queries/edits.ts';
import { ignoredImages, imageIgnorer } from '../queries/image-places.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL1001',
  slug: 'untagged-base-image',
  title: 'Base image without a tag',
  severity: 'medium',
  aliases: ['DL3006'],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports:
      'A FROM that names an image without tag and digest. Not reported: scratch, an earlier stage, a digest, a name that a build argument without a default gives.',
    why: 'Without a tag the registry serves `latest`: whoever can push that tag, or the next release, changes what every later build contains, and no one sees it in the file.',
    fix: 'Name the version, and pin its digest: `FROM alpine:3.20@sha256:…`.',
    bad: ['FROM alpine\nRUN true\n', 'FROM registry.example:5000/team/app AS build\n', 'ARG BASE=debian\nFROM --platform=linux/amd64 ${BASE}\n'],
    good: [
      'FROM alpine:3.20\n',
      'FROM scratch\n',
      'FROM golang:1.23 AS build\nFROM build\n',
      'FROM alpine@sha256:0a4eaa0eecf5f8c050e5bba433f58c052be7587ee8af3e8b3910ef9ab5fbe9f5\n',
      'ARG BASE\nFROM $BASE\n',
    ],
    references: ['https://docs.docker.com/build/building/best-practices/#pin-base-image-versions'],
  },
  options: [ignoredImages],
  *check(model, context) {
    const isIgnored = imageIgnorer(context);
    for (const { image } of model.stages) {
      if (image?.kind !== 'image' || image.unresolved || image.tag !== undefined || image.digest !== undefined || isIgnored(image)) continue;
      // A template's `{{name}}` and other half-written things are no names yet.
      if (!/^[a-z0-9]+(?:[._/-]+[a-z0-9]+)*$/i.test(image.repository)) continue;
      const { word } = image;
      // Behind a variable there is no place for a tag in the name itself.
      const edits = word.text.includes('$') ? undefined : [insertAt(word.range.end, ':CHOOSE-A-VERSION')];
      yield {
        message: `${image.resolved} has no tag, so each build takes whatever "latest" is that day`,
        range: word.range,
        fixes: fixWith('suggested', 'Add a tag to fill in', edits),
      };
    }
  },
};
