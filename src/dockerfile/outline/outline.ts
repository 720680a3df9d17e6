import type { TextRange } from '../../foundation/model/text-range.ts';
import type { DockerfileModel, Instruction, Stage } from '../syntax/model.ts';

export interface InstructionOutline {
  /** Upper-case; `ONBUILD RUN` for one that waits for a later build. */
  readonly keyword: string;
  /** What stands behind the keyword, on one line, shortened. */
  readonly detail: string;
  /** The heredocs included. */
  readonly range: TextRange;
  readonly keywordRange: TextRange;
}

export interface StageOutline {
  /** The alias, else the image's name as written; empty while FROM has none. */
  readonly name: string;
  /** The image's name, ARG defaults put in. */
  readonly image: string;
  /** A stage, scratch and a name that depends on an unknown variable are no image that could be looked up. */
  readonly isImage: boolean;
  readonly isFinal: boolean;
  readonly fromRange: TextRange;
  readonly nameRange: TextRange;
  /** From FROM to the end of the stage's last instruction. */
  readonly range: TextRange;
  /** Without the FROM itself. */
  readonly instructions: readonly InstructionOutline[];
}

export interface Outline {
  /** What stands before the first FROM. */
  readonly preamble: readonly InstructionOutline[];
  readonly stages: readonly StageOutline[];
}

const MAX_DETAIL = 80;

/** Returns the stages of a Dockerfile and what is in them. */
export function outlineOf(model: DockerfileModel): Outline {
  return {
    preamble: model.instructions.filter(({ stage }) => stage < 0).map(toInstruction),
    stages: model.stages.map(toStage),
  };
}

function toStage({ from, image, alias, isFinal, instructions }: Stage): StageOutline {
  return {
    name: alias?.value ?? image?.word.value ?? '',
    image: image?.resolved ?? '',
    isImage: image?.kind === 'image' && !image.unresolved,
    isFinal,
    fromRange: from.range,
    nameRange: alias?.range ?? image?.word.range ?? from.keywordRange,
    range: { start: from.range.start, end: instructions.at(-1)?.range.end ?? from.range.end },
    instructions: instructions.map(toInstruction),
  };
}

function toInstruction({ keyword, keywordRange, range, onbuild, argsText }: Instruction): InstructionOutline {
  const words = argsText
    .slice(0, 4 * MAX_DETAIL)
    .replaceAll(/\s+/g, ' ')
    .trim();
  return {
    keyword: onbuild ? `ONBUILD ${keyword}` : keyword,
    detail: words.length > MAX_DETAIL ? `${words.slice(0, MAX_DETAIL - 1)}…` : words,
    range,
    keywordRange,
  };
}
