import type * as Bash from 'unbash';
import { forEachChild, parse } from 'unbash';
import { MAX_SHELL_DEPTH, MAX_SHELL_HEREDOCS } from '../../../foundation/base/limits.ts';
import type { MappedText } from '../mapped-text.ts';
import { emptyMappedText, MappedTextBuilder, originRange, sliceMapped } from '../mapped-text.ts';
import type { Frame, ShellCollector } from './collector.ts';
import type { ShellAssignment, ShellCommand, ShellRedirect, ShellSubstitution, ShellWord } from './command.ts';
import { readsScriptFromInput } from './interpreters.ts';
import { joinFields, literalWord, WordBuilder } from './word-builder.ts';

/** Reads a script of sh, bash and their kin: every command in it goes to `collector`. @see https://www.gnu.org/software/bash/manual/bash.html */
export function readBash(collector: ShellCollector, frame: Frame): void {
  if (frame.source.text.split('<<', MAX_SHELL_HEREDOCS + 2).length > MAX_SHELL_HEREDOCS) {
    collector.overLimit = true;
    return;
  }
  new BashReader(collector, frame).readNode(parse(frame.source.text), frame);
}

/** Commands whose arguments of the form `A=b` set shell variables. */
const DECLARING: ReadonlySet<string> = new Set(['export', 'local', 'declare', 'readonly', 'typeset']);

class BashReader {
  readonly #collector: ShellCollector;
  readonly #source: MappedText;

  constructor(collector: ShellCollector, frame: Frame) {
    this.#collector = collector;
    this.#source = frame.source;
  }

  readNode(node: Bash.SyntaxNode, frame: Frame): void {
    if (node.type === 'Command') this.#readCommand(node, frame);
    else if (node.type === 'Pipeline') this.#readPipeline(node, frame);
    else if (node.type === 'Word') this.#readWord(node, frame);
    else if (isSubstitution(node)) this.#readSubstitution(node, frame);
    else if (node.type === 'Redirected') {
      const redirects = node.redirects.map((redirect) => this.#readRedirect(redirect, frame));
      const from = this.#collector.commands.length;
      this.readNode(node.command, frame);
      this.#feedHeredocs(redirects, this.#collector.commands.slice(from), frame);
    } else {
      if (node.type === 'For' || node.type === 'Select') this.#collector.assign(node.name.value, undefined);
      forEachChild(node, (child) => {
        this.readNode(child, frame);
      });
    }
  }

  #readPipeline(node: Bash.Pipeline, frame: Frame): void {
    // `! x` and `time x` are pipelines of one, which feed nothing.
    const pipeline = { stages: node.commands.map((): ShellCommand[] => []) };
    const isPipe = node.commands.length > 1 && frame.places.length < MAX_SHELL_DEPTH;
    node.commands.forEach((command, stage) => {
      this.readNode(command, isPipe ? { ...frame, places: [{ pipeline, stage }, ...frame.places] } : frame);
    });
    pipeline.stages.forEach((commands, stage) => {
      const next = pipeline.stages[stage + 1];
      if (next?.some(readsScriptFromInput) !== true) return;
      const printed = commands.filter((command) => command.name === 'cat').flatMap((command) => command.redirects);
      this.#readHeredocs(printed, next[0], frame);
    });
  }

