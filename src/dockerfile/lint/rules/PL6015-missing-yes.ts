import type { DockerfileModel } from '../../syntax/model.ts';
import type { ShellCommand } from '../../syntax/shell/command.ts';
import { feeders, hasFlag, optionsOf } from '../queries/commands.ts';
import { fixWith } from '../queries/edits.ts';
import { optionBehind, packageActions } from '../queries/package-managers.ts';
import { matchesIn, writtenTexts } from '../queries/written-text.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL6015',
  slug: 'missing-yes',
  title: 'Package manager that waits for an answer',
  severity: 'low',
  aliases: ['DL3014', 'DL3030', 'DL3034', 'DL3038', 'DS-0021'],
  fixable: 'safe',
  appliesToHistory: false,
  docs: {
    reports:
      'apt-get, apt, yum, dnf, microdnf and zypper told to install, upgrade or remove without -y or what stands for it (-qq, --assumeyes, --non-interactive, a configuration, `yes |`).',
    why: 'The build has no one to answer: it stops there as soon as something more than the named package is to be installed.',
    fix: 'Add -y.',
    bad: [
      'FROM debian:12\nRUN apt-get update && apt-get install curl\n',
      'FROM rockylinux:9\nRUN dnf install httpd\n',
      'FROM opensuse/leap:15.6\nRUN zypper install curl\n',
    ],
    good: [
      'FROM debian:12\nRUN apt-get update && apt-get install -yq curl && apt-get -qq install git && yes | apt-get install vim\n',
      'FROM rockylinux:9\nRUN dnf --assumeyes install httpd && dnf clean all\n',
      'FROM opensuse/leap:15.6\nRUN zypper --non-interactive install curl\n',
    ],
    references: ['https://docs.docker.com/build/building/best-practices/#apt-get'],
  },
  *check(model) {
    let configured: ReadonlyMap<number, number> | undefined;
    for (const [managers, verbs, answers] of MANAGERS) {
      for (const action of packageActions(model, managers, verbs)) {
        const { command, verb } = action;
        if (answers(command) || feeders(command).some(({ name }) => /^(?:yes|echo|printf)$/.test(name))) continue;
        configured ??= configuredStages(model);
        if ((configured.get(command.instruction.stage) ?? Infinity) <= command.instruction.index) continue;
        yield {
          message: `${command.name} ${verb.value} asks, and a build has no one to answer`,
          range: verb.range,
          fixes: fixWith('safe', 'Add -y', optionBehind(action, '-y')),
        };
      }
    }
  },
};

const MANAGERS: readonly (readonly [managers: readonly string[], verbs: RegExp, answers: (command: ShellCommand) => boolean])[] = [
  [
    ['apt-get', 'apt', 'aptitude'],
    /^(?:install|reinstall|upgrade|dist-upgrade|full-upgrade|remove|purge|autoremove|build-dep)$/,
    (command) =>
      isAnswered(command, 'yes', 'assume-yes', 'force-yes', 'assume-no', 'download-only', 'simulate', 'dry-run', 'print-uris') || isQuiet(command),
  ],
  [
    ['yum', 'dnf', 'dnf5', 'microdnf', 'tdnf'],
    /^(?:install|reinstall|update|upgrade|remove|erase|groupinstall|localinstall|autoremove|swap)$/,
    (command) => isAnswered(command, 'assumeyes', 'assumeno', 'yes', 'downloadonly'),
  ],
  [
    ['zypper'],
    /^(?:in|install|up|update|patch|dup|dist-upgrade|rm|remove|source-install|si)$/,
    (command) => isAnswered(command, 'no-confirm', 'non-interactive', 'dry-run') || hasFlag(command, { short: 'n' }),
  ],
];

function isAnswered(command: ShellCommand, ...names: readonly string[]): boolean {
  return (
    hasFlag(command, { short: 'y' }) ||
    optionsOf(command).options.some(({ name, isLong }) => isLong && names.includes(name)) ||
    hasFlag(command, { short: 's' })
  );
}

/** `-qq` and `-q=2` of apt answer as well; so does the option spelt out. */
function isQuiet(command: ShellCommand): boolean {
  const { options } = optionsOf(command);
  if (
    options.filter(({ name }) => name === 'q' || name === 'quiet').length > 1 ||
    command.args.some(({ value }) => /^(?:-q=|--quiet=)[2-9]$/.test(value))
  )
    return true;
  return options.some(({ name, value }) => (name === 'o' || name === 'option') && /^APT::Get::Assume-(?:Yes|No)=/i.test(value ?? ''));
}

/** Returns, by stage, the first instruction that writes apt's or dnf's own setting. */
function configuredStages(model: DockerfileModel): ReadonlyMap<number, number> {
  const first = new Map<number, number>();
  for (const text of writtenTexts(model)) {
    const { stage, index } = text.instruction;
    if (!first.has(stage) && matchesIn(model, text, ASSUME_YES).length > 0) first.set(stage, index);
  }
  return first;
}

const ASSUME_YES = /APT::Get::Assume-Yes\s{0,4}["']?(?:true|yes|1)|\bassumeyes\s{0,4}=\s{0,4}(?:1|true|yes)/gi;
