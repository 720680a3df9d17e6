import type { TextEdit } from '../../../foundation/model/text-range.ts';
import type { DockerfileModel, Instruction } from '../../syntax/model.ts';
import { lineEnd, rangeAt } from '../../syntax/text-document.ts';
import { fixWith, replaceRange } from '../queries/edits.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL8040',
  slug: 'empty-continuation',
  title: 'Empty line inside an instruction',
  severity: 'negligible',
  aliases: ['NoEmptyContinuation'],
  fixable: 'safe',
  appliesToHistory: false,
  docs: {
    reports: 'An empty line behind a line that ends with a backslash. Here-documents are not looked at.',
    why: 'The instruction goes on behind the empty line, although it looks finished: what stands there is taken for a part of it. Builders have announced to refuse it.',
    fix: 'Remove the empty line, or the backslash before it.',
    bad: ['FROM alpine:3.20\nRUN a && \\\n\n  b\n'],
    good: ['FROM alpine:3.20\nRUN a && \\\n  # then\n  b\n\nRUN c\n', 'FROM alpine:3.20\nRUN <<E\na\n\nb\nE\n'],
    references: ['https://docs.docker.com/reference/build-checks/no-empty-continuation/'],
  },
  *check(model) {
    for (const instruction of model.instructions) {
      const { range, heredocs } = instruction;
      if (range.end.line === range.start.line || heredocs.length > 0) continue;
      const lines = emptyLines(model, instruction);
      const [first] = lines;
      if (first === undefined) continue;
      const before = trimmedEnd(model, first - 1);
      yield {
        message: 'The instruction goes on behind the empty line that follows',
        range: rangeAt(model.document, Math.max(0, before - 1), before),
        fixes: fixWith('safe', 'Remove the empty line', removeLines(model, lines)),
      };
    }
  },
};

function emptyLines(model: DockerfileModel, { range }: Instruction): readonly number[] {
  const lines: number[] = [];
  for (let line = range.start.line + 1; line < range.end.line; line++) {
    if (trimmedEnd(model, line) === model.document.lineStarts[line]) lines.push(line);
  }
  return lines;
}

/** Returns the offset behind the last character of a line that is no blank. */
function trimmedEnd(model: DockerfileModel, line: number): number {
  const start = model.document.lineStarts[line] ?? 0;
  return start + model.text.slice(start, lineEnd(model.document, line)).trimEnd().length;
}

function removeLines(model: DockerfileModel, lines: readonly number[]): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  for (let index = 0; index < lines.length; index++) {
    const first = lines[index] ?? 0;
    // Edits that touch would be taken for conflicting: lines in a row go together.
    while (lines[index + 1] === (lines[index] ?? 0) + 1) index++;
    const next = (lines[index] ?? 0) + 1;
    edits.push(replaceRange({ start: { line: first, character: 0 }, end: { line: next, character: 0 } }, ''));
  }
  return edits;
}
