import {
  MAX_EXPANDED_LENGTH,
  MAX_SHELL_COMMANDS,
  MAX_SHELL_DEPTH,
  MAX_SHELL_SCRIPT_LENGTH,
  MAX_VARIABLE_LENGTH,
} from '../../../foundation/base/limits.ts';
import type { TextRange } from '../../../foundation/model/text-range.ts';
import type { MappedText } from '../mapped-text.ts';
import { originRange } from '../mapped-text.ts';
import type { Instruction } from '../model.ts';
import type { TextDocument } from '../text-document.ts';
import { rangeAt } from '../text-document.ts';
import type { PipelinePlace, ShellCommand, ShellLanguage, ShellSubstitution, ShellWord } from './command.ts';

/** What one Dockerfile may still cost; shared by all of its instructions. */
export interface ShellBudget {
  commands: number;
  expandedLength: number;
}

export function createShellBudget(): ShellBudget {
  return { commands: MAX_SHELL_COMMANDS, expandedLength: MAX_EXPANDED_LENGTH };
}

/** A pipeline's place while it is still being filled. */
export interface OpenPlace extends PipelinePlace {
  readonly pipeline: { readonly stages: ShellCommand[][] };
}

/** A script to be read, and where it stands. */
export interface Frame {
  readonly source: MappedText;
  readonly language: ShellLanguage;
  readonly places: readonly OpenPlace[];
  readonly within: ShellSubstitution | undefined;
  readonly wrapper: ShellCommand | undefined;
  readonly embedded: boolean;
  readonly depth: number;
}

/** What is known of a shell variable: its value when literal, and the substitutions it was assigned from. */
export interface Variable {
  readonly value: string | undefined;
  readonly substitutions: readonly ShellSubstitution[];
}

/** `name` is told from the first word when absent. */
type CommandParts = Pick<ShellCommand, 'words' | 'assignments' | 'redirects' | 'range'> & Partial<Pick<ShellCommand, 'name'>>;

/** Gathers the commands of one instruction while the readers of the shell languages walk its scripts. */
export class ShellCollector {
  readonly commands: ShellCommand[] = [];
  readonly instruction: Instruction;
  readonly document: TextDocument;
  readonly #budget: ShellBudget;
  readonly #variables = new Map<string, Variable>();
  readonly #lookup: (name: string) => string | undefined;
  readonly #read: (collector: ShellCollector, frame: Frame) => void;
  readonly #started: (collector: ShellCollector, command: ShellCommand, frame: Frame) => void;
  /** Set when this instruction nests too deep or is too long for all of it to be looked into. */
  overLimit = false;

  /** True when the whole file's budget is used up. */
  get isExhausted(): boolean {
    return this.#budget.commands <= 0;
  }

  constructor(options: {
    readonly instruction: Instruction;
    readonly document: TextDocument;
    readonly budget: ShellBudget;
    /** ARG and ENV values. */
    readonly lookup: (name: string) => string | undefined;
    /** Reads a script in the frame's language. */
    readonly read: (collector: ShellCollector, frame: Frame) => void;
    /** Looks through a command at what it starts in turn. */
    readonly started: (collector: ShellCollector, command: ShellCommand, frame: Frame) => void;
  }) {
    this.instruction = options.instruction;
    this.document = options.document;
    this.#budget = options.budget;
    this.#lookup = options.lookup;
    this.#read = options.read;
    this.#started = options.started;
  }

  /** Reads a script unless it lies too deep or is too long. One in another's string is text put in: it counts against the file's budget. */
  read(frame: Frame): void {
    const { length } = frame.source.text;
    const isOver = frame.embedded && length > this.#budget.expandedLength;
    if (frame.depth > MAX_SHELL_DEPTH || length > MAX_SHELL_SCRIPT_LENGTH || isOver) this.overLimit = true;
    else if (!this.isExhausted) {
      if (frame.embedded) this.#budget.expandedLength -= length;
      this.#read(this, frame);
    }
  }

  /** Adds a command and all that it starts (`sudo x`, `sh -c "x"`). */
  add(parts: CommandParts, frame: Frame): ShellCommand | undefined {
    if (frame.depth > MAX_SHELL_DEPTH) {
      this.overLimit = true;
      return undefined;
    }
    if (this.#budget.commands-- <= 0) return undefined;
    const [nameWord, ...args] = parts.words;
    const { language, wrapper, embedded, places, within } = frame;
    const name = parts.name ?? programName(nameWord?.value ?? '', language);
    const command: ShellCommand = { ...parts, instruction: this.instruction, language, name, args, wrapper, embedded, places, within };
    this.commands.push(command);
    for (const place of places) place.pipeline.stages[place.stage]?.push(command);
    this.#started(this, command, frame);
    return command;
  }

  assign(name: string, value: ShellWord | undefined): void {
    const literal = value?.known === true && value.value.length <= MAX_VARIABLE_LENGTH ? value.value : undefined;
    this.#variables.set(name, { value: literal, substitutions: value?.substitutions.slice(0, MAX_SHELL_DEPTH) ?? [] });
  }

  /** Returns what is known of a variable at this point of the script; the value is bounded, and counted against the file's budget. */
  variable(name: string): Variable | undefined {
    const own = this.#variables.get(name);
    if (own !== undefined && own.value === undefined) return own;
    const value = own?.value ?? this.#lookup(name);
    if (value === undefined || value.length > MAX_VARIABLE_LENGTH || this.#budget.expandedLength < value.length) return undefined;
    this.#budget.expandedLength -= value.length;
    return { value, substitutions: own?.substitutions ?? [] };
  }

  /** Returns the document's range of a stretch of a mapped text. */
  range(source: MappedText, from: number, to: number): TextRange {
    return rangeAt(this.document, ...originRange(source, from, to));
  }
}

/** Returns the name a program goes by: `/usr/bin/curl` is curl; on Windows `C:\x\CURL.EXE` too. */
function programName(path: string, language: ShellLanguage): string {
  const windows = language === 'powershell' || language === 'cmd' || /\.exe$/i.test(path);
  const last = path.slice(Math.max(path.lastIndexOf('/'), windows ? path.lastIndexOf('\\') : -1) + 1);
  return windows ? last.toLowerCase().replace(/\.(?:exe|cmd|bat|com)$/, '') : last;
}
