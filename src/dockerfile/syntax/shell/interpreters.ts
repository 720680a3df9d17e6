import type { ShellCommand, ShellWord } from './command.ts';
import { optionSyntaxOf, readOptions } from './options.ts';

/** Shells whose language is close enough to sh to be read as it. */
const shells: ReadonlySet<string> = new Set(['sh', 'bash', 'dash', 'ash', 'zsh', 'ksh', 'ksh93', 'mksh', 'rbash', 'hush']);

export function isShell(name: string): boolean {
  return shells.has(name);
}

/** What a shell was told to run. */
export interface ShellInvocation {
  /** The string of -c. */
  readonly script: ShellWord | undefined;
  /** The script file; undefined: it reads the script from its input. */
  readonly file: ShellWord | undefined;
}

/** Returns what a shell's arguments tell it to run. */
export function readShellInvocation(args: readonly ShellWord[]): ShellInvocation {
  const words = args.filter((word) => !/^\+[a-zA-Z]+$/.test(word.value));
  const { options, operands } = readOptions(words, optionSyntaxOf('sh'));
  if (options.some((option) => option.name === 'c' && !option.isLong)) return { script: operands[0], file: undefined };
  const fromInput = options.some((option) => option.name === 's' && !option.isLong);
  const file = operands[0];
  const isInput = fromInput || file?.value === '-' || file?.value === '/dev/stdin' || file?.value === '/proc/self/fd/0';
  return { script: undefined, file: isInput ? undefined : file };
}

/** True for a shell that takes its script from its standard input. */
export function readsScriptFromInput(command: ShellCommand): boolean {
  if (!isShell(command.name)) return false;
  const { script, file } = readShellInvocation(command.args);
  return script === undefined && file === undefined && !command.args.some((word) => word.value === '-c');
}
