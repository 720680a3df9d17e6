import type { TextRange } from '../../../foundation/model/text-range.ts';
import type { DockerfileModel, Instruction, InstructionFlag } from '../../syntax/model.ts';
import { offsetAt, rangeAt } from '../../syntax/text-document.ts';
import { Memo } from './memo.ts';

/** What `COPY --from=` or the `from=` of a RUN's --mount names. */
export interface StageReference {
  readonly instruction: Instruction;
  readonly name: string;
  readonly range: TextRange;
  /** Number of the earlier stage it means; undefined when it means none. */
  readonly stage: number | undefined;
  /** A stage of that name comes later. */
  readonly isLater: boolean;
}

const memo = new Memo<readonly StageReference[]>();

/** Returns the references to other stages or images, without those that hold variables and those of ONBUILD, which belong to another build. */
export function stageReferences(model: DockerfileModel): readonly StageReference[] {
  return memo.of(model, () => readReferences(model));
}

function readReferences(model: DockerfileModel): readonly StageReference[] {
  const references: StageReference[] = [];
  const named = stagesByName(model);
  for (const instruction of model.instructions) {
    if (instruction.onbuild || instruction.stage < 0) continue;
    for (const flag of instruction.flags) {
      const found = readReference(model, instruction, flag);
      if (found === undefined || found.name === '' || found.name.includes('$')) continue;
      const sameName = named.get(found.name.toLowerCase()) ?? [];
      const stage = earlierStage(sameName, found.name, instruction.stage);
      references.push({ instruction, ...found, stage, isLater: (sameName.at(-1) ?? -1) > instruction.stage });
    }
  }
  return references;
}

function readReference(model: DockerfileModel, { keyword }: Instruction, flag: InstructionFlag): { name: string; range: TextRange } | undefined {
  const { name, value, valueRange } = flag;
  if (value === undefined) return undefined;
  if (name === 'from' && (keyword === 'COPY' || keyword === 'ADD')) return { name: value, range: valueRange };
  if (name !== 'mount' || keyword !== 'RUN') return undefined;
  const match = /(?:^|,)from=([^,]*)/.exec(value);
  if (match === null) return undefined;
  const end = match.index + match[0].length;
  const from = match[1] ?? '';
  const start = offsetAt(model.document, valueRange.start);
  // Quotes would move the characters.
  const isPlain = model.text.startsWith(value, start);
  return { name: from, range: isPlain ? rangeAt(model.document, start + end - from.length, start + end) : valueRange };
}

/** Numbers of the stages of each name, in lower case, ascending. */
function stagesByName(model: DockerfileModel): ReadonlyMap<string, readonly number[]> {
  const named = new Map<string, number[]>();
  for (const { alias, index } of model.stages) {
    const name = alias?.value.toLowerCase();
    if (name === undefined) continue;
    const stages = named.get(name);
    if (stages === undefined) named.set(name, [index]);
    else stages.push(index);
  }
  return named;
}

function earlierStage(sameName: readonly number[], name: string, own: number): number | undefined {
  // The first is enough: whether there is one is what is asked, and a duplicate is reported for itself.
  const [first] = sameName;
  if (first !== undefined && first < own) return first;
  return /^\d{1,6}$/.test(name) && Number(name) < own ? Number(name) : undefined;
}

const copiedOnly = new Memo<ReadonlySet<number>>();

/** True for an instruction of a stage from which others only copy files: its accounts and settings are in no image that is kept. */
export function isOfCopiedStage(model: DockerfileModel, { stage }: Instruction): boolean {
  return copiedOnly.of(model, () => findCopiedStages(model)).has(stage);
}

function findCopiedStages(model: DockerfileModel): ReadonlySet<number> {
  const copied = new Set(stageReferences(model).flatMap((reference) => reference.stage ?? []));
  // What a stage that is kept builds on is kept with it.
  for (const stage of model.stages.toReversed()) {
    if (stage.isFinal) copied.delete(stage.index);
    if (stage.base !== undefined && !copied.has(stage.index)) copied.delete(stage.base.index);
  }
  return copied;
}
