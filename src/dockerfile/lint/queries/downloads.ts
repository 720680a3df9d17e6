import type { ShellCommand, ShellSubstitution, ShellWord } from '../../syntax/shell/command.ts';
import { isShell, readsScriptFromInput } from '../../syntax/shell/interpreters.ts';
import { findFlags, optionsOf } from './commands.ts';

const STDOUT = /^(?:-|\/dev\/stdout|\/dev\/fd\/1|\/proc\/self\/fd\/1)$/;

/** True for a command that downloads and writes what it got to its standard output. */
export function downloadsToOutput(command: ShellCommand): boolean {
  if (
    command.redirects.some(
      ({ operator, descriptor, target }) =>
        />/.test(operator) && !operator.includes('&') && (descriptor ?? 1) === 1 && target !== undefined && !STDOUT.test(target.value),
    )
  )
    return false;
  switch (command.name) {
    case 'curl': {
      const files = [...findFlags(command, { short: 'o', long: 'output' })].filter(({ value }) => !STDOUT.test(value ?? ''));
      const isNamed = ['remote-name', 'remote-name-all'].some((long) => findFlags(command, { short: 'O', long }).length > 0);
      return files.length === 0 && !isNamed && (optionsOf(command).operands.length > 0 || findFlags(command, { long: 'url' }).length > 0);
    }
    case 'wget':
    case 'wget2':
      return findFlags(command, { short: 'O', long: 'output-document' }).some(({ value }) => STDOUT.test(value ?? ''));
    case 'fetch':
      return findFlags(command, { short: 'o', long: 'output' }).some(({ value }) => STDOUT.test(value ?? ''));
    case 'http':
    case 'https':
    case 'xh':
    case 'lynx':
    case 'aria2c':
      return optionsOf(command).operands.some((word) => /^(?:https?:)?\/\/|\.\w/.test(word.value));
    default:
      return command.words.length > 0 && isPowershellDownload(command);
  }
}

/** True for a command that decodes text into whatever it hides. */
export function decodesToOutput(command: ShellCommand): boolean {
  const { name, args } = command;
  if (name === 'base64' || name === 'base32') return args.some(({ value }) => /^(?:-[a-zA-Z]*[dD][a-zA-Z]*|--decode)$/.test(value));
  if (name === 'openssl')
    return (
      args.some(({ value }) => value === '-d') &&
      args.some(({ value }) => value === 'base64' || value === '-base64' || value === '-a' || value === 'enc')
    );
  return name === 'xxd' && args.some(({ value }) => /^-[a-z]*r/.test(value));
}

const POWERSHELL_DOWNLOADS: ReadonlySet<string> = new Set([
  'iwr',
  'irm',
  'invoke-webrequest',
  'invoke-restmethod',
  'curl',
  'wget',
  'start-bitstransfer',
]);

/** True for a PowerShell command or expression that downloads into the pipeline. */
export function isPowershellDownload({ language, name, words, args }: ShellCommand): boolean {
  if (language !== 'powershell') return false;
  if (POWERSHELL_DOWNLOADS.has(name)) return !args.some(({ value }) => /^-outf/i.test(value));
  return words.some(callsDownload);
}

/** `(New-Object Net.WebClient).DownloadString(…)`. */
export function callsDownload(word: ShellWord): boolean {
  return /\.\s*Download(?:String|Data)(?:TaskAsync|Async)?\s*\(/i.test(word.text) || /\.\s*Get(?:String|ByteArray)Async\s*\(/i.test(word.text);
}

/** Returns the first substitution among `substitutions` in which something is downloaded to the output. */
export function downloadIn(substitutions: readonly ShellSubstitution[]): ShellSubstitution | undefined {
  return substitutions.find(({ commands }) => commands.some((command) => downloadsToOutput(command)));
}

const LANGUAGES =
  /^(?:python[\d.]*|pypy[\d.]*|perl[\d.]*|ruby[\d.]*|php[\d.]*|lua[\d.]*|luajit|node|nodejs|deno|bun|tclsh|Rscript|groovy|osascript)$/;
/** Options with which a language's program comes from somewhere else than its input. */
const CODE_OPTION = /^-(?:[cemEr]|-eval|-print|-version|-help|[npliw0-9]*[eE].*)$/;

/** True for a command that runs the program it reads from its standard input. */
export function runsItsInput(command: ShellCommand): boolean {
  const { name, args } = command;
  if (isShell(name)) return readsScriptFromInput(command) && !args.some(({ value }) => value === '--version' || value === '--help');
  if (name === 'powershell' || name === 'pwsh') return args.length === 0 || args.at(-1)?.value === '-';
  if ((name === 'source' || name === '.') && STDIN.test(args[0]?.value ?? '')) return true;
  if (!LANGUAGES.test(name) || args.some(({ value }) => CODE_OPTION.test(value))) return false;
  const operands = args.filter(({ value }) => !value.startsWith('-') || value === '-');
  const file = operands.find(({ value }) => value !== 'run');
  return file === undefined || STDIN.test(file.value);
}

const STDIN = /^(?:-|\/dev\/stdin|\/dev\/fd\/0|\/proc\/self\/fd\/0)$/;

/** Returns the substitution that hands a program to a command that runs it: `sh -c "$(…)"`, `eval "$(…)"`, `bash <(…)`, `. <(…)`, `python <<< "$(…)"`. */
export function programFromDownload(command: ShellCommand): ShellSubstitution | undefined {
  const { name, args, words, redirects } = command;
  if (command.language === 'powershell') return undefined;
  const isInterpreter = isShell(name) || LANGUAGES.test(name);
  if (name === 'eval')
    return args
      .filter(isProgram)
      .map((word) => downloadIn(word.substitutions))
      .find((found) => found !== undefined);
  if (name === 'source' || name === '.') return downloadIn(args[0]?.substitutions ?? []);
  // The output of the substitution is itself the command line.
  if (words[0]?.substitutions.length === 1 && !words[0].known && /^["']?(?:\$\(|`)/.test(words[0].text)) return downloadIn(words[0].substitutions);
  if (!isInterpreter) return undefined;
  if (runsItsInput(command)) {
    const fed = downloadIn(redirects.filter(({ operator }) => operator.startsWith('<')).flatMap((redirect) => redirect.substitutions));
    if (fed !== undefined) return fed;
  }
  const code = args.findIndex(({ value }) => /^-[a-zA-Z]*[ceE]$/.test(value));
  // What comes behind the program are its arguments.
  const program = code >= 0 ? args[code + 1] : args.find(({ value }) => !value.startsWith('-'));
  if (program === undefined || (code >= 0 && !isProgram(program))) return undefined;
  return downloadIn(program.substitutions.filter(({ kind }) => code >= 0 || kind === 'input-file'));
}

/** True when a substitution stands where a command begins: `"$(…)"`, not `"echo $(…)"`. */
function isProgram(word: ShellWord): boolean {
  return /(?:^|[;&|\n(])\s{0,20}\$_/.test(word.script.text);
}
