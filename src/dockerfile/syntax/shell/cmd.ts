import { MAX_SHELL_DEPTH } from '../../../foundation/base/limits.ts';
import type { MappedText } from '../mapped-text.ts';
import { originRange, sliceMapped } from '../mapped-text.ts';
import type { Frame, OpenPlace, ShellCollector } from './collector.ts';
import type { ShellCommand, ShellRedirect, ShellWord } from './command.ts';
import { literalWord, WordBuilder } from './word-builder.ts';

/** Reads a command line of cmd.exe: every command in it goes to `collector`. @see https://learn.microsoft.com/windows-server/administration/windows-commands/cmd */
export function readCmd(collector: ShellCollector, frame: Frame): void {
  new CmdReader(collector, frame.source).readLine(frame);
}

class CmdReader {
  readonly #collector: ShellCollector;
  readonly #source: MappedText;
  readonly #text: string;
  #at = 0;

  constructor(collector: ShellCollector, source: MappedText) {
    this.#collector = collector;
    this.#source = source;
    this.#text = source.text;
  }

  readLine(frame: Frame): void {
    let pipeline = { stages: [[]] as ShellCommand[][] };
    while (this.#at < this.#text.length) {
      const place: OpenPlace = { pipeline, stage: pipeline.stages.length - 1 };
      this.#readCommand(frame.places.length < MAX_SHELL_DEPTH ? { ...frame, places: [place, ...frame.places] } : frame);
      const [separator = ''] = /^(?:\|\||&&|[|&()\n])/.exec(this.#text.slice(this.#at, this.#at + 2)) ?? [];
      this.#at += Math.max(separator.length, 1);
      if (separator === '|') pipeline.stages.push([]);
      else pipeline = { stages: [[]] };
    }
  }

  #readCommand(frame: Frame): void {
    const words: ShellWord[] = [];
    const redirects: ShellRedirect[] = [];
    let start = -1;
    let end = this.#at;
    for (;;) {
      while (' \t\r@'.includes(this.#text[this.#at] ?? '\n') && (words.length === 0 || this.#text[this.#at] !== '@')) this.#at++;
      const before = this.#at;
      if (before >= this.#text.length || '&|()\n'.includes(this.#text[before] ?? '')) break;
      const redirect = /^\d?(?:>>|>&\d|>|<)/.exec(this.#text.slice(before, before + 4))?.[0];
      if (redirect === undefined) words.push(...this.#readWord());
      else {
        this.#at += redirect.length;
        while (this.#text[this.#at] === ' ') this.#at++;
        const target = redirect.includes('&') ? undefined : this.#readWord()[0];
        const range = this.#range(before, this.#at);
        redirects.push({ operator: redirect.replace(/^\d/, ''), descriptor: undefined, target, body: undefined, substitutions: [], range });
      }
      if (start < 0) start = before;
      end = this.#at;
      if (this.#at === before) this.#at++;
    }
    if (words.length > 0) this.#collector.add({ words, assignments: this.#assignmentsOf(words), redirects, range: this.#range(start, end) }, frame);
  }

  /** `set NAME=value` and `setx NAME value`. */
  #assignmentsOf(words: readonly ShellWord[]): ShellCommand['assignments'] {
    const [name, first, second] = words;
    if (name === undefined || first === undefined || !/^setx?$/i.test(name.value)) return [];
    const equals = first.value.indexOf('=');
    const variable = equals < 0 ? first.value : first.value.slice(0, equals);
    const value = equals < 0 ? second : literalWord(first.text, sliceMapped(first.source, equals + 1, first.value.length), first.range);
    if (value === undefined || variable.startsWith('/')) return [];
    this.#collector.assign(variable.toLowerCase(), value);
    return [{ name: variable, nameRange: first.range, value, range: { start: first.range.start, end: value.range.end } }];
  }

  #readWord(): readonly ShellWord[] {
    const start = this.#at;
    const end = this.#wordEnd();
    const builder = new WordBuilder(this.#text.slice(start, end), this.#range(start, end));
    let quoted = false;
    while (this.#at < end) quoted = this.#readPart(builder, end, quoted);
    return builder.build();
  }

  /** A bracket that opens inside a word belongs to it, with what closes it: `Everyone:(OI)(CI)F`. */
  #wordEnd(): number {
    let quoted = false;
    let brackets = 0;
    let at = this.#at;
    for (; at < this.#text.length; at++) {
      const character = this.#text[at] ?? '';
      if (character === '\\' && this.#text[at + 1] === '"') at++;
      else if (character === '"') quoted = !quoted;
      else if (character === '\n') break;
      else if (!quoted && character === '^') at++;
      else if (!quoted && character === '(' && at > this.#at) brackets++;
      else if (!quoted && character === ')' && brackets > 0) brackets--;
      else if (!quoted && ' \t\r&|()<>'.includes(character)) break;
    }
    return Math.min(at, this.#text.length);
  }

  /** Returns whether the next part stands in quotes. */
  #readPart(builder: WordBuilder, end: number, quoted: boolean): boolean {
    const at = this.#at;
    const character = this.#text[at] ?? '';
    const next = this.#text[at + 1] ?? '';
    if (character === '"') {
      builder.addQuotes();
      this.#at++;
      return !quoted;
    }
    if ((character === '\\' && next === '"') || (character === '^' && !quoted)) {
      builder.addWritten(this.#source, at + 1, Math.min(at + 2, end));
      this.#at += 2;
    } else if (character === '%' && /^%\w+%/.test(this.#text.slice(at, at + 128))) {
      const close = this.#text.indexOf('%', at + 1) + 1;
      const name = this.#text.slice(at + 1, close - 1);
      const variable = this.#collector.variable(name.toLowerCase()) ?? this.#collector.variable(name);
      if (variable?.value === undefined) builder.addUnknown(this.#source, at, close, []);
      else builder.addValue(variable.value, ...originRange(this.#source, at, close), false, []);
      this.#at = close;
    } else {
      let stop = at + 1;
      while (stop < end && !'"\\^%'.includes(this.#text[stop] ?? '')) stop++;
      builder.addWritten(this.#source, at, stop);
      this.#at = stop;
    }
    return quoted;
  }

  #range(from: number, to: number): ShellWord['range'] {
    return this.#collector.range(this.#source, from, to);
  }
}
