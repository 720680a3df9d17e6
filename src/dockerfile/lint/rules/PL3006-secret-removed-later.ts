import type { TextEdit } from '../../../foundation/model/text-range.ts';
import type { DockerfileModel, Instruction } from '../../syntax/model.ts';
import type { ShellCommand, ShellWord } from '../../syntax/shell/command.ts';
import { commandsNamed, optionsOf } from '../queries/commands.ts';
import { dropCommand } from '../queries/drop-command.ts';
import { fixWith, insertAt, removeInstruction, removeWord } from '../queries/edits.ts';
import { fileWrites } from '../queries/file-writes.ts';
import { copiesOf, finalStageIndexes } from '../queries/instructions.ts';
import { isLikelySecretFile } from '../queries/secret-files.ts';
import { baseName, isInside, namesFile, resolvePath, splitPath, UNKNOWN_DIRECTORY } from '../queries/shell-paths.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL3006',
  slug: 'secret-removed-later',
  title: 'Secret removed in a later layer',
  severity: 'high',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      'rm, shred and unlink of a secret file that an earlier COPY, ADD or RUN of the final image put there. Not reported: what the same RUN made and removes, files that hold no secret, and stages that are only copied from.',
    why: 'A layer is never changed by a later one: the removal only hides the file, and whoever can pull the image unpacks the earlier layer and has it.',
    fix: 'Never put it there: `RUN --mount=type=secret,id=…,target=…` shows the file to one step and leaves nothing behind. A secret that was once pushed this way must be replaced.',
    bad: [
      'FROM alpine:3.20\nCOPY id_rsa /root/.ssh/id_rsa\nRUN git clone git@example.com:a/b.git\nRUN rm /root/.ssh/id_rsa\n',
      'FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci && rm -f .npmrc\n',
      'FROM python:3.13\nRUN echo "machine example.com login a password b" > /root/.netrc\nRUN pip install a==1 && rm -rf /root/.netrc\n',
      'FROM alpine:3.20\nADD keys/ /root/.ssh/\nRUN shred -u /root/.ssh/id_ed25519\n',
    ],
    good: [
      'FROM alpine:3.20\nCOPY a.tar.gz /tmp/\nRUN tar -xf /tmp/a.tar.gz && rm /tmp/a.tar.gz\n',
      'FROM alpine:3.20\nRUN echo "$T" > /root/.npmrc && npm ci && rm /root/.npmrc\n',
      'FROM debian:12\nRUN apt-get update && apt-get install -y openssh-server && rm -f /etc/ssh/ssh_host_rsa_key\n',
      'FROM alpine:3.20 AS build\nCOPY id_rsa /root/.ssh/id_rsa\nRUN rm /root/.ssh/id_rsa\nFROM scratch\nCOPY --from=build /app /app\n',
    ],
    references: [
      'https://docs.docker.com/build/building/secrets/',
      'https://docs.docker.com/get-started/docker-concepts/building-images/understanding-image-layers/',
    ],
  },
  *check(model) {
    const removals = commandsNamed(model, 'rm', 'shred', 'unlink');
    if (removals.length === 0) return;
    const stages = finalStageIndexes(model);
    const placements = placementsOf(model)
      .filter(({ instruction, path, isOpen }) => stages.has(instruction.stage) && (isOpen || isLikelySecretFile(path)))
      .slice(0, MAX_PLACEMENTS);
    for (const command of removals.slice(0, MAX_PLACEMENTS)) {
      if (!stages.has(command.instruction.stage)) continue;
      const earlier = placements.filter(({ instruction }) => instruction.index < command.instruction.index);
      for (const word of optionsOf(command).operands) {
        const placement = findPlacement(earlier, resolvePath(UNKNOWN_DIRECTORY, word.value));
        if (placement === undefined) continue;
        yield {
          message: `${word.value} stays in the layer of line ${placement.instruction.range.start.line + 1}, where everybody can take it from`,
          range: word.range,
          fixes: fixWith('suggested', 'Mount it as a build secret', mountInstead(model, command, word, placement)),
        };
      }
    }
  },
};

