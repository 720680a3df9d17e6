import { fixWith, insertLineAbove } from '../queries/edits.ts';
import { copiesOf, instructionsNamed, isAbsolutePath, lineageOf, resolveWord } from '../queries/instructions.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL8004',
  slug: 'relative-copy-destination',
  title: 'COPY to a relative path without a WORKDIR',
  severity: 'low',
  aliases: ['DL3045'],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports: 'COPY or ADD to a relative path in a stage where no WORKDIR stands before it.',
    why: 'The files land wherever the base image happens to stand, in the root directory mostly, over what is there.',
    fix: 'Set WORKDIR before, or write the whole path.',
    bad: ['FROM alpine:3.20\nCOPY . .\n', 'FROM alpine:3.20\nADD ["a", "b/"]\nWORKDIR /app\n'],
    good: [
      'FROM alpine:3.20\nWORKDIR /app\nCOPY . .\n',
      'FROM alpine:3.20 AS a\nWORKDIR /app\nFROM a\nCOPY . ./\n',
      'FROM alpine:3.20\nCOPY a $DIR\n',
    ],
    references: ['https://docs.docker.com/reference/dockerfile/#copy'],
  },
  *check(model) {
    const firstWorkdir = new Map<number, number>();
    for (const { stage, index, onbuild } of instructionsNamed(model, 'WORKDIR')) {
      if (!onbuild && !firstWorkdir.has(stage)) firstWorkdir.set(stage, index);
    }
    for (const instruction of copiesOf(model)) {
      const { stage, index, onbuild, args } = instruction;
      const target = args.at(-1);
      if (onbuild || stage < 0 || target === undefined || args.length < 2) continue;
      const path = resolveWord(model, instruction, target);
      if (path === undefined || path === '' || isAbsolutePath(path)) continue;
      const lineage = lineageOf(model.stages[stage]);
      // An image from scratch begins at the root.
      if (lineage.at(-1)?.image?.kind === 'scratch' || lineage.some((member) => (firstWorkdir.get(member.index) ?? Infinity) < index)) continue;
      yield {
        message: `${target.value} lies wherever the base image stands: no WORKDIR is set`,
        range: target.range,
        fixes: fixWith('suggested', 'Set a WORKDIR before it', [insertLineAbove(model, instruction, 'WORKDIR /app')]),
      };
    }
  },
};
