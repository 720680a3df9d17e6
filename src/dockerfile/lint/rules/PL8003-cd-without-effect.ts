import type { TextEdit } from '../../../foundation/model/text-range.ts';
import type { DockerfileModel } from '../../syntax/model.ts';
import type { ShellCommand } from '../../syntax/shell/command.ts';
import { offsetAt } from '../../syntax/text-document.ts';
import { commandsNamed, optionsOf } from '../queries/commands.ts';
import { fixWith, replaceRange } from '../queries/edits.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL8003',
  slug: 'cd-without-effect',
  title: 'cd without effect',
  severity: 'low',
  aliases: ['DL3003', 'DS-0013'],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports: 'A RUN that does nothing but to change the directory, and one that ends with it.',
    why: 'Each RUN starts in the WORKDIR: what follows works in another directory than its author believes.',
    fix: 'Use WORKDIR.',
    bad: ['FROM alpine:3.20\nRUN cd /app\nRUN make\n', 'FROM alpine:3.20\nRUN mkdir /app && cd /app\nRUN make\n'],
    good: ['FROM alpine:3.20\nWORKDIR /app\nRUN make\n', 'FROM alpine:3.20\nRUN cd /app && make\n'],
    references: ['https://docs.docker.com/reference/dockerfile/#workdir'],
  },
  *check(model) {
    for (const command of commandsNamed(model, 'cd', 'pushd', 'chdir')) {
      const [name] = command.words;
      const { instruction } = command;
      if (name === undefined || instruction.keyword !== 'RUN') continue;
      if (model.commandsOf(instruction).some((other) => !starts(other, command))) {
        if (isLast(model, command)) yield { message: 'The next instruction does not start in this directory', range: name.range };
        continue;
      }
      yield {
        message: 'The directory is changed for this RUN only, which does nothing else',
        range: name.range,
        fixes: fixWith('suggested', 'Use WORKDIR', useWorkdir(model, command)),
      };
    }
  },
};

/** True when nothing stands behind the command but the end of the here-document it is in: a loop or a group would go on. */
function isLast(model: DockerfileModel, { instruction, language, embedded, range }: ShellCommand): boolean {
  if (language !== 'sh' || embedded) return false;
  const rest = model.text.slice(offsetAt(model.document, range.end), offsetAt(model.document, instruction.range.end));
  return instruction.heredocs.length === 0 ? rest.trim() === '' : /^\s*\n[\w.-]+\s*$/.test(rest);
}

function starts(other: ShellCommand, command: ShellCommand): boolean {
  for (let at: ShellCommand | undefined = command; at !== undefined; at = at.wrapper) if (at === other) return true;
  return false;
}

function useWorkdir(model: DockerfileModel, command: ShellCommand): readonly TextEdit[] | undefined {
  const { instruction } = command;
  const [target, ...others] = optionsOf(command).operands;
  const isPlain = target !== undefined && others.length === 0 && target.written && /^[\w./:\\-]+$/.test(target.value);
  if (!isPlain || model.commandsOf(instruction).length !== 1 || command.redirects.length > 0) return undefined;
  return [replaceRange({ start: instruction.keywordRange.start, end: instruction.range.end }, `WORKDIR ${target.value}`)];
}
