import type { TextRange } from '../../../foundation/model/text-range.ts';
import type { MappedText } from '../../syntax/mapped-text.ts';
import { originRange } from '../../syntax/mapped-text.ts';
import type { DockerfileModel, Instruction } from '../../syntax/model.ts';
import { rangeAt } from '../../syntax/text-document.ts';
import { lineageOf } from './instructions.ts';
import { Memo } from './memo.ts';

/** `$NAME` in an instruction, where the builder puts the value in. */
export interface VariableUse {
  readonly name: string;
  readonly range: TextRange;
  /** `${NAME:-x}` and the like, which say what to do without a value. */
  readonly hasFallback: boolean;
}

const VARIABLE = /\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)([^{}]*)\})/y;

/** Most variables of one word that are looked at. */
const MAX_USES = 200;

/** Returns the variables in a word that the builder puts in: not behind an escape, not in single quotes. */
export function variablesIn(model: DockerfileModel, source: MappedText): readonly VariableUse[] {
  const { text } = source;
  if (!text.includes('$')) return [];
  const uses: VariableUse[] = [];
  let quote = '';
  for (let at = 0; at < text.length && uses.length < MAX_USES; at++) {
    const character = text[at] ?? '';
    if (character === model.escape && quote !== "'") at++;
    else if (character === quote) quote = '';
    else if (quote === '' && (character === '"' || character === "'")) quote = character;
    else if (character === '$' && quote !== "'") {
      VARIABLE.lastIndex = at;
      const match = VARIABLE.exec(text);
      if (match === null) continue;
      const end = at + match[0].length;
      const name = match[1] ?? match[2] ?? '';
      const range = rangeAt(model.document, ...originRange(source, at, end));
      uses.push({ name, range, hasFallback: /^:?[-+?=]/.test(match[3] ?? '') });
      at = end - 1;
    }
  }
  return uses;
}

/** By name: the stages that define it (-1 is before the first FROM), each with the number of the first instruction that does. */
type Scope = ReadonlyMap<string, ReadonlyMap<number, number>>;

const scopes = new Memo<Scope>();
const nowhere: ReadonlyMap<number, number> = new Map();

/** Returns the stages in which ARG or ENV define a name (-1 is before the first FROM), each with the number of the first instruction that does. */
export function stagesDefining(model: DockerfileModel, name: string): ReadonlyMap<number, number> {
  return scopes.of(model, () => readScope(model)).get(name) ?? nowhere;
}

function readScope(model: DockerfileModel): Scope {
  const scope = new Map<string, Map<number, number>>();
  for (const { name, instruction } of model.definitions) {
    const stages = scope.get(name) ?? new Map<number, number>();
    scope.set(name, stages);
    if (!stages.has(instruction.stage)) stages.set(instruction.stage, instruction.index);
  }
  return scope;
}

/** True when an ARG or ENV of the instruction's stage, or of one it builds on, defines the name before the instruction. */
export function isDefinedBefore(model: DockerfileModel, name: string, { stage, index }: Pick<Instruction, 'stage' | 'index'>): boolean {
  const stages = stagesDefining(model, name);
  return stages.size > 0 && lineageOf(model.stages[stage]).some((member) => (stages.get(member.index) ?? Infinity) < index);
}
