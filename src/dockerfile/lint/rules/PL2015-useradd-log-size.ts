import { commandsNamed, findFlags, hasFlag, nameWord } from '../queries/commands.ts';
import { fixWith, insertAt } from '../queries/edits.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL2015',
  slug: 'useradd-log-size',
  title: 'useradd with a high id and without -l',
  severity: 'low',
  aliases: ['DL3046'],
  fixable: 'safe',
  appliesToHistory: false,
  docs: {
    reports: 'useradd with a user id of six digits or more and without -l (--no-log-init).',
    why: 'useradd writes to the end of /var/log/lastlog and faillog, whose length grows with the id: a sparse file of gigabytes, which the layer holds in full.',
    fix: 'Add -l, or choose an id below 100000.',
    bad: ['FROM debian:12\nRUN useradd -u 1234567 app\n', 'FROM debian:12\nRUN useradd --create-home --uid=999999 app\n'],
    good: ['FROM debian:12\nRUN useradd -l -u 1234567 app\n', 'FROM debian:12\nRUN useradd --no-log-init --uid 999999 a && useradd -u 10001 b\n'],
    references: ['https://docs.docker.com/build/building/best-practices/#user'],
  },
  *check(model) {
    for (const command of commandsNamed(model, 'useradd')) {
      const name = nameWord(command);
      if (name === undefined || hasFlag(command, { short: 'l', long: 'no-log-init', shortest: 'no-log' })) continue;
      const id = findFlags(command, { short: 'u', long: 'uid' }).find(({ value }) => /^\d{6,}$/.test(value ?? ''));
      if (id?.valueWord === undefined) continue;
      yield {
        message: `With the id ${id.value ?? ''} useradd makes a lastlog of many gigabytes`,
        range: id.valueWord.range,
        fixes: fixWith('safe', 'Add -l', name.written && command.language !== 'exec' ? [insertAt(name.range.end, ' -l')] : undefined),
      };
    }
  },
};
