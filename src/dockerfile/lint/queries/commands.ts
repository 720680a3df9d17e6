import type { DockerfileModel } from '../../syntax/model.ts';
import type { PipelinePlace, ShellCommand, ShellSubstitution, ShellWord } from '../../syntax/shell/command.ts';
import type { Option, Options } from '../../syntax/shell/options.ts';
import { optionSyntaxOf, readOptions } from '../../syntax/shell/options.ts';
import { Memo } from './memo.ts';

const indexes = new Memo<ReadonlyMap<string, readonly ShellCommand[]>>();

/** Returns the commands of the file that go by one of `names`, in order. */
export function commandsNamed(model: DockerfileModel, ...names: readonly string[]): readonly ShellCommand[] {
  const index = commandsByName(model);
  const [only] = names;
  if (names.length === 1 && only !== undefined) return index.get(only) ?? [];
  return names.flatMap((name) => index.get(name) ?? []);
}

function commandsByName(model: DockerfileModel): ReadonlyMap<string, readonly ShellCommand[]> {
  return indexes.of(model, () => Map.groupBy(model.commands(), (command) => command.name));
}

const pips = /^pip(?:[23](?:\.\d+)?)?$/;

/** Returns every pip of the file: pip, pip2, pip3, pip3.12, `python -m pip`. */
export function pipCommands(model: DockerfileModel): readonly ShellCommand[] {
  return commandsMatching(model, pips);
}

/** Returns the commands whose name matches; asked of each name once. */
export function commandsMatching(model: DockerfileModel, pattern: RegExp): readonly ShellCommand[] {
  return [...commandsByName(model)].flatMap(([name, commands]) => (pattern.test(name) ? commands : []));
}

const optionMemo = new Memo<Options>();

/** Returns a command's options and operands, by its program's own syntax. */
export function optionsOf(command: ShellCommand): Options {
  return optionMemo.of(command, () => readOptions(command.args, optionSyntaxOf(pips.test(command.name) ? 'pip' : command.name)));
}

export interface FlagNames {
  /** One letter. */
  readonly short?: string;
  readonly long?: string;
  /** The fewest characters to which the program lets the long name be cut. */
  readonly shortest?: string;
}

/** Returns the options of a command that are the flag asked for: `-k` alone or among others (`-fsSkL`), `--insecure`, `--insecure=…`. */
export function findFlags(command: ShellCommand, { short, long, shortest }: FlagNames): readonly Option[] {
  return optionsOf(command).options.filter((option) =>
    option.isLong
      ? option.name === long || (shortest !== undefined && long?.startsWith(option.name) === true && option.name.startsWith(shortest))
      : option.name === short,
  );
}

export function hasFlag(command: ShellCommand, names: FlagNames): boolean {
  return findFlags(command, names).length > 0;
}

/** Most stages of a pipeline that are looked back: asked of each stage, the work grows with the square of them. */
const MAX_STAGES_BACK = 50;

/** Returns what runs before `command` in its pipelines, and so feeds it. */
export function upstream(command: ShellCommand): readonly ShellCommand[] {
  return command.places.flatMap(({ pipeline, stage }: PipelinePlace) => pipeline.stages.slice(Math.max(0, stage - MAX_STAGES_BACK), stage).flat());
}

/** Stages of a pipeline, and commands of one stage, that are looked through: more are never written by hand. */
const MAX_FEEDING_STAGES = 16;
const MAX_FEEDING_COMMANDS = 64;

/** Returns what runs before `command` in its pipelines, as `upstream` does, but only so much of it that asking every command of a file stays cheap. */
export function feeders(command: ShellCommand): readonly ShellCommand[] {
  return command.places.flatMap(({ pipeline, stage }: PipelinePlace) =>
    pipeline.stages.slice(Math.max(0, stage - MAX_FEEDING_STAGES), stage).flatMap((commands) => commands.slice(0, MAX_FEEDING_COMMANDS)),
  );
}

/** Returns the substitutions in words and redirections of a command. */
export function substitutionsOf(command: ShellCommand): readonly ShellSubstitution[] {
  return [...command.words.flatMap((word) => word.substitutions), ...command.redirects.flatMap((redirect) => redirect.substitutions)];
}

/** Returns the word that names the program. */
export function nameWord(command: ShellCommand): ShellWord | undefined {
  return command.words[0];
}
