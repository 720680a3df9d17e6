import { optionOf, type TextsOption } from '../options.ts';
import { fixWith, insertLineAbove } from '../queries/edits.ts';
import { finalStageIndexes } from '../queries/instructions.ts';
import { labelsOf } from '../queries/labels.ts';
import type { Rule } from '../rule.ts';

const PREFIX = 'org.opencontainers.image.';
const lineageLabels: TextsOption = {
  kind: 'texts',
  name: 'labels',
  description: 'The labels that are asked for, by what stands behind `org.opencontainers.image.`.',
  default: ['source', 'revision', 'created', 'base.name', 'base.digest'],
  examples: ['source', 'revision'],
};

export const rule: Rule = {
  id: 'PL8033',
  slug: 'lineage-labels',
  title: 'Labels that say where the image comes from are missing',
  severity: 'negligible',
  aliases: [],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports:
      'A final image that has labels of the OCI convention, but not all of those that lead back to its source: source, revision, created, base.name, base.digest. A file without any OCI label is not reported: its labels may be added by the build service.',
    why: 'When a flaw becomes known, these labels tell which images were built from what; without them each has to be looked into.',
    fix: 'Add the labels, with values that the build service gives as arguments.',
    bad: ['FROM alpine:3.20\nLABEL org.opencontainers.image.title=app\n'],
    good: [
      'FROM alpine:3.20\nLABEL maintainer=me\n',
      'FROM alpine:3.20\nARG REVISION CREATED DIGEST\nLABEL org.opencontainers.image.source=https://github.com/a/b \\\n  org.opencontainers.image.revision=$REVISION org.opencontainers.image.created=$CREATED \\\n  org.opencontainers.image.base.name=docker.io/library/alpine:3.20 org.opencontainers.image.base.digest=$DIGEST\n',
    ],
    references: ['https://github.com/opencontainers/image-spec/blob/main/annotations.md'],
  },
  options: [lineageLabels],
  *check(model, context) {
    const stages = finalStageIndexes(model);
    const labels = labelsOf(model).filter(({ key, instruction }) => key.startsWith(PREFIX) && stages.has(instruction.stage));
    const last = labels.at(-1);
    const keys = new Set(labels.map(({ key }) => key));
    const missing = optionOf(context, lineageLabels).filter((name) => /^[\w.-]+$/.test(name) && !keys.has(PREFIX + name));
    if (last === undefined || missing.length === 0) return;
    const line = `LABEL ${missing.map((name) => `${PREFIX}${name}="REPLACE_ME"`).join(' ')}`;
    yield {
      message: `Labels that lead back to the source are missing: ${missing.join(', ')}`,
      range: last.keyRange,
      fixes: fixWith(
        'suggested',
        'Add the labels to fill in',
        last.instruction.onbuild ? undefined : [insertLineAbove(model, last.instruction, line)],
      ),
    };
  },
};