/** Each removal is compared with each of them. */
const MAX_PLACEMENTS = 1000;

interface Placement {
  readonly instruction: Instruction;
  /** Where the file comes to lie, or the directory that is filled. */
  readonly path: string;
  /** True: anything may lie below `path`. */
  readonly isOpen: boolean;
}

function placementsOf(model: DockerfileModel): readonly Placement[] {
  const copied = copiesOf(model).flatMap(copiedFiles);
  const written = fileWrites(model).flatMap(({ instruction, path, command }) =>
    command === undefined ? [] : [{ instruction, path: resolvePath(UNKNOWN_DIRECTORY, path), isOpen: false }],
  );
  return [...copied, ...written];
}

function copiedFiles(instruction: Instruction): readonly Placement[] {
  const target = instruction.args.at(-1)?.value ?? '';
  const path = resolvePath(UNKNOWN_DIRECTORY, target);
  return instruction.args.slice(0, -1).flatMap(({ value }): readonly Placement[] => {
    const name = baseName(value.replace(/\/+$/, ''));
    const isFolder = value.endsWith('/') || /^\.{0,2}$/.test(name) || /[*?]/.test(name);
    if (isFolder) return [{ instruction, path, isOpen: true }];
    const inside = { instruction, path: resolvePath(path, name), isOpen: false };
    return /\/\.?$/.test(target) || target === '.' ? [inside] : [inside, { instruction, path, isOpen: false }];
  });
}

function findPlacement(placements: readonly Placement[], removed: string): Placement | undefined {
  const isSecret = isLikelySecretFile(removed);
  return placements.findLast(({ path, isOpen }) => {
    if (isOpen)
      return (
        isSecret && (isInside(removed, path) || path.startsWith(UNKNOWN_DIRECTORY) !== removed.startsWith(UNKNOWN_DIRECTORY) || path === removed)
      );
    return namesFile(splitPath(withHome(removed)), splitPath(withHome(path))) || isInside(withHome(path), withHome(removed));
  });
}

function withHome(path: string): string {
  return path.replace(/^~(?=\/|$)/, '/root');
}

/** Takes a COPY of one file and the removal away, and shows the file to the RUNs between them. */
function mountInstead(
  model: DockerfileModel,
  command: ShellCommand,
  word: ShellWord,
  { instruction, path, isOpen }: Placement,
): readonly TextEdit[] | undefined {
  const isPlain =
    instruction.keyword === 'COPY' && instruction.args.length === 2 && instruction.stage === command.instruction.stage && !instruction.onbuild;
  if (!isPlain || isOpen || instruction.heredocs.length > 0 || !path.startsWith('/')) return undefined;
  const removal = optionsOf(command).operands.length > 1 ? removeWord(model, command, word) : dropCommand(model, command);
  const [first] = removal ?? [];
  if (removal === undefined || first === undefined) return undefined;
  const isRunGone = isAtLineStart(first, command.instruction);
  const users = model.instructions.filter(
    ({ keyword, stage, index }) =>
      keyword === 'RUN' &&
      stage === instruction.stage &&
      index > instruction.index &&
      (index < command.instruction.index || (index === command.instruction.index && !isRunGone)),
  );
  const mount = ` --mount=type=secret,id=${baseName(path).replaceAll(/[^\w.-]/g, '')},target=${path}`;
  return [...removeInstruction(model, instruction), ...users.map(({ keywordRange }) => insertAt(keywordRange.end, mount)), ...removal];
}

/** True when the edit takes the whole instruction away. */
function isAtLineStart({ range }: TextEdit, instruction: Instruction): boolean {
  return range.start.line < instruction.range.start.line || (range.start.line === instruction.range.start.line && range.start.character === 0);
}
