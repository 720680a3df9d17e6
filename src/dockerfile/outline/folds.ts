import type { DockerfileModel, Heredoc, Instruction } from '../syntax/model.ts';

/** Whole lines, both included; `start` stays in sight. */
export interface Fold {
  readonly start: number;
  readonly end: number;
  readonly kind: 'comment' | 'code';
}

/** Returns what can be folded, in order: stages, instructions over several lines, the heredocs in them, and blocks of comments. */
export function foldsOf(model: DockerfileModel): readonly Fold[] {
  const folds: Fold[] = [];
  const add = (start: number, end: number, kind: Fold['kind'] = 'code'): void => {
    if (end > start) folds.push({ start, end, kind });
  };
  for (const { from, instructions } of model.stages) add(from.range.start.line, lastLineOf(instructions.at(-1) ?? from));
  for (const instruction of model.instructions) {
    add(instruction.range.start.line, lastLineOf(instruction));
    // With one heredoc the fold of the instruction is that of its text.
    if (instruction.heredocs.length > 1) for (const [start, end] of heredocLines(instruction)) add(start, end);
  }
  for (const [start, end] of commentBlocks(model)) add(start, end, 'comment');
  return folds.toSorted((a, b) => a.start - b.start || b.end - a.end);
}

/** Where an instruction ends at the very beginning of a line, the line before is its last. */
function lastLineOf({ range: { start, end } }: Instruction): number {
  return end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
}

/** The texts stand behind the instruction's own lines, one after the other, each ended by its delimiter. Folded from its first line on. */
function heredocLines({ heredocs, range }: Instruction): readonly (readonly [start: number, end: number])[] {
  const places: (readonly [number, number])[] = [];
  let end = range.end.line - (heredocs.at(-1)?.terminated === false ? 0 : 1);
  for (const heredoc of heredocs.toReversed()) {
    const start = end - lineCountOf(heredoc) + 1;
    places.push([start, end]);
    end = start - 2;
  }
  return places.toReversed();
}

function lineCountOf({ body: { text } }: Heredoc): number {
  return text === '' ? 0 : text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}

function commentBlocks({ comments, document, text }: DockerfileModel): readonly (readonly [start: number, end: number])[] {
  const blocks: [number, number][] = [];
  for (const { line } of comments) {
    const last = blocks.at(-1);
    if (last?.[1] === line - 1) last[1] = line;
    else blocks.push([line, line]);
  }
  // Comments between the lines of an instruction fold with it.
  return blocks.filter(
    ([start]) => start === 0 || !/[\\`][ \t]*\r?\n?$/.test(text.slice(document.lineStarts[start - 1], document.lineStarts[start])),
  );
}
