import type { ShellCommand, ShellWord } from '../../syntax/shell/command.ts';
import { isShell, readShellInvocation } from '../../syntax/shell/interpreters.ts';
import { feeders, findFlags, optionsOf } from './commands.ts';
import { runsItsInput } from './downloads.ts';
import { modeClauses, octalMode } from './permissions.ts';

const LANGUAGES = /^(?:python[\d.]*|pypy[\d.]*|perl[\d.]*|ruby[\d.]*|php[\d.]*|lua[\d.]*|node|nodejs|deno|bun|tclsh|Rscript|groovy|mono|dotnet)$/;
/** Options with which the program is in the arguments, not in a file. */
const CODE_OPTION = /^-(?:[cemr]|-eval|-print|-version|-help|V|v)$/;

/** Returns the words that name a file which a command runs: the program itself, a script given to an interpreter, what is sourced, what is fed to a shell. */
export function executedFiles(command: ShellCommand): readonly ShellWord[] {
  const { name, args, words } = command;
  const program = words[0]?.value.includes('/') === true ? words.slice(0, 1) : [];
  return [...program, ...scriptOf(name, args), ...(runsItsInput(command) ? inputFiles(command) : [])];
}

function scriptOf(name: string, args: readonly ShellWord[]): readonly ShellWord[] {
  if (isShell(name)) {
    const { file } = readShellInvocation(args);
    return file === undefined ? [] : [file];
  }
  if (name === '.' || name === 'source') return args.slice(0, 1);
  if (name === 'java') {
    const jar = args.findIndex(({ value }) => value === '-jar');
    return jar < 0 ? [] : args.slice(jar + 1, jar + 2);
  }
  if (!LANGUAGES.test(name) || args.some(({ value }) => CODE_OPTION.test(value))) return [];
  return args.filter(({ value }) => !value.startsWith('-') && value !== 'run').slice(0, 1);
}

/** `sh < F`, `cat F | sh`. */
function inputFiles(command: ShellCommand): readonly ShellWord[] {
  const redirected = command.redirects.flatMap(({ operator, target }) => (operator === '<' && target !== undefined ? [target] : []));
  const printed = feeders(command).flatMap(({ name, args }) => (/^(?:cat|zcat|gunzip|tail|sed|tr)$/.test(name) ? operands(args) : []));
  return [...redirected, ...printed];
}

/** Returns the words that name a file which a command makes part of the system: made executable, or given to a package manager that does not check a file. */
export function installedFiles(command: ShellCommand): readonly ShellWord[] {
  const { name, args } = command;
  const find = (pattern: RegExp): boolean => args.some(({ value }) => pattern.test(value));
  switch (name) {
    case 'chmod': {
      const [mode, ...files] = chmodOperands(args);
      return mode !== undefined && makesExecutable(mode.value) ? files : [];
    }
    case 'install': {
      const mode = findFlags(command, { short: 'm', long: 'mode' }).at(-1)?.value;
      const isFolder = findFlags(command, { short: 'd', long: 'directory' }).length > 0;
      return isFolder || (mode !== undefined && !makesExecutable(mode)) ? [] : optionsOf(command).operands;
    }
    case 'dpkg':
      return find(/^(?:-i|--install|--unpack|-[A-Za-z]*i)$/) ? operands(args) : [];
    case 'rpm':
      return find(/^(?:-[A-Za-z]*[iUF][A-Za-z]*|--install|--upgrade|--freshen)$/) && !find(/^-[A-Za-z]*q|^--import$/) ? operands(args) : [];
    case 'apt':
    case 'apt-get':
    case 'aptitude':
    case 'gdebi':
      return operands(args).filter(({ value }) => /\/|\.deb$/.test(value));
    case 'yum':
    case 'dnf':
    case 'dnf5':
    case 'microdnf':
    case 'tdnf':
      return operands(args).filter(({ value }) => /\/|\.rpm$/.test(value));
    case 'apk':
      return find(/^--allow-untrusted$/) ? operands(args).filter(({ value }) => /\/|\.apk$/.test(value)) : [];
    case 'snap':
      return find(/^--dangerous$/) ? operands(args) : [];
    case 'npm':
    case 'yarn':
    case 'pnpm':
      return operands(args).filter(({ value }) => /\/|\.tgz$/.test(value));
    case 'gem':
      return operands(args).filter(({ value }) => value.endsWith('.gem'));
    default:
      return /^pip(?:3(?:\.\d+)?)?$/.test(name) && args[0]?.value === 'install'
        ? optionsOf(command).operands.filter(({ value }) => /\/|^\.|\.(?:whl|zip|tgz|tar\.\w{1,4})$/.test(value))
        : [];
  }
}

/** The mode is the first word that is no option: `-x` takes a bit away. */
function chmodOperands(args: readonly ShellWord[]): readonly ShellWord[] {
  return args.filter(({ value }) => !/^-(?:[RcfvHLP]+|-.*)$/.test(value));
}

const EXECUTE_BITS = 0o111;

function makesExecutable(mode: string): boolean {
  const octal = octalMode(mode);
  if (octal !== undefined) return (octal & EXECUTE_BITS) !== 0;
  return modeClauses(mode).some(({ operator, bits }) => operator !== '-' && /[xX]/.test(bits));
}

/** True for a program that runs what lies in the directory it is started in. */
export function isBuildTool({ name }: ShellCommand): boolean {
  return /^(?:g?make|cmake|ninja|meson|scons|bazel|gradle|mvn|ant|autoreconf)$/.test(name);
}

export interface Move {
  readonly sources: readonly ShellWord[];
  readonly target: ShellWord;
  /** The target is a directory, as far as the command tells. */
  readonly isDirectory: boolean;
}

/** Returns what a command puts elsewhere: mv, cp, ln, install. */
export function moveOf(command: ShellCommand): Move | undefined {
  if (!/^(?:mv|cp|ln|install)$/.test(command.name)) return undefined;
  const named = findTarget(command);
  const names = command.name === 'install' ? optionsOf(command).operands : operands(command.args).filter((word) => word !== named);
  const target = named ?? names.at(-1);
  const sources = named === undefined ? names.slice(0, -1) : names;
  if (target === undefined || sources.length === 0) return undefined;
  return { sources, target, isDirectory: named !== undefined || sources.length > 1 || /\/\.?$/.test(target.value) };
}

/** `-t DIRECTORY`. */
function findTarget({ args }: ShellCommand): ShellWord | undefined {
  const at = args.findIndex(({ value }) => value === '-t' || value === '--target-directory');
  return at < 0 ? undefined : args[at + 1];
}

function operands(args: readonly ShellWord[]): readonly ShellWord[] {
  return args.filter(({ value }) => !value.startsWith('-'));
}
