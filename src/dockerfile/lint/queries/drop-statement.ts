import type { TextEdit } from '../../../foundation/model/text-range.ts';
import type { DockerfileModel } from '../../syntax/model.ts';
import type { ShellCommand } from '../../syntax/shell/command.ts';
import { lineEnd, offsetAt, rangeAt } from '../../syntax/text-document.ts';
import { removeInstruction } from './edits.ts';

/** Longest stretch of blanks and a continuation between two statements that is looked through. */
const MAX_GAP = 200;
const GAP = '[ \\t]*(?:[`\\\\][ \\t]*\\r?\\n[ \\t]*)?';
const SEPARATOR_BEHIND = new RegExp(`^[ \\t]*(?:;|&&|&(?!&))${GAP}`);
const SEPARATOR_BEFORE = new RegExp(`${GAP}(?:;|&&|(?<![&>])&)${GAP}$`);

/**
 * Returns the edits that take a command of PowerShell or cmd, a statement of its own, out of its RUN: the instruction goes when nothing else is in it, else the command and a separator
 * beside it. Undefined where that would break something: in a pipeline, a block, behind `||`.
 */
export function dropStatement(model: DockerfileModel, command: ShellCommand): readonly TextEdit[] | undefined {
  const { instruction, language } = command;
  if (instruction.keyword !== 'RUN' || language === 'sh' || command.within !== undefined || isPiped(command)) return undefined;
  const top = statementOf(command);
  const start = offsetAt(model.document, top.range.start);
  const end = offsetAt(model.document, top.range.end);
  const { text } = model;
  const shells = wrappersOf(top);
  const hasOthers = model
    .commandsOf(instruction)
    .some(
      (other) => !shells.includes(other) && (offsetAt(model.document, other.range.start) < start || offsetAt(model.document, other.range.end) > end),
    );
  if (!hasOthers) return removeInstruction(model, instruction);
  if (language === 'exec') return undefined;
  const behind = SEPARATOR_BEHIND.exec(text.slice(end, end + MAX_GAP));
  if (behind !== null && startsStatement(text, start)) return [{ range: rangeAt(model.document, start, end + behind[0].length), newText: '' }];
  const before = SEPARATOR_BEFORE.exec(text.slice(Math.max(0, start - MAX_GAP), start));
  if (before !== null && endsStatement(text, end)) return [{ range: rangeAt(model.document, start - before[0].length, end), newText: '' }];
  return dropLine(model, command, start, end);
}

/** The command with what starts it in the same line: `call x`, `Start-Process x`. */
function statementOf(command: ShellCommand): ShellCommand {
  let top = command;
  while (top.wrapper !== undefined && !top.embedded) top = top.wrapper;
  return top;
}

/** The shells that it was given to. */
function wrappersOf(command: ShellCommand): readonly ShellCommand[] {
  const wrappers: ShellCommand[] = [];
  for (let at = command.wrapper; at !== undefined; at = at.wrapper) wrappers.push(at);
  return wrappers;
}

function isPiped({ places }: ShellCommand): boolean {
  return places.some(({ pipeline }) => pipeline.stages.length > 1);
}

/** Nothing that would be left without its other half: `{`, `(` and quotes may stand before, `||` may not. */
function startsStatement(text: string, start: number): boolean {
  return !/\|\|[ \t]*$/.test(text.slice(Math.max(0, start - MAX_GAP), start));
}

function endsStatement(text: string, end: number): boolean {
  return !/^[ \t]*\|/.test(text.slice(end, end + MAX_GAP));
}

/** In a here-document a command may have a line of its own. */
function dropLine(model: DockerfileModel, { instruction, range }: ShellCommand, start: number, end: number): readonly TextEdit[] | undefined {
  if (instruction.heredocs.length === 0 || range.start.line !== range.end.line || range.start.line === instruction.range.start.line) return undefined;
  const lineStart = model.document.lineStarts[range.start.line] ?? start;
  const next = model.document.lineStarts[range.start.line + 1];
  const isAlone = model.text.slice(lineStart, start).trim() === '' && model.text.slice(end, lineEnd(model.document, range.start.line)).trim() === '';
  return isAlone && next !== undefined ? [{ range: rangeAt(model.document, lineStart, next), newText: '' }] : undefined;
}
