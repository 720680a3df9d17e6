import { originRange } from '../../syntax/mapped-text.ts';
import { rangeAt } from '../../syntax/text-document.ts';
import { fixWith, replaceRange } from '../queries/edits.ts';
import { ignoredImages, imageIgnorer } from '../queries/image-places.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL1002',
  slug: 'latest-base-image',
  title: 'Base image tagged latest',
  severity: 'medium',
  aliases: ['DL3007', 'DS-0001', 'CKV_DOCKER_7'],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports: 'A FROM whose tag is `latest`. Not reported when a digest pins the content.',
    why: '`latest` moves: a rebuild of the same commit can bring in another release, or an image that someone pushed over the tag after taking the account.',
    fix: 'Name the version, and pin its digest: `FROM node:22.11@sha256:…`.',
    bad: ['FROM node:latest\nRUN true\n', 'ARG TAG=latest\nFROM node:$TAG\n'],
    good: [
      'FROM node:22.11\n',
      'FROM node:latest@sha256:0a4eaa0eecf5f8c050e5bba433f58c052be7587ee8af3e8b3910ef9ab5fbe9f5\n',
      'FROM node:22 AS latest\nFROM latest\n',
    ],
    references: ['https://docs.docker.com/build/building/best-practices/#pin-base-image-versions'],
  },
  options: [ignoredImages],
  *check(model, context) {
    const isIgnored = imageIgnorer(context);
    for (const { image } of model.stages) {
      if (image?.kind !== 'image' || image.tag?.toLowerCase() !== 'latest' || image.digest !== undefined || isIgnored(image)) continue;
      const { word } = image;
      const at = word.text.toLowerCase().lastIndexOf(':latest') + 1;
      const range = at === 0 ? word.range : rangeAt(model.document, ...originRange(word.source, at, at + 'latest'.length));
      const edits = at === 0 ? undefined : [replaceRange(range, 'CHOOSE-A-VERSION')];
      yield {
        message: `The tag latest of ${image.repository} moves: a later build gets another image`,
        range,
        fixes: fixWith('suggested', 'Replace latest with a version to fill in', edits),
      };
    }
  },
};
