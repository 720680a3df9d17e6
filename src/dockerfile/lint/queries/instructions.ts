import type { TextRange } from '../../../foundation/model/text-range.ts';
import { expandVariables } from '../../syntax/docker-words.ts';
import { originRange } from '../../syntax/mapped-text.ts';
import type { DockerfileModel, DockerWord, Instruction, Stage } from '../../syntax/model.ts';
import { rangeAt } from '../../syntax/text-document.ts';
import { Memo } from './memo.ts';

const indexes = new Memo<ReadonlyMap<string, readonly Instruction[]>>();

/** Returns the instructions of one keyword (upper-case), in order, those of ONBUILD included. */
export function instructionsNamed(model: DockerfileModel, keyword: string): readonly Instruction[] {
  const index = indexes.of(model, () => Map.groupBy(model.instructions, (instruction) => instruction.keyword));
  return index.get(keyword) ?? [];
}

/** Returns the COPYs and ADDs, in order. */
export function copiesOf(model: DockerfileModel): readonly Instruction[] {
  return [...instructionsNamed(model, 'COPY'), ...instructionsNamed(model, 'ADD')].sort((a, b) => a.index - b.index);
}

/** Longest word that variables are put into, in UTF-16 units: each may bring thousands of characters. */
const MAX_RESOLVED = 1024;

/** Returns a word's value with known variables put in; undefined when something in it stays unknown. */
export function resolveWord(model: DockerfileModel, instruction: Instruction, word: DockerWord): string | undefined {
  if (!word.text.includes('$')) return word.value;
  if (word.text.length > MAX_RESOLVED) return undefined;
  const { value, known } = expandVariables(word.text, model.escape, (name) => model.resolveVariable(name, instruction));
  return known ? value : undefined;
}

/** Returns the range of a stretch of a word. */
export function rangeInWord(model: DockerfileModel, word: DockerWord, start: number, end: number): TextRange {
  return rangeAt(model.document, ...originRange(word.source, start, end));
}

/** Most stages that build on each other which are followed. */
const MAX_LINEAGE = 100;

/** Returns a stage and those it builds on, itself first. */
export function lineageOf(stage: Stage | undefined): readonly Stage[] {
  const lineage: Stage[] = [];
  for (let at = stage; at !== undefined && lineage.length < MAX_LINEAGE; at = at.base) lineage.push(at);
  return lineage;
}

/** Returns the instructions that make the image of the final stage, first to last. */
export function finalInstructions(model: DockerfileModel): readonly Instruction[] {
  return lineageOf(model.finalStage)
    .toReversed()
    .flatMap((stage) => stage.instructions);
}

/** Returns the numbers of the stages whose instructions make the final image. */
export function finalStageIndexes(model: DockerfileModel): ReadonlySet<number> {
  return new Set(lineageOf(model.finalStage).map((stage) => stage.index));
}

/** Returns the instructions of one keyword that a later one of the same stage replaces. Those of ONBUILD belong to another build. */
export function overriddenInstructions(model: DockerfileModel, keyword: string): readonly Instruction[] {
  const own = instructionsNamed(model, keyword).filter(({ onbuild, stage }) => !onbuild && stage >= 0);
  return own.filter((instruction, index) => own[index + 1]?.stage === instruction.stage);
}

/** True for a path from the root, of Linux or of a Windows drive. */
export function isAbsolutePath(path: string): boolean {
  return /^(?:[/\\]|[A-Za-z]:)/.test(path);
}
