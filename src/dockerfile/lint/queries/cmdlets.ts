import type { TextEdit } from '../../../foundation/model/text-range.ts';
import type { ShellCommand, ShellWord } from '../../syntax/shell/command.ts';
import { replaceWord } from './edits.ts';

/** A parameter of a PowerShell cmdlet: `-Name value`, `-Name:value` or `-Switch`. */
export interface Parameter {
  /** As written, without the dash, in lower case. */
  readonly name: string;
  readonly word: ShellWord;
  readonly value: string | undefined;
  /** The word the value stands in: `word` itself when a colon holds them together. */
  readonly valueWord: ShellWord | undefined;
}

export interface CmdletArguments {
  readonly parameters: readonly Parameter[];
  /** What is told by its place. */
  readonly operands: readonly ShellWord[];
}

const PARAMETER = /^[-–—]([A-Za-z]\w*)(:?)/;

/** Returns a cmdlet's arguments; `switches` are the names, in lower case, of its parameters that take no value. */
export function cmdletArguments({ args }: ShellCommand, switches: readonly string[] = []): CmdletArguments {
  const parameters: Parameter[] = [];
  const operands: ShellWord[] = [];
  for (let index = 0; index < args.length; index++) {
    const word = args[index];
    if (word === undefined) break;
    const match = PARAMETER.exec(word.text);
    if (match === null) {
      operands.push(word);
      continue;
    }
    const [written, name = '', colon] = match;
    const isAttached = colon === ':' && word.text.length > written.length;
    const isSwitch = colon !== ':' && switches.some((candidate) => candidate.startsWith(name.toLowerCase()));
    const next = args[index + 1];
    const valueWord = isAttached ? word : isSwitch || next === undefined || PARAMETER.test(next.text) ? undefined : next;
    const value = isAttached ? word.value.slice(written.length) : valueWord?.value;
    parameters.push({ name: name.toLowerCase(), word, value, valueWord });
    if (valueWord !== undefined && valueWord === next) index++;
  }
  return { parameters, operands };
}

/** Returns the parameter of a name, which may be cut short to `shortest`; both in lower case. */
export function findParameter({ parameters }: CmdletArguments, name: string, shortest: string): Parameter | undefined {
  return parameters.find((parameter) => name.startsWith(parameter.name) && parameter.name.startsWith(shortest));
}

/** Returns a switch that is on: `-Name`, `-Name:$true`. */
export function findSwitch(command: ShellCommand, name: string, shortest: string): Parameter | undefined {
  const found = findParameter(cmdletArguments(command, [name]), name, shortest);
  return found === undefined || /^\$?(?:false|0)$/i.test(found.value ?? '') ? undefined : found;
}

/** Returns the edit that gives a parameter another value; undefined when it came out of a variable. */
export function replaceArgument({ word, value, valueWord }: Parameter, newText: string): readonly TextEdit[] | undefined {
  if (valueWord === undefined || value === undefined) return undefined;
  return replaceWord(valueWord, valueWord === word ? word.text.slice(0, word.text.indexOf(':') + 1) + newText : newText);
}

/** True for `$true`, `1`, `'true'`. */
export function isTrue(value: string | undefined): boolean {
  return /^(?:\$?true|1|enabled)$/i.test(value ?? '');
}

export function isFalse(value: string | undefined): boolean {
  return /^(?:\$?false|0|disabled)$/i.test(value ?? '');
}
