import type { MappedText } from '../mapped-text.ts';
import type { TextRange } from '../../../foundation/model/text-range.ts';
import { MappedTextBuilder, originRange, sliceMapped } from '../mapped-text.ts';
import type { ShellCommand, ShellLanguage, ShellWord } from './command.ts';
import { decodeCommand } from './encoded-command.ts';
import { isShell, readShellInvocation } from './interpreters.ts';
import { optionSyntaxOf, readOptions } from './options.ts';
import { joinSources, literalWord } from './word-builder.ts';

/** What a command starts in turn: other words as a command, or a script. */
export type Started =
  | { readonly kind: 'words'; readonly words: readonly ShellWord[] }
  | { readonly kind: 'script'; readonly source: MappedText; readonly language: ShellLanguage };

/** Commands that start the first operand behind their own options. */
const prefixes: ReadonlySet<string> = new Set([
  'sudo',
  'doas',
  'exec',
  'command',
  'builtin',
  'time',
  'nice',
  'ionice',
  'nohup',
  'setsid',
  'stdbuf',
  'xargs',
  'fakeroot',
  'unshare',
  'catchsegv',
  'tini',
  'dumb-init',
]);
/** As above, behind one operand of their own: a duration, a user, a directory. */
const prefixesWithOperand: ReadonlySet<string> = new Set(['timeout', 'chroot', 'gosu', 'su-exec']);

/** Returns the document's range of a stretch of a mapped text. */
type ToRange = (source: MappedText, from: number, to: number) => TextRange;

/** Returns what `command` starts; nothing for a program that does its work itself. */
export function startedBy(command: ShellCommand, toRange: ToRange): readonly Started[] {
  const { name, args, language } = command;
  if (isShell(name)) return script(readShellInvocation(args).script?.script, 'sh');
  if (name === 'powershell' || name === 'pwsh') return startedByPowershell(args);
  if (name === 'cmd') return startedByCmd(args);
  if (language === 'powershell') return startedInPowershell(name, args, toRange);
  if (language === 'cmd') return name === 'call' ? words(args) : name === 'start' ? startedByStart(args) : [];
  if (prefixes.has(name)) return startedByPrefix(name, args, 0);
  if (prefixesWithOperand.has(name)) return startedByPrefix(name, args, 1);
  if (name === 'env') return startedByEnv(args);
  if (name === 'eval') return evaluated(args, 'sh');
  if (name === 'su' || name === 'runuser') return startedBySu(name, args);
  if (name === 'find') return startedByFind(args);
  if (/^python[\d.]*$/.test(name)) return startedByPython(args);
  if (name === 'busybox' || name === 'toybox') return words(args);
  return [];
}

function words(args: readonly ShellWord[]): readonly Started[] {
  return args.length === 0 ? [] : [{ kind: 'words', words: args }];
}

function script(source: MappedText | undefined, language: ShellLanguage): readonly Started[] {
  return source === undefined ? [] : [{ kind: 'script', source, language }];
}

function evaluated(args: readonly ShellWord[], language: ShellLanguage): readonly Started[] {
  const given = args.filter((word) => word.value !== '' && word.value !== '--');
  return given.length === 0 ? [] : script(joinSources(given.map((word) => word.script)), language);
}

function startedByPrefix(name: string, args: readonly ShellWord[], ownOperands: number): readonly Started[] {
  const { options, firstOperand } = readOptions(args, optionSyntaxOf(name));
  // `command -v curl` looks a name up and starts nothing.
  if (name === 'command' && options.some((option) => option.name === 'v' || option.name === 'V')) return [];
  return words(skipAssignments(args.slice(firstOperand + ownOperands)));
}

function startedByEnv(args: readonly ShellWord[]): readonly Started[] {
  const { options, firstOperand } = readOptions(args, optionSyntaxOf('env'));
  const split = options.find((option) => option.name === 'S' || option.name === 'split-string');
  if (split?.valueWord !== undefined) {
    const { source } = split.valueWord;
    const rest = args.slice(firstOperand).map((word) => word.source);
    return script(joinSources([sliceMapped(source, split.valueOffset, source.text.length), ...rest]), 'sh');
  }
  return words(skipAssignments(args.slice(firstOperand)));
}

function startedBySu(name: string, args: readonly ShellWord[]): readonly Started[] {
  const { options, operands } = readOptions(args, optionSyntaxOf(name));
  const command = options.find((option) => option.name === 'c' || option.name === 'command');
  if (command?.valueWord !== undefined)
    return script(sliceMapped(command.valueWord.source, command.valueOffset, command.valueWord.value.length), 'sh');
  return name === 'runuser' && options.some((option) => option.name === 'u') ? words(operands) : [];
}

function startedByFind(args: readonly ShellWord[]): readonly Started[] {
  return args.flatMap((word, index) => {
    if (!/^-(?:exec|execdir|ok|okdir)$/.test(word.value)) return [];
    let end = index + 1;
    while (end < args.length && args[end]?.value !== ';' && args[end]?.value !== '+') end++;
    return words(args.slice(index + 1, end));
  });
}