  #readCommand(node: Bash.Command, frame: Frame): void {
    const assignments: ShellAssignment[] = [];
    const redirects: ShellRedirect[] = [];
    const words: ShellWord[] = [];
    for (const part of node.prefix) {
      if (part.type === 'Assignment') assignments.push(this.#readAssignment(part, frame));
      else redirects.push(this.#readRedirect(part, frame));
    }
    if (node.name !== undefined) words.push(...this.#readWord(node.name, frame));
    const declares = DECLARING.has(words[0]?.value ?? '');
    for (const part of node.suffix) {
      if (part.type === 'Word') words.push(...this.#readWord(part, frame));
      else if (part.type === 'Assignment') {
        words.push(this.#readSpan(part, frame));
        assignments.push(this.#readAssignment(part, frame));
      } else redirects.push(this.#readRedirect(part, frame));
    }
    if (node.name === undefined || declares) for (const { name, value } of assignments) this.#collector.assign(name, value);
    if (words[0]?.value === 'read') for (const word of words.slice(1)) this.#collector.assign(word.value, undefined);
    const from = this.#collector.commands.length;
    this.#collector.add({ words, assignments, redirects, range: this.#range(node) }, frame);
    this.#feedHeredocs(redirects, this.#collector.commands.slice(from), frame);
  }

  /** Reads here-documents that are the script of one of `commands`: `sh <<EOF`, `sudo bash <<< "…"`. */
  #feedHeredocs(redirects: readonly ShellRedirect[], commands: readonly ShellCommand[], frame: Frame): void {
    if (redirects.length === 0) return;
    const reader = commands.find(readsScriptFromInput);
    if (reader !== undefined) this.#readHeredocs(redirects, reader, frame);
  }

  #readHeredocs(redirects: readonly ShellRedirect[], reader: ShellCommand | undefined, frame: Frame): void {
    for (const { body, operator } of redirects) {
      if (body === undefined) continue;
      const embedded = frame.embedded || operator === '<<<';
      this.#collector.read({ ...frame, source: body, language: 'sh', wrapper: reader, embedded, depth: frame.depth + 1 });
    }
  }

  #readAssignment(node: Bash.Assignment, frame: Frame): ShellAssignment {
    const nameEnd = node.pos + node.name.length;
    const value = node.value.type === 'Word' ? this.#readWhole(node.value, frame) : undefined;
    if (node.value.type === 'ArrayValue') for (const element of node.value.elements) this.#readWord(element, frame);
    const known = node.append === true ? undefined : value;
    return { name: node.name, nameRange: this.#collector.range(this.#source, node.pos, nameEnd), value: known, range: this.#range(node) };
  }

  #readRedirect(node: Bash.Redirection, frame: Frame): ShellRedirect {
    const substitutions: ShellSubstitution[] = [];
    let target: ShellWord | undefined;
    let body: MappedText | undefined;
    if (node.type === 'HereDoc') {
      body = sliceMapped(this.#source, node.body.pos, node.body.end);
      for (const part of node.body.parts ?? []) substitutions.push(...this.#substitutionsIn(part, frame));
    } else {
      target = node.target === undefined ? undefined : this.#readWhole(node.target, frame);
      substitutions.push(...(target?.substitutions ?? []));
      if (node.type === 'HereString') body = target?.script;
    }
    const descriptor = node.descriptor?.type === 'FileDescriptor' ? node.descriptor.value : undefined;
    return { operator: node.operator, descriptor, target, body, substitutions, range: this.#range(node) };
  }

  /** Returns a stretch as one word without splitting (`export A=b`). */
  #readSpan(node: Bash.Assignment, frame: Frame): ShellWord {
    const builder = new WordBuilder(node.text, this.#range(node));
    if (node.value.type === 'Word') {
      builder.addWritten(this.#source, node.pos, node.value.pos);
      this.#addParts(builder, node.value, true, frame);
    } else builder.addWritten(this.#source, node.pos, node.end);
    return joinFields(builder.build()) ?? emptyWord(this.#range(node));
  }

  #readWhole(word: Bash.Word, frame: Frame): ShellWord {
    const builder = new WordBuilder(word.text, this.#range(word));
    this.#addParts(builder, word, true, frame);
    return builder.build()[0] ?? emptyWord(this.#range(word));
  }

  #readWord(word: Bash.Word, frame: Frame): readonly ShellWord[] {
    const builder = new WordBuilder(word.text, this.#range(word));
    this.#addParts(builder, word, false, frame);
    return builder.build();
  }

  #addParts(builder: WordBuilder, word: Bash.Word, quoted: boolean, frame: Frame): void {
    if (word.parts === undefined) this.#addUnescaped(builder, word.pos, word.end, false);
    else for (const part of word.parts) this.#addPart(builder, part, quoted, false, frame);
  }

  /** `whole`: not split at blanks. `inQuotes`: inside double quotes, where the backslash escapes less. */
  #addPart(builder: WordBuilder, part: Bash.WordPart, whole: boolean, inQuotes: boolean, frame: Frame): void {
    switch (part.type) {
      case 'Literal':
        this.#addUnescaped(builder, part.pos, part.end, inQuotes);
        return;
      case 'SingleQuoted':
        builder.addQuotes();
        builder.addWritten(this.#source, part.pos + 1, part.pos + 1 + part.value.length);
        return;
      case 'AnsiCQuoted':
        builder.addDecoded(part.value, ...originRange(this.#source, part.pos, part.end));
        return;
      case 'DoubleQuoted':
      case 'LocaleString':
        builder.addQuotes();
        for (const child of part.parts) this.#addPart(builder, child, true, true, frame);
        return;
      case 'SimpleExpansion':
        this.#addVariable(builder, part, part.text.slice(1), undefined, whole, frame);
        return;
      case 'ParameterExpansion':
        if (part.prefix === undefined && part.index === undefined && (part.operation === undefined || isFallback(part.operation)))
          this.#addVariable(builder, part, part.parameter, part.operation, whole, frame);
        else builder.addUnknown(this.#source, part.pos, part.end, this.#substitutionsIn(part, frame));
        return;
      case 'CommandExpansion':
      case 'ProcessSubstitution':
      case 'ArithmeticExpansion':
        builder.addUnknown(this.#source, part.pos, part.end, this.#substitutionsIn(part, frame));
        return;
      case 'Glob':
      case 'ExtendedGlob':
      case 'BraceExpansion':
        if ('parts' in part && part.parts !== undefined) builder.addUnknown(this.#source, part.pos, part.end, this.#substitutionsIn(part, frame));
        else builder.addWritten(this.#source, part.pos, part.end);
    }
  }

  #addVariable(
    builder: WordBuilder,
    part: Bash.SimpleExpansionPart | Bash.ParameterExpansionPart,
    name: string,
    fallback: Bash.ParameterDefaultOperation | undefined,
    whole: boolean,
    frame: Frame,
  ): void {
    const variable = this.#collector.variable(name);
    const operand = fallback === undefined ? undefined : this.#readWhole(fallback.operand, frame);
    const isUnset = variable === undefined || (variable.value === '' && fallback?.operator.startsWith(':') === true);
    const chosen = isUnset && operand?.known === true ? operand.value : variable?.value;
    const substitutions = [...(variable?.substitutions ?? []), ...(operand?.substitutions ?? [])];
    if (chosen === undefined) builder.addUnknown(this.#source, part.pos, part.end, substitutions);
    else builder.addValue(chosen, ...originRange(this.#source, part.pos, part.end), !whole, substitutions);
  }

  #addUnescaped(builder: WordBuilder, from: number, to: number, inQuotes: boolean): void {
    const { text } = this.#source;
    let start = from;
    for (let at = from; at < to; at++) {
      if (text[at] !== '\\') continue;
      const next = text[at + 1] ?? '';
      if (inQuotes && !'$`"\\\n'.includes(next)) continue;
      builder.addWritten(this.#source, start, at);
      start = at + (next === '\n' ? 2 : 1);
      at++;
    }
    if (start < to) builder.addWritten(this.#source, start, to);
  }

  /** Returns the substitutions that stand anywhere in a part, their commands read. */
  #substitutionsIn(part: Bash.SyntaxNode, frame: Frame): readonly ShellSubstitution[] {
    const found: ShellSubstitution[] = [];
    const visit = (node: Bash.SyntaxNode, depth: number): void => {
      if (isSubstitution(node)) found.push(this.#readSubstitution(node, frame));
      else if (depth < MAX_SHELL_DEPTH) {
        forEachChild(node, (child) => {
          visit(child, depth + 1);
        });
      }
    };
    visit(part, 0);
    return found;
  }

  #readSubstitution(part: Substitution, frame: Frame): ShellSubstitution {
    const kind = part.type !== 'ProcessSubstitution' ? 'output' : part.operator === '<' ? 'input-file' : 'output-file';
    const commands: ShellCommand[] = [];
    const substitution: ShellSubstitution = { kind, range: this.#range(part), commands };
    // Asking for `script` parses it: not beyond the depth that is looked into, as each level parses all that lies deeper once more.
    if (frame.depth >= MAX_SHELL_DEPTH) {
      this.#collector.overLimit = true;
      return substitution;
    }
    const { script } = part;
    if (script === undefined) return substitution;
    const from = this.#collector.commands.length;
    const inner: Frame = { ...frame, places: [], within: substitution, depth: frame.depth + 1 };
    if (script.source === undefined) this.readNode(script, inner);
    else {
      // Escaped backquotes: positions count in the decoded text, which stands for the whole substitution.
      const decoded = new MappedTextBuilder();
      decoded.addOpaque(script.source, ...originRange(this.#source, part.pos, part.end));
      const source = decoded.build();
      new BashReader(this.#collector, { ...inner, source }).readNode(script, { ...inner, source, embedded: true });
    }
    commands.push(...this.#collector.commands.slice(from));
    return substitution;
  }

  #range(node: { readonly pos: number; readonly end: number }): ShellWord['range'] {
    return this.#collector.range(this.#source, node.pos, node.end);
  }
}

type Substitution = Bash.CommandExpansionPart | Bash.ProcessSubstitutionPart | Bash.ArithmeticCommandExpansion;

function isSubstitution(node: Bash.SyntaxNode): node is Substitution {
  return node.type === 'CommandExpansion' || node.type === 'ProcessSubstitution' || node.type === 'ArithmeticCommandExpansion';
}

function isFallback(operation: Bash.ParameterOperation): operation is Bash.ParameterDefaultOperation {
  return operation.type === 'Default' && operation.operator.endsWith('-');
}

function emptyWord(range: ShellWord['range']): ShellWord {
  return literalWord('', emptyMappedText, range);
}
