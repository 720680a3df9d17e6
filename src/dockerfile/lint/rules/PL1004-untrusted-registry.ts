import type { TextEdit, TextRange } from '../../../foundation/model/text-range.ts';
import type { ImageName } from '../../syntax/model.ts';
import { fixWith, replaceRange } from '../queries/edits.ts';
import { externalImages } from '../queries/external-images.ts';
import { isInPlace, isMirror, readPlace, registryOf, type ImagePlace } from '../queries/image-places.ts';
import type { Rule, RuleHit } from '../rule.ts';

export const rule: Rule = {
  id: 'PL1004',
  slug: 'untrusted-registry',
  title: 'Image from a registry that is not trusted',
  severity: 'high',
  aliases: ['DL3026'],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports:
      'An image of FROM, COPY --from or RUN --mount=from that comes from none of the registries or repositories in `trustedRegistries`. Silent while that list is empty. Not reported: scratch, stages, names that a build argument without a default gives.',
    why: 'Whoever runs the registry, or the account in it, decides what the build starts from and so what every container of the image runs.',
    fix: 'Take the image from a trusted registry, after it was reviewed and copied there, or add its registry to the list.',
    policy: { trustedRegistries: ['registry.example.com', 'docker.io/library', '*.corp.example'] },
    bad: ['FROM quay.io/someone/tool:1.2\n', 'FROM someone/tool:1.2\n', 'FROM alpine:3.22\nCOPY --from=ghcr.io/someone/tool:1 /tool /tool\n'],
    good: [
      'FROM registry.example.com/team/base:1.2\nCOPY --from=eu.corp.example:5000/tool:1 /tool /tool\n',
      'FROM alpine:3.22 AS build\nFROM docker.io/library/debian:13\nCOPY --from=build /a /a\n',
      'ARG BASE\nFROM $BASE\nCOPY --from=0 /a /a\n',
    ],
    references: ['https://docs.docker.com/build/building/best-practices/#choose-the-right-base-image'],
  },
  *check(model, { policy }) {
    const trusted = policy.trustedRegistries.map(readPlace);
    if (trusted.length === 0) return;
    for (const { image } of model.stages) {
      if (image?.kind !== 'image' || image.unresolved || image.resolved === '' || trusted.some((place) => isInPlace(place, image))) continue;
      yield hit(image, image.word.range, image.word.text.includes('$') ? undefined : trusted);
    }
    for (const { image, range, written } of externalImages(model)) {
      if (!trusted.some((place) => isInPlace(place, image))) yield hit(image, range, written ? trusted : undefined);
    }
  },
};

function hit(image: ImageName, range: TextRange, trusted: readonly ImagePlace[] | undefined): RuleHit {
  const mirror = trusted?.find(isMirror);
  return {
    message: `${registryOf(image)}/${image.repository} is not among the trusted registries`,
    range,
    fixes: fixWith('suggested', `Take it from ${mirror?.registry ?? ''}`, mirror === undefined ? undefined : moveTo(mirror, image, range)),
  };
}

function moveTo({ registry, path }: ImagePlace, { registry: from, resolved }: ImageName, range: TextRange): readonly TextEdit[] {
  const rest = from === undefined ? resolved : resolved.slice(from.length + 1);
  return [replaceRange(range, [registry, path, rest].filter((part) => part !== '').join('/'))];
}
