import type { Fix, FixLookUp, FixSafety } from '../../../foundation/model/diagnostic.ts';
import type { TextEdit, TextRange } from '../../../foundation/model/text-range.ts';
import type { Definition, DockerfileModel, DockerWord, Instruction, InstructionFlag } from '../../syntax/model.ts';
import type { ShellCommand, ShellWord } from '../../syntax/shell/command.ts';
import type { Option } from '../../syntax/shell/options.ts';
import { lineEnd, offsetAt, positionAt, rangeAt } from '../../syntax/text-document.ts';

/** Returns the fix in a list, ready for RuleHit.fixes; an empty list when there are no edits to make. `lookUp` tells what fills a placeholder in them. */
export function fixWith(safety: FixSafety, title: string, edits: readonly TextEdit[] | undefined, lookUp?: FixLookUp): readonly Fix[] {
  return edits === undefined || edits.length === 0 ? [] : [{ safety, title, edits, ...(lookUp === undefined ? {} : { lookUp }) }];
}

export function replaceRange(range: TextRange, newText: string): TextEdit {
  return { range, newText };
}

export function insertAt(position: TextRange['start'], newText: string): TextEdit {
  return { range: { start: position, end: position }, newText };
}

/** Returns the text that stands at a range. */
export function textAt(model: DockerfileModel, range: TextRange): string {
  return model.text.slice(offsetAt(model.document, range.start), offsetAt(model.document, range.end));
}

/** Returns the file's line break. */
export function lineBreak(model: DockerfileModel): string {
  return model.text.startsWith('\r\n', lineEnd(model.document, 0)) ? '\r\n' : '\n';
}

/** Returns the edit that takes a word out of its command, with the blank beside it (in the JSON form with its quotes and comma); undefined when the word came out of a variable. */
export function removeWord(model: DockerfileModel, command: ShellCommand, word: ShellWord): readonly TextEdit[] | undefined {
  if (!word.written) return undefined;
  return [replaceRange(command.language === 'exec' ? jsonStringRange(model, word.range) : wordWithBlank(model, word.range), '')];
}

/** Returns the edits that take an option out: the word when it stands alone, the letter when it shares a word with others, its value's word too. */
export function removeOption(model: DockerfileModel, command: ShellCommand, option: Option): readonly TextEdit[] | undefined {
  const { word, valueWord } = option;
  const sharesWord = !option.isLong && word.value.length > 2;
  const edits = sharesWord ? removeLetter(model, word, option.name) : removeWord(model, command, word);
  if (edits === undefined || valueWord === undefined || valueWord === word) return edits;
  const value = removeWord(model, command, valueWord);
  return value === undefined ? undefined : [...edits, ...value];
}

function removeLetter(model: DockerfileModel, word: ShellWord, letter: string): readonly TextEdit[] | undefined {
  if (!word.written || word.text !== word.value || textAt(model, word.range) !== word.text) return undefined;
  return [replaceRange(word.range, word.text.replaceAll(letter, ''))];
}

/** Returns the edit that puts `newText`, which needs no quotes, in a word's place; undefined when the word came out of a variable. */
export function replaceWord(word: ShellWord, newText: string): readonly TextEdit[] | undefined {
  return word.written ? [replaceRange(word.range, newText)] : undefined;
}

/** Extends a range over the blank before it, or over the one behind it at the start of a line or string. */
function wordWithBlank(model: DockerfileModel, range: TextRange): TextRange {
  const { text } = model;
  let start = offsetAt(model.document, range.start);
  let end = offsetAt(model.document, range.end);
  let blankStart = start;
  while (isBlank(text[blankStart - 1])) blankStart--;
  const isIndent = /^[\r\n\uFEFF]?$/.test(text.slice(Math.max(0, blankStart - 1), blankStart));
  const continuation = isIndent ? danglingContinuation(model, blankStart, end) : undefined;
  if (continuation !== undefined) start = continuation;
  else if (blankStart < start && !isIndent) start = blankStart;
  else while (isBlank(text[end])) end++;
  return rangeAt(model.document, start, end);
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t';
}

/**
 * Returns where the line before `lineStart` goes on behind its last word, when what stands from `lineStart` to `end` is all that follows: with that taken out, the continuation would take the
 * next instruction in.
 */
function danglingContinuation({ text, document, escape }: DockerfileModel, lineStart: number, end: number): number | undefined {
  if (text.slice(end, lineEnd(document, positionAt(document, end).line)).trim() !== '') return undefined;
  // Comments and empty lines may stand between.
  for (let line = positionAt(document, lineStart).line - 1; line >= 0; line--) {
    const from = document.lineStarts[line] ?? 0;
    const written = text.slice(from, lineEnd(document, line)).trimEnd();
    if (written.trim() === '' || written.trimStart().startsWith('#')) continue;
    return written.endsWith(escape) ? from + written.slice(0, -1).trimEnd().length : undefined;
  }
  return undefined;
}

function jsonStringRange(model: DockerfileModel, range: TextRange): TextRange {
  const { text } = model;
  let start = offsetAt(model.document, range.start) - 1;
  let end = offsetAt(model.document, range.end) + 1;
  while (/\s/.test(text[start - 1] ?? '')) start--;
  if (text[start - 1] === ',') start--;
  else {
    while (/[\s,]/.test(text[end] ?? '')) end++;
  }
  return rangeAt(model.document, start, end);
}

/** Returns the edit that takes whole lines of an instruction away, its line break included. */
export function removeInstruction(model: DockerfileModel, instruction: Instruction): readonly TextEdit[] {
  const start = model.document.lineStarts[instruction.range.start.line] ?? 0;
  const nextLine = model.document.lineStarts[instruction.range.end.line + 1];
  const edge = nextLine ?? offsetAt(model.document, instruction.range.end);
  // The last line of a file without a line break takes the break before it along.
  const from = nextLine === undefined && start > 0 ? start - (model.text.endsWith('\r\n', start) ? 2 : 1) : start;
  return [{ range: rangeAt(model.document, Math.max(0, from), edge), newText: '' }];
}

/** Returns the edit that takes one name out of an ARG or ENV, and the whole instruction when it was the only one. */
export function removeDefinition(model: DockerfileModel, definition: Definition): readonly TextEdit[] {
  const isOnly = !model.definitions.some((other) => other !== definition && other.instruction === definition.instruction);
  return isOnly ? removeInstruction(model, definition.instruction) : [replaceRange(wordWithBlank(model, definition.range), '')];
}

/** Returns the edit that takes one word out of an instruction that splits at blanks, and the whole instruction when it was the only one. */
export function removeArg(model: DockerfileModel, instruction: Instruction, word: DockerWord): readonly TextEdit[] {
  return instruction.args.length === 1 ? removeInstruction(model, instruction) : [replaceRange(wordWithBlank(model, word.range), '')];
}

/** Returns the edit that takes a flag out of its instruction. */
export function removeFlag(model: DockerfileModel, flag: InstructionFlag): readonly TextEdit[] {
  return [replaceRange(wordWithBlank(model, flag.range), '')];
}

/** Returns the edit that adds a line of its own above an instruction. */
export function insertLineAbove(model: DockerfileModel, instruction: Instruction, line: string): TextEdit {
  const at = positionAt(model.document, model.document.lineStarts[instruction.range.start.line] ?? 0);
  return insertAt(at, line + lineBreak(model));
}
