import { labelsOf } from '../queries/labels.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL8030',
  slug: 'label-key',
  title: 'Label key against the convention',
  severity: 'negligible',
  aliases: ['DL3048'],
  appliesToHistory: false,
  docs: {
    reports:
      'A label key in a namespace that Docker reserves (com.docker, io.docker, org.dockerproject), one that does not begin with a letter, or one with other characters than lower-case letters, digits, single dots and hyphens. The slash of Kubernetes is allowed.',
    why: 'Tools that select images by label miss keys that are spelt otherwise, and reserved ones change how Docker treats the image.',
    fix: 'Use a reversed domain name of your own: `com.example.team`.',
    bad: ['FROM alpine:3.20\nLABEL com.docker.team=a\n', 'FROM alpine:3.20\nLABEL Version=1 my..key=2 a_b=3\n'],
    good: [
      'FROM alpine:3.20\nLABEL com.example.team=a org.opencontainers.image.base.name=b version=1 app.kubernetes.io/name=c\n',
      'FROM alpine:3.20\nLABEL $KEY=a\n',
    ],
    references: ['https://docs.docker.com/engine/manage-resources/labels/'],
  },
  *check(model) {
    for (const { key, keyRange } of labelsOf(model)) {
      if (key.includes('$') || key === '') continue;
      if (/^(?:com\.docker|io\.docker|org\.dockerproject)\./.test(key))
        yield { message: `${key} is in a namespace that Docker reserves`, range: keyRange };
      else if (!/^[a-z][a-z0-9]*(?:[./-][a-z0-9]+)*$/.test(key))
        yield {
          message: `${key}: label keys begin with a letter and have lower-case letters, digits, and single dots and hyphens between them`,
          range: keyRange,
        };
    }
  },
};
