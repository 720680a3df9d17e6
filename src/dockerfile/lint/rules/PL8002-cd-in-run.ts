import { offsetAt } from '../../syntax/text-document.ts';
import { originRange } from '../../syntax/mapped-text.ts';
import { commandsNamed, optionsOf } from '../queries/commands.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL8002',
  slug: 'cd-in-run',
  title: 'RUN begins with cd',
  severity: 'negligible',
  aliases: ['DL3003'],
  appliesToHistory: false,
  docs: {
    reports: 'A RUN whose first command changes to an absolute directory. A cd further in, in a subshell or to a relative directory is not reported.',
    why: 'The next RUN starts in the old directory again, which is easily overlooked when steps are added or moved.',
    fix: 'Put `WORKDIR /the/directory` in front of the RUN.',
    bad: ['FROM alpine:3.20\nRUN cd /src && make\n'],
    good: ['FROM alpine:3.20\nWORKDIR /src\nRUN make && cd /tmp && ls\n', 'FROM alpine:3.20\nRUN (cd /src && make)\n'],
    references: ['https://docs.docker.com/reference/dockerfile/#workdir'],
  },
  *check(model) {
    for (const command of commandsNamed(model, 'cd')) {
      const { instruction, language, words } = command;
      const [target] = optionsOf(command).operands;
      const [name] = words;
      if (instruction.keyword !== 'RUN' || language === 'exec' || command.embedded || name === undefined || target === undefined) continue;
      const script = instruction.args.length === 1 ? (instruction.heredocs[0]?.body ?? instruction.body) : instruction.body;
      const [start] = originRange(script, script.text.length - script.text.trimStart().length, script.text.length);
      const isFirst = offsetAt(model.document, name.range.start) === start;
      const isAlone = model.commandsOf(instruction).length === 1;
      if (isFirst && !isAlone && target.value.startsWith('/'))
        yield { message: 'Only this RUN works in that directory: WORKDIR lasts', range: name.range };
    }
  },
};
