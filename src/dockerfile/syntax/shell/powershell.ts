import { MAX_SHELL_DEPTH } from '../../../foundation/base/limits.ts';
import type { MappedText } from '../mapped-text.ts';
import { originRange, sliceMapped } from '../mapped-text.ts';
import type { Frame, OpenPlace, ShellCollector } from './collector.ts';
import type { ShellAssignment, ShellCommand, ShellRedirect, ShellSubstitution, ShellWord } from './command.ts';
import { literalWord, WordBuilder } from './word-builder.ts';

/**
 * Reads a PowerShell script: every command in it goes to `collector`. Only as much of the language as tells commands, their words and pipelines apart; an expression
 * (`(New-Object X).Method('y')`) is a command whose first word is the expression as written, with what its parentheses run as substitutions.
 * @see https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_parsing
 */
export function readPowershell(collector: ShellCollector, frame: Frame): void {
  new PowershellReader(collector, frame.source).readStatements(frame, '');
}

const ASSIGNMENT = /(?:\[[\w.]+\]\s*)?\$(?:\{([^{}]*)\}|((?:\w+:)?\w+))\s*([-+*/]?=)(?!=)\s*/y;
const VARIABLE = /\$(?:\{([^{}]*)\}|((?:\w+:)?\w+))/y;
const REDIRECT = /(?:[1-6*]?>>?)(?:&[12])?/y;

class PowershellReader {
  readonly #collector: ShellCollector;
  readonly #source: MappedText;
  readonly #text: string;
  #at = 0;
  /** Nothing is read from here on: the end of the text, or of the string or bracket that is being read. */
  #end: number;

  constructor(collector: ShellCollector, source: MappedText) {
    this.#collector = collector;
    this.#source = source;
    this.#text = source.text;
    this.#end = source.text.length;
  }

  /** Reads up to `closer` (left unread) or the end. */
  readStatements(frame: Frame, closer: string): void {
    while (this.#at < this.#end) {
      // A single & calls what follows.
      this.#skip(/(?:[\s;,|]|&&|#[^\n]*|<#[^#]*#>)*/y);
      const character = this.#peek();
      if (character === undefined || character === closer) return;
      if (character === ')' || character === '}') this.#at++;
      else this.#readPipeline(frame);
    }
  }

