import type { DockerfileModel } from '../../syntax/model.ts';
import type { ShellCommand, ShellWord } from '../../syntax/shell/command.ts';
import { nameMatcher, optionOf, type TextsOption } from '../options.ts';
import { attackTools } from '../queries/attack-tools.ts';
import { findFlags } from '../queries/commands.ts';
import { fixWith, removeWord } from '../queries/edits.ts';
import { finalInstructions } from '../queries/instructions.ts';
import { Memo } from '../queries/memo.ts';
import type { PackageAction } from '../queries/package-managers.ts';
import { isInFinalImage, packageActions } from '../queries/package-managers.ts';
import type { Rule } from '../rule.ts';

const ignoredPackages: TextsOption = {
  kind: 'texts',
  name: 'ignore',
  description: 'Packages that the image is for, or that are needed in it; `netcat*` stands for all that begin so.',
  default: [],
  examples: ['tcpdump', 'netcat*'],
};

export const rule: Rule = {
  id: 'PL6022',
  slug: 'attack-tools',
  title: 'Debug or attack tool in the image',
  severity: 'medium',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      'Packages such as nmap, netcat, socat, gdb, strace, tcpdump, telnet, ftp and hydra, installed into the final image by apt, apk, yum, dnf or zypper. Not reported: build stages whose files are copied only, packages that the same RUN removes again, and the tool that the image is for: the one CMD or ENTRYPOINT starts. SSH servers have a rule of their own (PL7008).',
    why: 'Who gets a foothold in the container finds his tools at hand: he scans and reaches the network behind it, reads the memory and the traffic of the application, and takes data out, without having to bring anything in that could be noticed.',
    fix: 'Leave them out; debug with a container of its own beside it (`docker run --pid=container:…`, `kubectl debug`), or in a separate stage.',
    bad: [
      'FROM debian:12\nRUN apt-get update && apt-get install -y --no-install-recommends curl nmap netcat-openbsd\n',
      'FROM alpine:3.20\nRUN apk add --no-cache tcpdump=4.99.4-r1\n',
      'FROM rockylinux:9\nRUN dnf install -y strace gdb && dnf clean all\n',
    ],
    good: [
      'FROM debian:12 AS debug\nRUN apt-get update && apt-get install -y gdb\nFROM debian:12\nRUN apt-get update && apt-get install -y curl\n',
      'FROM alpine:3.20\nRUN apk add --no-cache --virtual .tools strace && ./measure.sh && apk del .tools\n',
      'FROM debian:12\nRUN apt-get install -y nmap && nmap -sn 127.0.0.1 && apt-get purge -y nmap\n',
    ],
    references: [
      'https://attack.mitre.org/techniques/T1046/',
      'https://kubernetes.io/docs/tasks/debug/debug-application/debug-running-pod/#ephemeral-container',
    ],
  },
  options: [ignoredPackages],
  *check(model, context) {
    const isIgnored = nameMatcher(optionOf(context, ignoredPackages));
    const started = startedPrograms(model);
    for (const [managers, verbs] of INSTALLS) {
      for (const action of packageActions(model, managers, verbs)) {
        for (const word of action.operands) {
          const name = packageName(word.value);
          const what = attackTools.get(name);
          if (
            what === undefined ||
            isIgnored(name) ||
            started.has(name.replace(/-.*$/, '')) ||
            !isInFinalImage(model, action.command.instruction) ||
            isRemovedAgain(model, action, name)
          )
            continue;
          yield {
            message: `${name} ${what}: at hand for whoever gets into the container`,
            range: word.range,
            fixes: fixWith('suggested', `Leave ${name} out`, leaveOut(model, action, word)),
          };
        }
      }
    }
  },
};

const INSTALLS: readonly (readonly [managers: readonly string[], verbs: RegExp])[] = [
  [['apt-get', 'apt', 'aptitude'], /^(?:install|reinstall)$/],
  [['apk'], /^add$/],
  [['yum', 'dnf', 'dnf5', 'microdnf', 'tdnf'], /^(?:re)?install$/],
  [['zypper'], /^(?:in|install)$/],
];

/** Returns the names of the programs that a container of the image starts with. */
function startedPrograms(model: DockerfileModel): ReadonlySet<string> {
  const starts = finalInstructions(model).filter(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT');
  return new Set(starts.flatMap((instruction) => model.commandsOf(instruction).map(({ name }) => name)));
}

/** Without version, release and architecture. */
function packageName(value: string): string {
  return value
    .replace(/[=~<>/@].*$/, '')
    .replace(/:(?:any|native|[a-z0-9]{3,8})$/, '')
    .replace(/-\d[\w.:~^-]*$/, '')
    .toLowerCase();
}

/** True when the same RUN removes the package, or the virtual package of apk that it belongs to. */
function isRemovedAgain(model: DockerfileModel, { command }: PackageAction, name: string): boolean {
  const group = findFlags(command, { short: 't', long: 'virtual' })[0]?.value;
  const removed = removals.of(command.instruction, () => new Set(model.commandsOf(command.instruction).flatMap(removedBy)));
  return removed.has(`${command.name} ${name}`) || (group !== undefined && removed.has(`${command.name} ${group}`));
}

const removals = new Memo<ReadonlySet<string>>();

function removedBy({ name, args }: ShellCommand): readonly string[] {
  const isRemoval = args.some(({ value }) => /^(?:del|remove|purge|autoremove|erase|rm)$/.test(value));
  return isRemoval ? args.map(({ value }) => `${name} ${value}`) : [];
}

/** The last package stays: the command would be left without any. */
function leaveOut(model: DockerfileModel, action: PackageAction, word: ShellWord): ReturnType<typeof removeWord> {
  const others = action.operands.filter((operand) => operand !== word && !attackTools.has(packageName(operand.value)));
  return others.length === 0 ? undefined : removeWord(model, action.command, word);
}
