import { commandsNamed, hasFlag, optionsOf } from '../queries/commands.ts';
import { fixWith, replaceRange } from '../queries/edits.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL8025',
  slug: 'shell-replaced-by-link',
  title: '/bin/sh replaced by a link',
  severity: 'low',
  aliases: ['DL4005'],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports: '`ln -s … /bin/sh`.',
    why: "Every script of the image, the package manager's included, runs in another shell from then on, also in the running container; the next update of the shell undoes it.",
    fix: 'Use SHELL, which holds for the RUNs that follow and nothing else.',
    bad: ['FROM debian:12\nRUN ln -sf /bin/bash /bin/sh\n', 'FROM debian:12\nRUN rm /bin/sh && ln -s /bin/bash /bin/sh\n'],
    good: ['FROM debian:12\nSHELL ["/bin/bash", "-c"]\n', 'FROM debian:12\nRUN ln -s /bin/sh /bin/mysh\n'],
    references: ['https://docs.docker.com/reference/dockerfile/#shell'],
  },
  *check(model) {
    for (const command of commandsNamed(model, 'ln')) {
      const [source, target] = optionsOf(command).operands;
      if (
        source === undefined ||
        target === undefined ||
        !/^(?:\/usr)?\/bin\/sh$/.test(target.value) ||
        !hasFlag(command, { short: 's', long: 'symbolic' })
      )
        continue;
      const { instruction } = command;
      const isAlone = model.commandsOf(instruction).length === 1 && instruction.keyword === 'RUN' && /^\/[\w./-]+$/.test(source.value);
      const edits = [replaceRange({ start: instruction.keywordRange.start, end: instruction.range.end }, `SHELL ["${source.value}", "-c"]`)];
      yield {
        message: `Every script of the image will run in ${source.value}: SHELL changes it for the build alone`,
        range: target.range,
        fixes: fixWith('suggested', 'Use SHELL', isAlone ? edits : undefined),
      };
    }
  },
};
