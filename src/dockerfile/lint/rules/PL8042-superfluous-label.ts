import { labelName } from '../queries/label-forms.ts';
import { labelsOf } from '../queries/labels.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL8042',
  slug: 'superfluous-label',
  title: 'Label that is not allowed',
  severity: 'low',
  aliases: ['DL3050'],
  appliesToHistory: false,
  docs: {
    reports: 'A label that is neither in `allowedLabels` nor in `requiredLabels`. Silent while `allowedLabels` is empty.',
    why: 'A misspelt label is one that nobody looks for; labels can also carry what should not leave the house.',
    fix: 'Correct the name, leave the label out, or allow it.',
    policy: { allowedLabels: ['maintainer', 'org.opencontainers.image.*'], requiredLabels: ['com.example.team'] },
    bad: ['FROM alpine:3.20\nLABEL com.example.taem=a\n'],
    good: ['FROM alpine:3.20\nLABEL com.example.team=a maintainer=b org.opencontainers.image.title=c $KEY=d\n'],
    references: ['https://docs.docker.com/engine/manage-resources/labels/'],
  },
  *check(model, { policy }) {
    if (policy.allowedLabels.length === 0) return;
    const entries = [...policy.allowedLabels, ...policy.requiredLabels].map(labelName);
    const names = new Set(entries);
    const beginnings = entries.flatMap((entry) => (entry.endsWith('*') ? [entry.slice(0, -1)] : []));
    for (const { key, keyRange } of labelsOf(model)) {
      if (key === '' || key.includes('$') || names.has(key) || beginnings.some((beginning) => key.startsWith(beginning))) continue;
      yield { message: `${key} is not among the labels that are allowed`, range: keyRange };
    }
  },
};
