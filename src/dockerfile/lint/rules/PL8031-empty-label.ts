import { labelsOf } from '../queries/labels.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL8031',
  slug: 'empty-label',
  title: 'Label without a value',
  severity: 'negligible',
  aliases: ['DL3051'],
  appliesToHistory: false,
  docs: {
    reports: 'A label whose value is empty. Values from variables without a known value are not looked at.',
    why: 'Where the image comes from is asked for in an emergency; the label promises an answer and gives none.',
    fix: 'Fill it in, or leave it out.',
    bad: ['FROM alpine:3.20\nLABEL vendor="" version=1\n', 'FROM alpine:3.20\nLABEL vendor=\n'],
    good: ['FROM alpine:3.20\nARG REVISION\nLABEL org.opencontainers.image.revision=$REVISION vendor=a\n'],
    references: ['https://github.com/opencontainers/image-spec/blob/main/annotations.md'],
  },
  *check(model) {
    for (const { key, keyRange, value, legacy } of labelsOf(model)) {
      if (value?.trim() === '' && !legacy) yield { message: `${key} has no value`, range: keyRange };
    }
  },
};
