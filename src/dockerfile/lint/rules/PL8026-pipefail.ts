import type { DockerfileModel, Instruction } from '../../syntax/model.ts';
import type { Pipeline, ShellCommand } from '../../syntax/shell/command.ts';
import { isShell } from '../../syntax/shell/interpreters.ts';
import { fixWith, insertLineAbove } from '../queries/edits.ts';
import { instructionsNamed, lineageOf } from '../queries/instructions.ts';
import { shellAt } from '../queries/shells.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL8026',
  slug: 'pipefail',
  title: 'Failure inside a pipe is not noticed',
  severity: 'low',
  aliases: ['DL4006'],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports:
      'The first pipe of a RUN in sh or bash without pipefail, be it by SHELL, `set -o pipefail` or `bash -o pipefail`. Pipes that only printed text goes into (`echo … | sha256sum -c`), pipes in substitutions, PowerShell and cmd are not reported.',
    why: 'Only the last command of a pipe decides whether the step fails: a download that broke off, or a checksum tool that was not there, goes into the image unnoticed.',
    fix: 'Put `SHELL ["/bin/bash", "-o", "pipefail", "-c"]` in front, on Alpine `SHELL ["/bin/ash", "-eo", "pipefail", "-c"]`.',
    bad: [
      'FROM debian:12\nRUN curl -fsS https://example.com/a.tgz | tar -xz\n',
      'FROM alpine:3.20\nRUN a && wget -O - https://example.com/a | gunzip > /a\n',
    ],
    good: [
      'FROM debian:12\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN curl -fsS https://example.com/a.tgz | tar -xz\n',
      'FROM debian:12\nRUN set -eo pipefail; curl -fsS https://example.com/a.tgz | tar -xz\n',
      'FROM debian:12\nRUN echo "abc  /a" | sha256sum -c - && V=$(ls | wc -l)\n',
      'FROM debian:12\nRUN bash -o pipefail -c "a | b"\nCMD a | b\n',
    ],
    references: ['https://docs.docker.com/build/building/best-practices/#using-pipes'],
  },
  *check(model) {
    if (!model.text.includes('|')) return;
    for (const instruction of instructionsNamed(model, 'RUN')) {
      if (shellAt(model, instruction)?.args.some(({ value }) => value.includes('pipefail')) === true) continue;
      const command = firstUnguarded(model, instruction);
      const [name] = command?.words ?? [];
      if (command === undefined || name === undefined) continue;
      yield {
        message: `When ${command.name} fails here, the build goes on`,
        range: name.range,
        fixes: fixWith(
          'suggested',
          'Set pipefail before it',
          instruction.onbuild ? undefined : [insertLineAbove(model, instruction, shellLine(model, instruction))],
        ),
      };
    }
  },
};

/** Returns the command whose failure is not noticed. */
function firstUnguarded(model: DockerfileModel, instruction: Instruction): ShellCommand | undefined {
  for (const command of model.commandsOf(instruction)) {
    if (command.language !== 'sh') continue;
    if ((command.name === 'set' || isShell(command.name)) && command.args.some(({ value }) => value === 'pipefail')) return undefined;
    const place = command.places.at(-1);
    if (place === undefined || command.within !== undefined || command.words.length === 0) continue;
    if (place.stage < place.pipeline.stages.length - 1 && !onlyPrints(place.pipeline)) return command;
  }
  return undefined;
}

const PRINTERS: ReadonlySet<string> = new Set(['echo', 'printf', 'yes', 'true', ':', '']);

function onlyPrints({ stages }: Pipeline): boolean {
  return stages.slice(0, -1).every((commands) => commands.every(({ name }) => PRINTERS.has(name)));
}

function shellLine(model: DockerfileModel, instruction: Instruction): string {
  const image = lineageOf(model.stages[instruction.stage]).at(-1)?.image?.resolved ?? '';
  return /alpine|busybox/i.test(image) ? 'SHELL ["/bin/ash", "-eo", "pipefail", "-c"]' : 'SHELL ["/bin/bash", "-o", "pipefail", "-c"]';
}