  #readPipeline(frame: Frame): void {
    const start = this.#at;
    const assigned = this.#match(ASSIGNMENT);
    if (assigned === undefined) {
      this.#readStages(frame);
      return;
    }
    const valueStart = this.#at;
    const commands: ShellCommand[] = [];
    const from = this.#collector.commands.length;
    const substitution: ShellSubstitution = { kind: 'output', range: this.#range(valueStart, valueStart), commands };
    const only = this.#readStages({ ...frame, places: [], within: substitution });
    commands.push(...this.#collector.commands.slice(from));
    const value = only ?? this.#wholeWord(valueStart, this.#at, [substitution]);
    const name = (assigned[1] ?? assigned[2] ?? '').replace(/^env:/i, '');
    this.#collector.assign(name.toLowerCase(), value);
    const range = this.#range(start, this.#at);
    const assignment: ShellAssignment = { name, nameRange: this.#range(start, start + assigned[0].trimEnd().length), value, range };
    this.#collector.add({ words: [], assignments: [assignment], redirects: [], range }, frame);
  }

  /** Reads the stages of a pipeline. Returns its only word when that is all there is, a literal to be assigned. */
  #readStages(frame: Frame): ShellWord | undefined {
    const pipeline = { stages: [] as ShellCommand[][] };
    const canNest = frame.places.length < MAX_SHELL_DEPTH;
    let only: ShellWord | undefined;
    do {
      const stage = pipeline.stages.push([]) - 1;
      const place: OpenPlace = { pipeline, stage };
      const words = this.#readStage(canNest ? { ...frame, places: [place, ...frame.places] } : frame);
      only = stage === 0 && words.length === 1 && /^["'@]/.test(words[0]?.text ?? '') ? words[0] : undefined;
    } while (this.#match(/\s*\|(?!\|)\s*/y) !== undefined);
    return only;
  }

  #readStage(frame: Frame): readonly ShellWord[] {
    const words: ShellWord[] = [];
    const redirects: ShellRedirect[] = [];
    // `& 'program'` and `. script` call what follows.
    const called = this.#match(/\s*(&(?!&)|\.(?=[\s'"({$]))?\s*/y)?.[1] !== undefined;
    const start = this.#at;
    let end = start;
    for (;;) {
      this.#skip(/(?:[ \t\r]|`\n|<#[^#]*#>)*/y);
      if (this.#atEndOfStage()) break;
      const before = this.#at;
      const redirect = this.#match(REDIRECT);
      if (redirect === undefined) words.push(...this.#readWord(frame));
      else redirects.push(this.#readRedirect(redirect[0], before, frame));
      if (this.#at === before) this.#at++;
      end = this.#at;
    }
    // A string, number, variable or bracket that nothing calls is an expression, not a program's name.
    const isExpression = !called && /^["'($@[\d]/.test(words[0]?.text ?? '');
    const parts = { words, assignments: [], redirects, range: this.#range(start, end), ...(isExpression ? { name: '' } : {}) };
    if (words.length > 0 || redirects.length > 0) this.#collector.add(parts, frame);
    return words;
  }

  #atEndOfStage(): boolean {
    const character = this.#peek();
    return character === undefined || '|;\n)}#'.includes(character) || (character === '&' && this.#text[this.#at + 1] === '&');
  }

  #readRedirect(operator: string, start: number, frame: Frame): ShellRedirect {
    this.#skip(/[ \t]*/y);
    const target = operator.includes('&') || this.#atEndOfStage() ? undefined : this.#readWord(frame)[0];
    return {
      operator: operator.replace(/^[\d*]/, ''),
      descriptor: undefined,
      target,
      body: undefined,
      substitutions: [],
      range: this.#range(start, this.#at),
    };
  }

  #readWord(frame: Frame): readonly ShellWord[] {
    const start = this.#at;
    const end = this.#wordEnd();
    const builder = new WordBuilder(this.#text.slice(start, end), this.#range(start, end));
    this.#at = start;
    while (this.#at < end) this.#readPart(builder, frame, end);
    return builder.build();
  }

  /** Returns where the word that starts here ends: behind its quotes and brackets, before a blank or separator. */
  #wordEnd(): number {
    let at = this.#at;
    while (at < this.#end) {
      const character = this.#text[at] ?? '';
      if (character === '`') at += 2;
      else if (OPENERS.has(character)) at = this.#endOf(at);
      else if (/[\s;|)\]}]/.test(character) || (character === '&' && this.#text[at + 1] === '&')) break;
      else at++;
    }
    return Math.min(at, this.#end);
  }

  #readPart(builder: WordBuilder, frame: Frame, end: number): void {
    const start = this.#at;
    const character = this.#text[start] ?? '';
    if (character === '"' || character === "'") this.#readString(builder, frame);
    else if (character === '`') {
      builder.addWritten(this.#source, start + 1, Math.min(start + 2, end));
      this.#at = start + 2;
    } else if (character === '(' || character === '{') this.#readBrackets(builder, frame, start, end);
    else if (character === '$') this.#readVariable(builder);
    else {
      this.#at = this.#plainEnd(PART_STARTS, start + 1, end);
      builder.addWritten(this.#source, start, this.#at);
    }
  }

  /** `(…)` runs apart, its output is the value; `{…}` is a block that runs where it stands, in the same pipeline. */
  #readBrackets(builder: WordBuilder, frame: Frame, start: number, end: number): void {
    const isBlock = this.#text[start] === '{';
    if (frame.depth >= MAX_SHELL_DEPTH) {
      this.#collector.overLimit = true;
      builder.addUnknown(this.#source, start, end, []);
      this.#at = end;
      return;
    }
    const commands: ShellCommand[] = [];
    const from = this.#collector.commands.length;
    const substitution: ShellSubstitution = { kind: 'output', range: this.#range(start, start + 1), commands };
    const outerEnd = this.#end;
    const close = Math.min(this.#endOf(start), end);
    this.#at = start + 1;
    this.#end = Math.max(close - 1, start + 1);
    const inner = { ...frame, depth: frame.depth + 1 };
    this.readStatements(isBlock ? inner : { ...inner, places: [], within: substitution }, '');
    this.#end = outerEnd;
    this.#at = close;
    commands.push(...this.#collector.commands.slice(from));
    const range = this.#range(start, this.#at);
    builder.addUnknown(this.#source, start, this.#at, isBlock || commands.length === 0 ? [] : [Object.assign(substitution, { range })]);
  }

  #readVariable(builder: WordBuilder): void {
    const start = this.#at;
    const match = this.#match(VARIABLE);
    if (match === undefined) {
      builder.addWritten(this.#source, start, start + 1);
      this.#at = start + 1;
      return;
    }
    const name = match[1] ?? match[2] ?? '';
    const isEnvironment = /^env:/i.test(name);
    const variable = isEnvironment
      ? (this.#collector.variable(name.slice(4).toLowerCase()) ?? this.#collector.variable(name.slice(4)))
      : this.#collector.variable(name.toLowerCase());
    if (variable?.value === undefined) builder.addUnknown(this.#source, start, this.#at, variable?.substitutions ?? []);
    else builder.addValue(variable.value, ...originRange(this.#source, start, this.#at), false, variable.substitutions);
  }

  #readString(builder: WordBuilder, frame: Frame): void {
    const start = this.#at;
    const end = Math.min(this.#endOf(start), this.#end);
    const quote = this.#text[start] ?? '';
    const isHere = this.#isHereString(start);
    const last = this.#text[end - 1] === quote && end - 1 > start ? end - 1 : end;
    builder.addQuotes();
    this.#at = start + 1;
    while (this.#at < last) {
      const at = this.#at;
      const character = this.#text[at] ?? '';
      if (character === quote && !isHere) {
        // A doubled quote stands for one.
        builder.addWritten(this.#source, at, at + 1);
        this.#at = at + 2;
      } else if (quote === "'") {
        const next = this.#text.indexOf("'", at);
        this.#at = next < 0 || next > last || isHere ? last : next;
        builder.addWritten(this.#source, at, this.#at);
      } else if (character === '`') {
        builder.addDecoded(ESCAPES[this.#text[at + 1] ?? ''] ?? this.#text[at + 1] ?? '', ...originRange(this.#source, at, at + 2));
        this.#at = at + 2;
      } else if (character === '$' && this.#text[at + 1] === '(') {
        builder.addWritten(this.#source, at, at + 1);
        this.#readBrackets(builder, frame, at + 1, last);
      } else if (character === '$') this.#readVariable(builder);
      else {
        this.#at = this.#plainEnd(isHere ? HERE_PART_STARTS : STRING_PART_STARTS, at + 1, last);
        builder.addWritten(this.#source, at, this.#at);
      }
    }
    this.#at = end;
  }

  /** Returns where the characters before one of `starts` end. Not a regular expression: that would look beyond `end`, from every word to the end of the script. */
  #plainEnd(starts: string, from: number, end: number): number {
    let at = from;
    while (at < end && !starts.includes(this.#text[at] ?? '')) at++;
    return at;
  }

  #isHereString(start: number): boolean {
    return this.#text[start - 1] === '@' && /^[ \t]*\n/.test(this.#text.slice(start + 1, start + 81));
  }

  /** Returns the offset behind the string or bracket that opens at `start`, whatever is nested in it; the end of what is read when it is not closed. */
  #endOf(start: number): number {
    const closers: string[] = [];
    for (let at = start; at < this.#end; at++) {
      const character = this.#text[at] ?? '';
      const closer = closers.at(-1);
      const inString = closer === '"' || closer === "'";
      if (character === closer) {
        if (inString && this.#text[at + 1] === closer) at++;
        else closers.pop();
      } else if (closer === "'") continue;
      else if (character === '`') at++;
      else if (inString) {
        if (character === '$' && this.#text[at + 1] === '(') {
          closers.push(')');
          at++;
        }
      } else if ((character === '"' || character === "'") && this.#isHereString(at)) {
        const end = this.#text.indexOf(`\n${character}@`, at);
        at = end < 0 ? this.#end : end + 2;
      } else if (OPENERS.has(character)) closers.push(OPENERS.get(character) ?? '');
      if (closers.length === 0) return Math.min(at + 1, this.#end);
    }
    return this.#end;
  }

  #peek(): string | undefined {
    return this.#at < this.#end ? this.#text[this.#at] : undefined;
  }

  #wholeWord(from: number, to: number, substitutions: readonly ShellSubstitution[]): ShellWord {
    const source = sliceMapped(this.#source, from, to);
    return { ...literalWord(source.text, source, this.#range(from, to)), known: false, substitutions };
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text) ?? undefined;
    if (match !== undefined) this.#at = Math.min(this.#at + match[0].length, this.#end);
    return match;
  }

  #skip(pattern: RegExp): void {
    this.#match(pattern);
  }

  #range(from: number, to: number): ShellWord['range'] {
    return this.#collector.range(this.#source, from, to);
  }
}

/** With what a part of a word, a string or a here-string begins that is more than the characters themselves. */
const PART_STARTS = '"\'`({$';
const STRING_PART_STARTS = '"`$';
const HERE_PART_STARTS = '`$';
/** What closes each of them. */
const OPENERS: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["'", "'"],
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '0': '\0', a: '\u0007', b: '\b', f: '\f', v: '\v' };
