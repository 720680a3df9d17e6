import type { MappedText } from '../mapped-text.ts';
import { emptyMappedText } from '../mapped-text.ts';
import type { Instruction } from '../model.ts';
import type { TextDocument } from '../text-document.ts';
import { readBash } from './bash.ts';
import { readCmd } from './cmd.ts';
import type { Frame, ShellBudget } from './collector.ts';
import { ShellCollector } from './collector.ts';
import type { ShellCommand, ShellLanguage, ShellWord } from './command.ts';
import { readPowershell } from './powershell.ts';
import { startedBy } from './started.ts';

export interface CommandSource {
  readonly instruction: Instruction;
  readonly document: TextDocument;
  readonly budget: ShellBudget;
  readonly lookup: (name: string) => string | undefined;
  /** A script in a shell's language, or the words of the exec form. */
  readonly script: { readonly language: ShellLanguage; readonly source: MappedText } | { readonly words: readonly ShellWord[] };
}

export interface ReadCommands {
  readonly commands: readonly ShellCommand[];
  /** What was met: the bound of one instruction, or that of the whole file, and not everything was looked into. */
  readonly limit: 'instruction' | 'file' | undefined;
}

/** Returns every command that an instruction would start, in the order they stand; a substitution's before the command that uses it. */
export function readCommands(source: CommandSource): ReadCommands {
  const collector = new ShellCollector({ ...source, read: readScript, started: readStarted });
  const frame = { places: [], within: undefined, wrapper: undefined, depth: 0 };
  if ('words' in source.script) {
    const range = source.instruction.range;
    const { words } = source.script;
    const first = words[0]?.range.start ?? range.start;
    const last = words.at(-1)?.range.end ?? range.end;
    const parts = { words, assignments: [], redirects: [], range: { start: first, end: last } };
    if (words.length > 0) collector.add(parts, { ...frame, source: emptyMappedText, language: 'exec', embedded: true });
  } else collector.read({ ...frame, ...source.script, embedded: false });
  return { commands: collector.commands, limit: collector.isExhausted ? 'file' : collector.overLimit ? 'instruction' : undefined };
}

function readScript(collector: ShellCollector, frame: Frame): void {
  if (frame.language === 'sh') readBash(collector, frame);
  else if (frame.language === 'powershell') readPowershell(collector, frame);
  else if (frame.language === 'cmd') readCmd(collector, frame);
}

function readStarted(collector: ShellCollector, command: ShellCommand, frame: Frame): void {
  for (const started of startedBy(command, (text, from, to) => collector.range(text, from, to))) {
    const inner: Frame = { ...frame, wrapper: command, depth: frame.depth + 1 };
    if (started.kind === 'script') collector.read({ ...inner, source: started.source, language: started.language, embedded: true });
    else {
      const start = started.words[0]?.range.start ?? command.range.start;
      const { redirects, assignments } = command;
      collector.add({ words: started.words, assignments, redirects, range: { start, end: command.range.end } }, inner);
    }
  }
}
