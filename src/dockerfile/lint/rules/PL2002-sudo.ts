import type { TextEdit } from '../../../foundation/model/text-range.ts';
import type { DockerfileModel } from '../../syntax/model.ts';
import type { ShellCommand } from '../../syntax/shell/command.ts';
import { commandsNamed, findFlags, optionsOf } from '../queries/commands.ts';
import { fixWith, replaceRange } from '../queries/edits.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL2002',
  slug: 'sudo',
  title: 'sudo in a build',
  severity: 'medium',
  aliases: ['DL3004', 'DS-0010', 'CKV2_DOCKER_1'],
  fixable: 'suggested',
  docs: {
    reports: 'A command that sudo starts. Installing the sudo package is not reported here.',
    why: 'A build is root already unless USER says otherwise. Where sudo works without a password it also works for whoever takes over the running container, and USER protects nothing.',
    fix: 'Leave sudo out, and set USER: root for the steps that need it, another one at the end. To step down from root at start, use gosu or setpriv.',
    bad: [
      'FROM ubuntu:24.04\nRUN sudo apt-get update\n',
      'FROM ubuntu:24.04\nRUN id && env A=b sudo -E make install\n',
      'FROM ubuntu:24.04\nRUN ["sudo", "make", "install"]\n',
    ],
    good: [
      'FROM ubuntu:24.04\nRUN apt-get update && apt-get install -y --no-install-recommends sudo\n',
      'FROM ubuntu:24.04\nRUN echo "never use sudo here"\n',
    ],
    references: ['https://docs.docker.com/build/building/best-practices/#user'],
  },
  *check(model) {
    for (const command of commandsNamed(model, 'sudo')) {
      const word = command.words[0];
      if (word === undefined) continue;
      yield {
        message: messageFor(command),
        range: word.range,
        fixes: fixWith('suggested', 'Remove sudo', removeSudo(model, command)),
      };
    }
  },
};

function messageFor(command: ShellCommand): string {
  if (/^(?:CMD|ENTRYPOINT|HEALTHCHECK)$/.test(command.instruction.keyword)) return 'sudo gives whoever takes over the container a way to root';
  const isForOther = findFlags(command, { short: 'u', long: 'user' }).some(({ value }) => value !== 'root');
  return isForOther
    ? 'sudo is not needed to become another user: USER does that, and leaves no way back to root in the image'
    : 'sudo is not needed in a build, and leaves a way back to root in the image';
}

/** sudo's own options go with it; one that names a user is the author's to decide on. */
function removeSudo(model: DockerfileModel, command: ShellCommand): readonly TextEdit[] | undefined {
  const started = model.commandsOf(command.instruction).find((candidate) => candidate.wrapper === command);
  const [sudo] = command.words;
  const [name] = started?.words ?? [];
  if (sudo?.written !== true || name?.written !== true) return undefined;
  if (optionsOf(command).options.some(({ name: option }) => !/^(?:[EHnSkKbP]|preserve-env|set-home|non-interactive)$/.test(option))) return undefined;
  if (command.args.some((word) => word.range === sudo.range)) return undefined;
  return [replaceRange({ start: sudo.range.start, end: name.range.start }, '')];
}
