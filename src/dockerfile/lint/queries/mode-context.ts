import type { DockerfileModel, Instruction } from '../../syntax/model.ts';
import type { ShellCommand } from '../../syntax/shell/command.ts';
import { commandsNamed, feeders, hasFlag, optionsOf } from './commands.ts';
import { instructionsNamed } from './instructions.ts';
import { Memo } from './memo.ts';
import { isSystemDirectory } from './shell-paths.ts';

/** True when every file of a chmod is removed by the same instruction later on, or given another mode: neither is in the image. */
export function isSetBack(model: DockerfileModel, chmod: ShellCommand): boolean {
  const files = filesOf(chmod);
  const { order, removed, replaced } = settlements.of(chmod.instruction, () => settle(model, chmod.instruction));
  const at = order.get(chmod) ?? 0;
  const isDeep = isRecursive(chmod);
  const isLater = (index: number | undefined): boolean => (index ?? -1) > at;
  return (
    files.length > 0 &&
    files.every((file) => ancestorsOf(file).some((path) => isLater(removed.get(path))) || isLater((isDeep ? replaced.deep : replaced.any).get(file)))
  );
}

/** True for a chmod that adds rights to directories that everybody may write into anyway, and where the sticky bit stays: `chmod a+rwx /tmp`. */
export function addsToShared(chmod: ShellCommand): boolean {
  const [mode, ...files] = optionsOf(chmod).operands;
  return /^[ugoa]*\+[rwxXt]+$/.test(mode?.value ?? '') && files.length > 0 && files.every(({ value }) => SHARED.test(value)) && !isRecursive(chmod);
}

const SHARED = /^\/(?:tmp|var\/tmp|dev\/shm)\/?$/;

/** True for a chmod that is told of directories alone: found by their type, or made by the file itself. */
export function changesOnlyDirectories(model: DockerfileModel, chmod: ShellCommand): boolean {
  if (chmod.wrapper?.name === 'find') return findsDirectories(chmod.wrapper);
  if (chmod.wrapper?.name === 'xargs') return feeders(chmod.wrapper).some((feeder) => feeder.name === 'find' && findsDirectories(feeder));
  const files = filesOf(chmod);
  if (isRecursive(chmod) || files.length === 0) return false;
  const made = directories.of(model, () => directoriesMade(model));
  return files.every((file) => made.has(file) || isSystemDirectory(file) || KNOWN_DIRECTORY.test(file));
}

const KNOWN_DIRECTORY = /^\/(?:etc|home|mnt|opt|run|srv|tmp|var|var\/(?:cache|lib|log|mail|opt|run|spool|tmp|www))$/;

/** What an instruction does to paths, by the number of the last command that does it. */
interface Settlement {
  readonly order: ReadonlyMap<ShellCommand, number>;
  readonly removed: ReadonlyMap<string, number>;
  /** Modes given as a number, which leave nothing of the one before; `deep`: to all that is below as well. */
  readonly replaced: { readonly any: ReadonlyMap<string, number>; readonly deep: ReadonlyMap<string, number> };
}

const settlements = new Memo<Settlement>();

function settle(model: DockerfileModel, instruction: Instruction): Settlement {
  const order = new Map<ShellCommand, number>();
  const removed = new Map<string, number>();
  const any = new Map<string, number>();
  const deep = new Map<string, number>();
  for (const [index, command] of model.commandsOf(instruction).entries()) {
    order.set(command, index);
    if (command.name === 'rm' || command.name === 'rmdir')
      for (const { value } of optionsOf(command).operands) removed.set(removedPath(value), index);
    if (command.name !== 'chmod' || !/^[0-7]{3,5}$/.test(optionsOf(command).operands[0]?.value ?? '')) continue;
    for (const file of filesOf(command)) {
      any.set(file, index);
      if (isRecursive(command)) deep.set(file, index);
    }
  }
  return { order, removed, replaced: { any, deep } };
}

const directories = new Memo<ReadonlySet<string>>();

function directoriesMade(model: DockerfileModel): ReadonlySet<string> {
  const made = [
    ...commandsNamed(model, 'mkdir'),
    ...commandsNamed(model, 'install').filter((command) => hasFlag(command, { short: 'd', long: 'directory' })),
  ].flatMap((command) => optionsOf(command).operands.map(({ value }) => plainPath(value)));
  const entered = instructionsNamed(model, 'WORKDIR').flatMap(({ args }) => args.map(({ value }) => plainPath(value)));
  return new Set([...made, ...entered]);
}

function filesOf(chmod: ShellCommand): readonly string[] {
  return optionsOf(chmod)
    .operands.slice(1)
    .map(({ value }) => plainPath(value));
}

function isRecursive(chmod: ShellCommand): boolean {
  return hasFlag(chmod, { short: 'R', long: 'recursive' });
}

function findsDirectories({ args }: ShellCommand): boolean {
  const at = args.findIndex(({ value }) => value === '-type');
  return at >= 0 && args[at + 1]?.value === 'd';
}

/** One spelling for `${x}` and `$x`, `/a/` and `/a`. */
function plainPath(path: string): string {
  return path.replaceAll(/\$\{(\w+)\}/g, '$$$1').replace(/(?<=.)\/$/, '');
}

/** As above; with a slash at its end when only what is in a directory is removed. */
function removedPath(path: string): string {
  return path.endsWith('/*') ? `${plainPath(path.slice(0, -2))}/` : plainPath(path);
}

/** Most directories above a path that are looked at. */
const MAX_DEPTH = 32;

/** Returns a path and the directories it is in, these also as their contents. */
function ancestorsOf(path: string): readonly string[] {
  const found = [path];
  for (let slash = path.lastIndexOf('/'); slash > 0 && found.length < MAX_DEPTH; slash = path.lastIndexOf('/', slash - 1))
    found.push(path.slice(0, slash), path.slice(0, slash + 1));
  return found;
}
