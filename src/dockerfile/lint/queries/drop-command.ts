import type { TextEdit } from '../../../foundation/model/text-range.ts';
import type { DockerfileModel } from '../../syntax/model.ts';
import type { ShellCommand } from '../../syntax/shell/command.ts';
import { offsetAt, rangeAt } from '../../syntax/text-document.ts';
import { removeInstruction } from './edits.ts';

/**
 * Returns the edits that keep a RUN from starting `command`, with what starts it (sudo) and, when `wholePipeline`, what feeds it: the instruction goes when nothing else is in it,
 * else the command and the `&&` before it, else `true` takes its place. Undefined where that would break something.
 */
export function dropCommand(model: DockerfileModel, command: ShellCommand, wholePipeline = false): readonly TextEdit[] | undefined {
  const { instruction } = command;
  if (instruction.keyword !== 'RUN' || command.language === 'powershell' || command.language === 'cmd') return undefined;
  const span = wholePipeline ? pipelineSpan(model, command) : spanOf(model, outermost(command));
  if (span === undefined) return undefined;
  const [start, end] = span;
  const others = model
    .commandsOf(instruction)
    .some(({ range }) => offsetAt(model.document, range.start) < start || offsetAt(model.document, range.end) > end);
  if (!others && instruction.heredocs.length === 0) return removeInstruction(model, instruction);
  if (command.language === 'exec') return undefined;
  const before = /(?:[ \t]*[\\`][ \t]*\r?\n)?[ \t]*&&[ \t]*(?:[\\`][ \t]*\r?\n[ \t]*)?$/.exec(model.text.slice(Math.max(0, start - MAX_GAP), start));
  if (before !== null) return [{ range: rangeAt(model.document, start - before[0].length, end), newText: '' }];
  return [{ range: rangeAt(model.document, start, end), newText: 'true' }];
}

/** Longest stretch of blanks and a continuation between two commands that is looked through. */
const MAX_GAP = 200;

/** The command with all that stands in front of it to start it; not the shell in whose string it stands. */
function outermost(command: ShellCommand): ShellCommand {
  let outer = command;
  while (outer.wrapper !== undefined && outer.wrapper.embedded === outer.embedded && outer.wrapper.language === outer.language) outer = outer.wrapper;
  return outer;
}

function spanOf(model: DockerfileModel, { range }: ShellCommand): readonly [number, number] {
  return [offsetAt(model.document, range.start), offsetAt(model.document, range.end)];
}

function pipelineSpan(model: DockerfileModel, command: ShellCommand): readonly [number, number] | undefined {
  const [place] = command.places;
  const members = [outermost(command), ...(place?.pipeline.stages.flat() ?? [])].map((member) => spanOf(model, member));
  const start = Math.min(...members.map(([from]) => from));
  const end = Math.max(...members.map(([, to]) => to));
  // A group's brackets are not its commands': half of it would stay.
  return /[(){}]/.test(model.text.slice(start, end).replaceAll(/\$\{\w{1,100}\}/g, '')) ? undefined : [start, end];
}
