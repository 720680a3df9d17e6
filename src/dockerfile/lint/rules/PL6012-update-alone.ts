import type { TextEdit } from '../../../foundation/model/text-range.ts';
import type { DockerfileModel } from '../../syntax/model.ts';
import type { ShellCommand } from '../../syntax/shell/command.ts';
import { fixWith, insertAt, removeInstruction } from '../queries/edits.ts';
import type { PackageAction } from '../queries/package-managers.ts';
import { packageActions } from '../queries/package-managers.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL6012',
  slug: 'update-alone',
  title: 'Package lists updated in a RUN of their own',
  severity: 'low',
  aliases: ['DS-0017', 'CKV_DOCKER_5'],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports:
      '`apt-get update`, `apk update`, `zypper refresh` and `dnf makecache` in a RUN in which nothing is installed afterwards. A RUN that goes on with other programs, which may install, is not reported.',
    why: 'The builder keeps that layer: weeks later, a changed install line gets the packages of the old lists, with the holes that were closed since, or fails because they are gone.',
    fix: 'Update and install in one RUN: `RUN apt-get update && apt-get install -y …`.',
    bad: ['FROM debian:12\nRUN apt-get update\nRUN apt-get install -y curl\n', 'FROM alpine:3.20\nRUN apk update\nRUN apk add curl\n'],
    good: [
      'FROM debian:12\nRUN apt-get update && apt-get install -y curl\n',
      'FROM debian:12\nRUN apt-get update && ./install-packages.sh\n',
      'FROM alpine:3.20\nRUN apk add --no-cache curl\n',
    ],
    references: ['https://docs.docker.com/build/building/best-practices/#apt-get'],
  },
  *check(model) {
    for (const [managers, verbs] of UPDATES) {
      const last = new Map(packageActions(model, managers, verbs).map((action) => [action.command.instruction, action]));
      for (const action of last.values()) {
        const { command, verb } = action;
        if ((command.embedded && command.language !== 'exec') || !isAlone(model, action)) continue;
        yield {
          message: `${command.name} ${verb.value} is kept by the build cache, and a later install uses old lists`,
          range: verb.range,
          fixes: fixWith('suggested', 'Update in the RUN that installs', moveToInstall(model, action, managers)),
        };
      }
    }
  },
};

const UPDATES: readonly (readonly [managers: readonly string[], verbs: RegExp])[] = [
  [['apt-get', 'apt', 'aptitude'], /^update$/],
  [['apk'], /^update$/],
  [['zypper'], /^(?:ref|refresh)$/],
  [['yum', 'dnf', 'dnf5', 'microdnf', 'tdnf'], /^(?:makecache|check-update)$/],
];

/** What may stand behind the update without using the lists. */
const IDLE =
  /^(?:rm|echo|printf|true|:|set|cat|mkdir|ls|sleep|date|exit|env|sudo|time|test|\[|cd|ln|cp|mv|touch|chmod|chown|export|unset|id|whoami|adduser|addgroup|useradd|groupadd|usermod|)$/;

function isAlone(model: DockerfileModel, { command }: PackageAction): boolean {
  const commands = model.commandsOf(command.instruction);
  return commands.slice(commands.indexOf(command) + 1).every((later) => IDLE.test(later.name) || isUpdateOrClean(later));
}

function isUpdateOrClean({ name, args }: ShellCommand): boolean {
  const isManager = UPDATES.some(([managers]) => managers.includes(name));
  return (
    isManager && args.some(({ value }) => /^(?:update|clean|autoclean|autoremove|makecache|check-update|ref|refresh|cc|list|search)$/.test(value))
  );
}

/** Moves the update into the next RUN when that begins with an install by the same manager, and this one does nothing else. */
function moveToInstall(model: DockerfileModel, { command }: PackageAction, managers: readonly string[]): readonly TextEdit[] | undefined {
  const { instruction } = command;
  const next = model.instructions[instruction.index + 1];
  if (next?.keyword !== 'RUN' || next.stage !== instruction.stage || next.onbuild !== instruction.onbuild || next.heredocs.length > 0)
    return undefined;
  if (model.commandsOf(instruction).length !== 1 || command.language !== 'sh' || instruction.heredocs.length > 0) return undefined;
  const [install] = model.commandsOf(next);
  if (install?.language !== 'sh' || !managers.includes(install.name) || install.embedded) return undefined;
  const words = command.words.map(({ text }) => text).join(' ');
  return [...removeInstruction(model, instruction), insertAt(install.range.start, `${words} && `)];
}
