import type { TextRange } from '../../../foundation/model/text-range.ts';
import { MAX_FINDINGS_PER_FILE } from '../../../foundation/base/limits.ts';
import type { MappedText } from '../../syntax/mapped-text.ts';
import { originRange } from '../../syntax/mapped-text.ts';
import type { DockerfileModel, Instruction } from '../../syntax/model.ts';
import { rangeAt } from '../../syntax/text-document.ts';
import { Memo } from './memo.ts';

/** A text that the file puts somewhere: a word of a command, a here-document. */
export interface WrittenText {
  readonly instruction: Instruction;
  readonly source: MappedText;
  /** False when it came out of a variable: an edit at its place would not change it. */
  readonly written: boolean;
}

const memo = new Memo<readonly WrittenText[]>();

/** Returns the texts that could become a line of some file: words of commands (`echo "…" > file`, sed scripts) and the bodies of here-documents. */
export function writtenTexts(model: DockerfileModel): readonly WrittenText[] {
  return memo.of(model, () => readTexts(model));
}

function readTexts(model: DockerfileModel): readonly WrittenText[] {
  const words = model
    .commands()
    .flatMap((command) => command.args.map(({ source, written }) => ({ instruction: command.instruction, source, written })));
  const heredocs = model.instructions.flatMap((instruction) =>
    heredocTexts(model, instruction).map((source) => ({ instruction, source, written: true })),
  );
  return [...words, ...heredocs];
}

/** A here-document that is the script of a RUN was read as commands; those inside it go where its commands put them. */
function heredocTexts(model: DockerfileModel, instruction: Instruction): readonly MappedText[] {
  const commands = instruction.keyword === 'RUN' ? model.commandsOf(instruction) : [];
  if (commands.length === 0) return instruction.heredocs.map(({ body }) => body);
  return commands.flatMap(({ redirects }) => redirects.flatMap(({ body }) => body ?? []));
}

export interface TextMatch {
  readonly text: WrittenText;
  readonly match: RegExpExecArray;
  readonly range: TextRange;
}

/** Returns where `pattern` (global) stands in a text, at most MAX_FINDINGS_PER_FILE places. */
export function matchesIn(model: DockerfileModel, text: WrittenText, pattern: RegExp): readonly TextMatch[] {
  const found: TextMatch[] = [];
  // Not matchAll, which makes a copy of the pattern for each of thousands of texts.
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text.source.text); match !== null; match = pattern.exec(text.source.text)) {
    if (match[0] === '') pattern.lastIndex++;
    const [start, end] = originRange(text.source, match.index, match.index + match[0].length);
    found.push({ text, match, range: rangeAt(model.document, start, end) });
    if (found.length >= MAX_FINDINGS_PER_FILE) break;
  }
  return found;
}
