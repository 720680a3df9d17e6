import { fixWith, insertAt } from '../queries/edits.ts';
import { copiesOf, resolveWord } from '../queries/instructions.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL8007',
  slug: 'copy-many-to-file',
  title: 'Several sources copied to one name',
  severity: 'low',
  aliases: ['DL3021', 'DS-0011'],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports:
      'COPY or ADD of more than one source to a path that does not end with a slash. `.` and `..` are not reported: builders take them for directories.',
    why: 'Builders refuse it, or take the target for a file and let the last source win.',
    fix: 'End the target with a slash.',
    bad: ['FROM alpine:3.20\nCOPY a b /app\n', 'FROM alpine:3.20\nADD ["a", "b", "/app"]\n'],
    good: ['FROM alpine:3.20\nWORKDIR /app\nCOPY a b /app/\nCOPY a b .\nCOPY a /app\n', 'FROM alpine:3.20\nCOPY a b $DIR\n'],
    references: ['https://docs.docker.com/reference/dockerfile/#copy'],
  },
  *check(model) {
    for (const instruction of copiesOf(model)) {
      const target = instruction.args.at(-1);
      if (target === undefined || instruction.args.length < 3) continue;
      const path = resolveWord(model, instruction, target);
      if (path === undefined || path === '' || /(?:^|[/\\])\.{0,2}$/.test(path)) continue;
      yield {
        message: `${instruction.args.length - 1} sources cannot all become ${target.value}: a directory ends with a slash`,
        range: target.range,
        fixes: fixWith('suggested', 'End it with a slash', [insertAt(target.range.end, '/')]),
      };
    }
  },
};
