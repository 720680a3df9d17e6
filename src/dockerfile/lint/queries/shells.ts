import type { DockerfileModel, Instruction } from '../../syntax/model.ts';
import { lineageOf } from './instructions.ts';
import { Memo } from './memo.ts';

const memo = new Memo<readonly (Instruction | undefined)[]>();

/** Returns the SHELL instruction in force at an instruction, an earlier stage's when its stage builds on that; undefined when it is the system's own shell. */
export function shellAt(model: DockerfileModel, instruction: Instruction): Instruction | undefined {
  return memo.of(model, () => readShells(model))[instruction.index];
}

function readShells(model: DockerfileModel): readonly (Instruction | undefined)[] {
  const shells: (Instruction | undefined)[] = [];
  let current: Instruction | undefined;
  const atEnd = new Map<number, Instruction | undefined>();
  for (const instruction of model.instructions) {
    const stage = model.stages[instruction.stage];
    if (instruction === stage?.from) {
      const [, base] = lineageOf(stage);
      current = base === undefined ? undefined : atEnd.get(base.index);
    }
    shells.push(current);
    if (instruction.keyword === 'SHELL' && !instruction.onbuild && instruction.json) current = instruction;
    if (instruction.stage >= 0) atEnd.set(instruction.stage, current);
  }
  return shells;
}