/** `python -m pip …` is pip. */
function startedByPython(args: readonly ShellWord[]): readonly Started[] {
  const module = args.findIndex((word) => word.value === '-m');
  const isFirst = module >= 0 && args.slice(0, module).every((word) => word.value.startsWith('-'));
  return isFirst ? words(args.slice(module + 1)) : [];
}

function startedByPowershell(args: readonly ShellWord[]): readonly Started[] {
  for (let index = 0; index < args.length; index++) {
    const value = args[index]?.value ?? '';
    const name = value.toLowerCase();
    if (!/^[-/–]/.test(name)) return evaluated(args.slice(index), 'powershell');
    // Names may be cut short: -c, -com, -command.
    if (/^[-/]c(?:o(?:m(?:m(?:a(?:n(?:d)?)?)?)?)?)?$/.test(name)) return evaluated(args.slice(index + 1), 'powershell');
    if (/^[-/](?:f|fi|fil|file)$/.test(name)) return [];
    if (isEncodedCommandOption(name)) return decoded(args[index + 1]);
    if (/^[-/](?:ex.*|ep|v|ver.*|w|wi.*|inp.*|if|o|outp.*|of|p|ps.*|config.*|wd|work.*|custom.*|settings.*)$/.test(name)) index++;
  }
  return [];
}

/** True for -EncodedCommand of powershell.exe, which may be cut short: -e, -ec, -enc. In lower case. */
export function isEncodedCommandOption(name: string): boolean {
  return /^[-/–](?:ec?|en|enc|enco|encod|encode[dcoman]{0,8})$/.test(name);
}

function decoded(word: ShellWord | undefined): readonly Started[] {
  const text = word === undefined ? undefined : decodeCommand(word.value);
  if (word === undefined || text === undefined) return [];
  const builder = new MappedTextBuilder();
  builder.addOpaque(text, ...originRange(word.source, 0, word.source.text.length));
  return script(builder.build(), 'powershell');
}

function startedInPowershell(name: string, args: readonly ShellWord[], toRange: ToRange): readonly Started[] {
  if (name === 'invoke-expression' || name === 'iex') return evaluated(args.filter(isPowershellText), 'powershell');
  return name === 'start-process' || name === 'saps' || name === 'start' ? startedByStartProcess(args, toRange) : [];
}

/** `Start-Process [-FilePath] program [[-ArgumentList] arguments]`: the arguments are words, a list, or one string of several. */
function startedByStartProcess(args: readonly ShellWord[], toRange: ToRange): readonly Started[] {
  let program: ShellWord | undefined;
  const rest: ShellWord[] = [];
  // Which parameter the words belong to; '' when they are told by their place.
  let parameter = '';
  for (const word of args) {
    const name = /^-([a-z]+):?$/i.exec(word.text)?.[1]?.toLowerCase();
    if (name !== undefined) {
      parameter = /^(?:f|pat|a|w[^a]|v|c|redirects)/.test(name) ? name : '';
      continue;
    }
    if (parameter.startsWith('a') || (parameter === '' && program !== undefined)) rest.push(...splitArguments(word, toRange));
    else if (parameter === '' || parameter.startsWith('f') || parameter.startsWith('pat')) program = word;
    // A list goes on behind its comma.
    if (!word.text.endsWith(',') && !parameter.startsWith('a')) parameter = '';
  }
  return program === undefined ? [] : words([program, ...rest]);
}

/** Most words of one argument list that are told apart. */
const MAX_ARGUMENTS = 200;

/** `'/i x /qn'`, `'/i','x'` and `@('/i', 'x')` as the program gets them. No edit fits them: quotes and commas stand between. */
function splitArguments(word: ShellWord, toRange: ToRange): readonly ShellWord[] {
  const split: ShellWord[] = [];
  for (const match of word.value.replace(/^@?\(|\)$/g, (bracket) => ' '.repeat(bracket.length)).matchAll(/[^\s,'"]+/g)) {
    const source = sliceMapped(word.source, match.index, match.index + match[0].length);
    const range = toRange(word.source, match.index, match.index + match[0].length);
    split.push({ ...literalWord(source.text, source, range), written: false, known: word.known || !source.text.includes('$') });
    if (split.length >= MAX_ARGUMENTS) break;
  }
  return split;
}

/** `start ["title"] [/wait …] program arguments` of cmd. */
function startedByStart(args: readonly ShellWord[]): readonly Started[] {
  let first = args[0]?.text.startsWith('"') === true ? 1 : 0;
  while (args[first]?.value.startsWith('/') === true) first += /^\/(?:d|node|affinity)$/i.test(args[first]?.value ?? '') ? 2 : 1;
  return words(args.slice(first));
}

function startedByCmd(args: readonly ShellWord[]): readonly Started[] {
  const index = args.findIndex((word) => /^\/[ck]$/i.test(word.value));
  return index < 0 ? [] : evaluated(args.slice(index + 1), 'cmd');
}

/** Not an expression, whose commands were read where it stands. */
function isPowershellText(word: ShellWord): boolean {
  return !/^[($@[-]/.test(word.text);
}

function skipAssignments(args: readonly ShellWord[]): readonly ShellWord[] {
  const first = args.findIndex((word) => !/^[A-Za-z_][A-Za-z0-9_]*=/.test(word.value));
  return first < 0 ? [] : args.slice(first);
}
