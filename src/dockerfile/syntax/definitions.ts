import { MAX_STAGE_CHAIN, MAX_VARIABLE_LENGTH } from '../../foundation/base/limits.ts';
import type { Escape } from './docker-words.ts';
import { expandVariables, toDockerWord, unquote } from './docker-words.ts';
import type { MappedText } from './mapped-text.ts';
import { originRange } from './mapped-text.ts';
import type { Definition, Instruction, Stage } from './model.ts';
import type { TextDocument } from './text-document.ts';
import { rangeAt } from './text-document.ts';

interface Entry {
  readonly index: number;
  readonly value: string | undefined;
}

/** The ARGs and ENVs of a file and what each instruction sees of them. */
export class Definitions {
  readonly all: Definition[] = [];
  readonly #document: TextDocument;
  readonly #escape: Escape;
  /** By stage number (-1 before the first FROM), then name: entries in order. */
  readonly #args = new Map<number, Map<string, Entry[]>>();
  readonly #envs = new Map<number, Map<string, Entry[]>>();
  /** Those of ONBUILD, which only other ONBUILD instructions see. */
  readonly #triggers = new Map<number, Map<string, Entry[]>>();
  #stages: readonly Stage[] = [];

  constructor(document: TextDocument, escape: Escape) {
    this.#document = document;
    this.#escape = escape;
  }

  /** Reads the ARGs before the first FROM, which FROM itself may use. */
  readGlobals(instructions: readonly Instruction[]): void {
    for (const instruction of instructions) if (instruction.stage < 0) this.#read(instruction);
  }

  readStages(instructions: readonly Instruction[], stages: readonly Stage[]): void {
    this.#stages = stages;
    for (const instruction of instructions) if (instruction.stage >= 0) this.#read(instruction);
  }

  lookupGlobal(name: string): string | undefined {
    return this.#args.get(-1)?.get(name)?.at(-1)?.value;
  }

  /** Returns the value that a name has at an instruction: an ENV's before an ARG's, as the builder has it. */
  lookup(name: string, { stage, index, onbuild }: Pick<Instruction, 'stage' | 'index' | 'onbuild'>): string | undefined {
    const triggered = onbuild ? lastBefore(this.#triggers.get(stage)?.get(name), index) : undefined;
    if (triggered !== undefined) return triggered.value;
    const own = lastBefore(this.#envs.get(stage)?.get(name), index);
    if (own !== undefined) return own.value;
    let base = this.#stages[stage]?.base;
    for (let steps = 0; base !== undefined && steps < MAX_STAGE_CHAIN; steps++) {
      const inherited = this.#envs.get(base.index)?.get(name)?.at(-1);
      if (inherited !== undefined) return inherited.value;
      base = base.base;
    }
    return lastBefore(this.#args.get(stage)?.get(name), index)?.value;
  }

  #read(instruction: Instruction): void {
    if (instruction.keyword !== 'ARG' && instruction.keyword !== 'ENV') return;
    for (const definition of this.#definitionsOf(instruction, instruction.keyword)) {
      this.all.push(definition);
      const byStage = instruction.onbuild ? this.#triggers : instruction.keyword === 'ARG' ? this.#args : this.#envs;
      const byName = byStage.get(instruction.stage) ?? new Map<string, Entry[]>();
      byStage.set(instruction.stage, byName);
      const fallback = instruction.stage >= 0 && definition.value === undefined ? this.lookupGlobal(definition.name) : undefined;
      const entry = { index: instruction.index, value: definition.resolved ?? fallback };
      const entries = byName.get(definition.name);
      if (entries === undefined) byName.set(definition.name, [entry]);
      else entries.push(entry);
    }
  }

  #definitionsOf(instruction: Instruction, kind: Definition['kind']): readonly Definition[] {
    const { body, args } = instruction;
    const first = args[0];
    if (kind === 'ENV' && first !== undefined && !first.text.includes('=')) return [this.#legacyEnv(instruction, body, first.text)];
    return args.map((word) => {
      const equals = word.text.indexOf('=');
      const nameEnd = equals < 0 ? word.text.length : equals;
      const written = equals < 0 ? undefined : word.text.slice(equals + 1);
      return this.#define(instruction, kind, word.source, nameEnd, written === undefined ? undefined : equals + 1, word.text.length);
    });
  }

  /** `ENV NAME the rest of the line`. */
  #legacyEnv(instruction: Instruction, body: MappedText, name: string): Definition {
    const rest = body.text.slice(name.length);
    const valueStart = name.length + rest.length - rest.trimStart().length;
    return this.#define(instruction, 'ENV', body, name.length, valueStart, body.text.length);
  }

  #define(
    instruction: Instruction,
    kind: Definition['kind'],
    source: MappedText,
    nameEnd: number,
    valueStart: number | undefined,
    end: number,
  ): Definition {
    const name = toDockerWord(this.#document, source, { start: 0, end: nameEnd }, this.#escape);
    const written = valueStart === undefined ? undefined : source.text.slice(valueStart, end);
    const lookup = (variable: string): string | undefined => this.lookup(variable, instruction);
    const expanded = written === undefined ? undefined : expandVariables(written, this.#escape, lookup);
    return {
      kind,
      name: name.value,
      nameRange: name.range,
      value: written === undefined ? undefined : unquote(written, this.#escape),
      valueRange: valueStart === undefined ? undefined : rangeAt(this.#document, ...originRange(source, valueStart, end)),
      range: rangeAt(this.#document, ...originRange(source, 0, end)),
      resolved: expanded?.known === true && expanded.value.length <= MAX_VARIABLE_LENGTH ? expanded.value : undefined,
      instruction,
    };
  }
}

/** Returns the last entry before an instruction by binary search. */
function lastBefore(entries: readonly Entry[] | undefined, index: number): Entry | undefined {
  if (entries === undefined) return undefined;
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.index ?? 0) < index) low = middle + 1;
    else high = middle;
  }
  return entries[low - 1];
}
