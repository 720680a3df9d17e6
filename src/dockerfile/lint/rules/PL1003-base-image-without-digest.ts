import { ignoredImages, imageIgnorer } from '../queries/image-places.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL1003',
  slug: 'base-image-without-digest',
  title: 'Base image not pinned by digest',
  severity: 'negligible',
  aliases: [],
  appliesToHistory: false,
  docs: {
    reports:
      'A FROM with a tag but no digest. Not reported: scratch, an earlier stage, a name that a build argument without a default gives, an image without a tag or with latest, of which untagged-base-image and latest-base-image speak.',
    why: 'Tags move. A rebuild of the same commit may start from another image, and whoever gets hold of the repository can put one of theirs under the tag.',
    fix: 'Add the digest behind the tag: `FROM alpine:3.22@sha256:…`. `docker buildx imagetools inspect alpine:3.22` prints it; a bot can keep it fresh.',
    bad: ['FROM alpine:3.22\n', 'ARG VERSION=22\nFROM --platform=$BUILDPLATFORM node:$VERSION AS build\n'],
    good: [
      'FROM alpine:3.22@sha256:0a4eaa0eecf5f8c050e5bba433f58c052be7587ee8af3e8b3910ef9ab5fbe9f5\n',
      'FROM scratch\n',
      'FROM golang@sha256:0a4eaa0eecf5f8c050e5bba433f58c052be7587ee8af3e8b3910ef9ab5fbe9f5 AS build\nFROM build\n',
      'ARG BASE\nFROM $BASE\n',
    ],
    references: ['https://docs.docker.com/build/building/best-practices/#pin-base-image-versions'],
  },
  options: [ignoredImages],
  *check(model, context) {
    const isIgnored = imageIgnorer(context);
    for (const { image } of model.stages) {
      if (image?.kind !== 'image' || image.unresolved || image.digest !== undefined || image.tag === undefined || image.tag === 'latest') continue;
      if (isIgnored(image)) continue;
      yield { message: `${image.resolved} may be another image tomorrow: only a digest stays the same`, range: image.word.range };
    }
  },
};
