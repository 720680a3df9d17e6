import { fixWith, insertAt, replaceRange } from '../queries/edits.ts';
import { externalImages } from '../queries/external-images.ts';
import { offsetAt, rangeAt } from '../../syntax/text-document.ts';
import type { ImageName } from '../../syntax/model.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL1008',
  slug: 'untagged-copy-from',
  title: 'Files copied from an image without a version',
  severity: 'medium',
  aliases: [],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports:
      'COPY --from and RUN --mount=from of an image that is no stage of the file, without a tag or with latest, and without a digest. Not reported: stages by name or number. For a context of `--build-context` say so in a suppression.',
    why: 'What is copied is usually a program that is run later, in the same build or in every container. Whoever can push that tag changes it for every later build, and no one sees it in the file.',
    fix: 'Name the version, and pin its digest: `COPY --from=nginx:1.29@sha256:… …`.',
    bad: [
      'FROM alpine:3.22\nCOPY --from=ghcr.io/astral-sh/uv /uv /bin/\n',
      'FROM alpine:3.22\nCOPY --from=busybox:latest /bin/sh /bin/sh\n',
      'FROM alpine:3.22\nRUN --mount=type=bind,from=registry.example:5000/tools,target=/tools /tools/run\n',
    ],
    good: [
      'FROM golang:1.25 AS build\nFROM alpine:3.22\nCOPY --from=build /a /a\nCOPY --from=0 /b /b\n',
      'FROM alpine:3.22\nCOPY --from=ghcr.io/astral-sh/uv:0.9.2 /uv /bin/\nCOPY --from=busybox@sha256:0a4eaa0eecf5f8c050e5bba433f58c052be7587ee8af3e8b3910ef9ab5fbe9f5 /a /a\n',
      'FROM alpine:3.22 AS tools\nFROM alpine:3.22\nRUN --mount=from=tools,target=/t /t/a\n',
    ],
    references: ['https://docs.docker.com/reference/dockerfile/#copy---from'],
  },
  *check(model) {
    for (const { image, range, written } of externalImages(model)) {
      const isLatest = image.tag?.toLowerCase() === 'latest';
      if (image.digest !== undefined || (image.tag !== undefined && !isLatest)) continue;
      const end = offsetAt(model.document, range.end);
      const edits = isLatest
        ? [replaceRange(rangeAt(model.document, end - 'latest'.length, end), 'CHOOSE-A-VERSION')]
        : [insertAt(range.end, ':CHOOSE-A-VERSION')];
      yield {
        message: isStageLike(image)
          ? `${image.resolved} is no stage of this file, and as an image it has no version: each build copies from whatever is there that day`
          : `${image.resolved} has no version, so each build copies from whatever is there that day`,
        range,
        fixes: fixWith('suggested', 'Add a tag to fill in', written ? edits : undefined),
      };
    }
  },
};

/** True for a name that may be meant for a stage, or for a context that the build is given. */
function isStageLike({ registry, repository, tag }: ImageName): boolean {
  return registry === undefined && tag === undefined && !repository.includes('/');
}
