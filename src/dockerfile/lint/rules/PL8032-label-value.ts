import { formOf, readSchema } from '../queries/label-forms.ts';
import { labelsOf } from '../queries/labels.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL8032',
  slug: 'label-value',
  title: 'Label value in the wrong form',
  severity: 'negligible',
  aliases: ['DL3052', 'DL3053', 'DL3054', 'DL3055', 'DL3056', 'DL3058'],
  appliesToHistory: false,
  docs: {
    reports:
      'Labels of the OCI and label-schema conventions whose value has not the form that they ask for: URLs, times (RFC 3339), licences (SPDX), the revision, the version, digests; labels named email; and those for which `requiredLabels` or `allowedLabels` name a form. Values from variables without a known value are not looked at.',
    why: 'Tools that follow an image back to its source cannot read the label, so nobody notices when the trace breaks off.',
    fix: 'Write the value in the form of the convention.',
    bad: [
      'FROM alpine:3.20\nLABEL org.opencontainers.image.source=github.com/a/b\n',
      'FROM alpine:3.20\nLABEL org.opencontainers.image.created="1 May 2025"\n',
      'FROM alpine:3.20\nLABEL org.opencontainers.image.licenses="Apache License 2.0"\n',
      'FROM alpine:3.20\nLABEL org.opencontainers.image.revision=main org.opencontainers.image.version=latest\n',
      'FROM alpine:3.20\nLABEL com.example.email="see the wiki"\n',
    ],
    good: [
      'FROM alpine:3.20\nLABEL org.opencontainers.image.source=https://github.com/a/b org.opencontainers.image.created=2025-05-01T10:00:00Z\n',
      'FROM alpine:3.20\nLABEL org.opencontainers.image.licenses="(MIT OR Apache-2.0) AND GPL-2.0-only WITH Classpath-exception-2.0"\n',
      'FROM alpine:3.20\nARG V\nLABEL org.opencontainers.image.version=$V org.opencontainers.image.revision=0123456789abcdef0123456789abcdef01234567\n',
    ],
    references: [
      'https://github.com/opencontainers/image-spec/blob/main/annotations.md',
      'https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/',
    ],
  },
  *check(model, { policy }) {
    const schema = readSchema([...policy.requiredLabels, ...policy.allowedLabels]);
    for (const { key, value, valueRange } of labelsOf(model)) {
      const form = schema.get(key) ?? formOf(key);
      if (form === undefined || value === undefined || value === '' || form.accepts(value)) continue;
      yield { message: `${key} should be ${form.what}`, range: valueRange };
    }
  },
};
