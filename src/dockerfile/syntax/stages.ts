import { expandVariables } from './docker-words.ts';
import type { Escape } from './docker-words.ts';
import { isWindowsImage, parseImageName } from './image-name.ts';
import type { ImageName, Instruction, Stage } from './model.ts';

/** Returns the stages of a file. `lookupGlobal` gives the ARGs that stand before the first FROM. */
export function readStages(
  instructions: readonly Instruction[],
  escape: Escape,
  lookupGlobal: (name: string) => string | undefined,
): readonly Stage[] {
  const members: Instruction[][] = [];
  const froms: Instruction[] = [];
  for (const instruction of instructions) {
    if (instruction.keyword === 'FROM' && !instruction.onbuild) {
      froms.push(instruction);
      members.push([]);
    } else members.at(-1)?.push(instruction);
  }
  const byAlias = new Map<string, Stage>();
  const stages: Stage[] = [];
  froms.forEach((from, index) => {
    const stage = readStage(from, index, members[index] ?? [], index === froms.length - 1, byAlias, escape, lookupGlobal);
    if (stage.alias !== undefined) byAlias.set(stage.alias.value.toLowerCase(), stage);
    stages.push(stage);
  });
  return stages;
}

function readStage(
  from: Instruction,
  index: number,
  instructions: readonly Instruction[],
  isFinal: boolean,
  byAlias: ReadonlyMap<string, Stage>,
  escape: Escape,
  lookupGlobal: (name: string) => string | undefined,
): Stage {
  const [nameWord, as, aliasWord] = from.args;
  const platform = from.flags.find((flag) => flag.name === 'platform');
  const expanded = nameWord === undefined ? undefined : expandVariables(nameWord.text, escape, lookupGlobal);
  const base = expanded === undefined ? undefined : byAlias.get(expanded.value.toLowerCase());
  let image: ImageName | undefined;
  if (nameWord !== undefined && expanded !== undefined) {
    const kind = base !== undefined ? 'stage' : expanded.value === 'scratch' ? 'scratch' : 'image';
    image = parseImageName(nameWord, expanded.value, kind, !expanded.known);
  }
  const ownUser = instructions.findLast((instruction) => instruction.keyword === 'USER' && !instruction.onbuild && instruction.args.length > 0);
  const isWindows = base?.isWindows ?? (platform?.value?.startsWith('windows') === true || (image !== undefined && isWindowsImage(image)));
  const alias = as?.value.toUpperCase() === 'AS' ? aliasWord : undefined;
  return { index, from, image, alias, platform, base, isFinal, instructions, user: ownUser ?? base?.user, isWindows };
}
