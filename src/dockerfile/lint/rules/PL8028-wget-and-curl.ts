import { compareBy } from '../../../foundation/base/order.ts';
import type { ShellCommand } from '../../syntax/shell/command.ts';
import { commandsMatching, nameWord } from '../queries/commands.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL8028',
  slug: 'wget-and-curl',
  title: 'wget and curl in one stage',
  severity: 'negligible',
  aliases: ['DL4001', 'DS-0014'],
  appliesToHistory: false,
  docs: {
    reports: 'RUNs of one stage that use wget and curl both. The first use of the second tool is reported.',
    why: 'Both have to be installed and kept up to date, each with its own flaws and options.',
    fix: 'Use one of them.',
    bad: ['FROM debian:12\nRUN curl -fO https://example.com/a\nRUN wget https://example.com/b\n'],
    good: [
      'FROM debian:12 AS a\nRUN curl -fO https://example.com/a\nFROM alpine:3.20\nRUN wget https://example.com/b\n',
      'FROM debian:12\nRUN apt-get install -y curl && wget https://example.com/b\nHEALTHCHECK CMD curl -f http://localhost/\n',
    ],
    references: ['https://docs.docker.com/build/building/best-practices/#dont-install-unnecessary-packages'],
  },
  *check(model) {
    const first = new Map<number, string>();
    for (const command of commandsMatching(model, /^(?:curl|wget)$/).toSorted(compareByPlace)) {
      if (command.instruction.keyword !== 'RUN' || command.language === 'powershell') continue;
      const { stage } = command.instruction;
      const other = first.get(stage);
      const name = nameWord(command);
      if (other === undefined) first.set(stage, command.name);
      else if (other !== '' && other !== command.name && name !== undefined) {
        first.set(stage, '');
        yield { message: `This stage uses ${other} already`, range: name.range };
      }
    }
  },
};

const compareByPlace = compareBy<ShellCommand>(
  (a, b) => a.instruction.index - b.instruction.index,
  (a, b) => a.range.start.line - b.range.start.line,
  (a, b) => a.range.start.character - b.range.start.character,
);
