import type { DockerfileModel, Instruction } from '../../syntax/model.ts';
import { fixWith, insertAt } from '../queries/edits.ts';
import { instructionsNamed, isAbsolutePath, lineageOf, resolveWord } from '../queries/instructions.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL8001',
  slug: 'relative-workdir',
  title: 'Relative WORKDIR without a known start',
  severity: 'low',
  aliases: ['DL3000', 'WorkdirRelativePath', 'DS-0009', 'CKV_DOCKER_10'],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports:
      'A relative WORKDIR in a stage that has set no absolute one before it. One that continues an absolute WORKDIR of the file is not reported.',
    why: 'The path begins where the base image happens to stand, so a new base image silently moves every file that is copied and written afterwards.',
    fix: 'Write the whole path.',
    bad: ['FROM alpine:3.20\nWORKDIR app\n', 'FROM alpine:3.20 AS a\nWORKDIR /a\nFROM alpine:3.20\nWORKDIR ./b\n'],
    good: [
      'FROM alpine:3.20\nWORKDIR /app\nWORKDIR src\n',
      'FROM alpine:3.20 AS a\nWORKDIR /a\nFROM a\nWORKDIR b\n',
      'FROM alpine:3.20\nARG DIR\nWORKDIR $DIR/app\n',
      'FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nWORKDIR C:/app\n',
    ],
    references: ['https://docs.docker.com/reference/build-checks/workdir-relative-path/'],
  },
  *check(model) {
    const rooted = new Set<number>();
    for (const instruction of instructionsNamed(model, 'WORKDIR')) {
      const [word] = instruction.args;
      const { stage, onbuild } = instruction;
      if (word === undefined || onbuild) continue;
      if (isAbsolute(model, instruction)) rooted.add(stage);
      else if (!lineageOf(model.stages[stage]).some(({ index }) => rooted.has(index)))
        yield {
          message: `${word.value} begins wherever the base image stands`,
          range: word.range,
          fixes: fixWith('suggested', 'Begin at the root', word.text === word.value ? [insertAt(word.range.start, '/')] : undefined),
        };
    }
  },
};

function isAbsolute(model: DockerfileModel, instruction: Instruction): boolean {
  const [word] = instruction.args;
  const path = word === undefined ? undefined : resolveWord(model, instruction, word);
  return path === undefined ? word?.value.startsWith('$') === true : isAbsolutePath(path);
}
