import type { TextRange } from '../../../foundation/model/text-range.ts';
import type { DockerfileModel, Instruction } from '../../syntax/model.ts';
import type { MappedText } from '../../syntax/mapped-text.ts';
import { sliceMapped } from '../../syntax/mapped-text.ts';
import type { ShellCommand, ShellWord } from '../../syntax/shell/command.ts';
import { joinSources } from '../../syntax/shell/word-builder.ts';
import { commandsNamed, optionsOf, upstream } from './commands.ts';
import { Memo } from './memo.ts';

/** A text on its way into a file of the image. */
export interface FileWrite {
  readonly instruction: Instruction;
  /** The file, or the directory of the file when it ends with a slash. */
  readonly path: string;
  readonly pathRange: TextRange;
  /** What is written, as far as the Dockerfile shows it. */
  readonly texts: readonly MappedText[];
  readonly command: ShellCommand | undefined;
}

const memo = new Memo<readonly FileWrite[]>();

/** Returns the files that the commands write or put in place: by redirection, tee, sed -i, cp, mv, ln, install; and by COPY and ADD, here-documents included. */
export function fileWrites(model: DockerfileModel): readonly FileWrite[] {
  return memo.of(model, () => [...model.commands().flatMap(redirected), ...teed(model), ...edited(model), ...placed(model), ...copied(model)]);
}

function redirected(command: ShellCommand): readonly FileWrite[] {
  if (command.redirects.length === 0) return [];
  // A wrapped command carries the redirections of its wrapper: they are that one's.
  if (command.wrapper?.redirects === command.redirects) return [];
  const texts = textsOf(command);
  return command.redirects.flatMap(({ operator, target }) =>
    target !== undefined && /^(?:>|>>|>\||&>|&>>)$/.test(operator) ? [toWrite(command, target, texts)] : [],
  );
}

function teed(model: DockerfileModel): readonly FileWrite[] {
  return commandsNamed(model, 'tee').flatMap((command) => {
    const texts = [...textsOf(command), ...upstream(command).flatMap(textsOf)];
    return optionsOf(command).operands.map((target) => toWrite(command, target, texts));
  });
}

/** Returns what a command prints or is fed, as far as it is written in the file. */
export function textsOf(command: ShellCommand): readonly MappedText[] {
  const bodies = command.redirects.flatMap(({ body }) => (body === undefined ? [] : [body]));
  const { name, args } = command;
  if (name === 'echo') return [joinSources(args.map(({ source }) => source)), ...bodies];
  return name === 'printf' ? [...args.map(({ source }) => source), ...bodies] : bodies;
}

function edited(model: DockerfileModel): readonly FileWrite[] {
  return commandsNamed(model, 'sed').flatMap((command) => {
    const { options, operands } = optionsOf(command);
    if (!options.some(({ name }) => name === 'i' || name === 'in-place')) return [];
    const texts = command.args.flatMap(({ source }) => addedBySed(source));
    return operands.map((target) => toWrite(command, target, texts));
  });
}

/** Returns what a script of sed puts in: the right side of `s/a/b/`, else all of it. */
function addedBySed(script: MappedText): readonly MappedText[] {
  const delimiter = /^s([^\w\s\\])/.exec(script.text)?.[1];
  if (delimiter === undefined) return [script];
  const middle = nextUnescaped(script.text, delimiter, 2);
  const end = nextUnescaped(script.text, delimiter, middle + 1);
  return middle < 0 ? [] : [sliceMapped(script, middle + 1, end < 0 ? script.text.length : end)];
}

function nextUnescaped(text: string, delimiter: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === delimiter) return at;
  }
  return -1;
}

function placed(model: DockerfileModel): readonly FileWrite[] {
  return commandsNamed(model, 'cp', 'mv', 'ln', 'install').flatMap((command) => {
    const target = optionsOf(command).operands.at(-1);
    return target === undefined || optionsOf(command).operands.length < 2 ? [] : [toWrite(command, target, [])];
  });
}

function copied(model: DockerfileModel): readonly FileWrite[] {
  return model.instructions.flatMap((instruction) => {
    if (instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') return [];
    const target = instruction.args.at(-1);
    if (target === undefined || instruction.args.length < 2) return [];
    const texts = instruction.heredocs.map(({ body }) => body);
    return [{ instruction, path: target.value, pathRange: target.range, texts, command: undefined }];
  });
}

function toWrite(command: ShellCommand, target: ShellWord, texts: readonly MappedText[]): FileWrite {
  return { instruction: command.instruction, path: target.value, pathRange: target.range, texts, command };
}
