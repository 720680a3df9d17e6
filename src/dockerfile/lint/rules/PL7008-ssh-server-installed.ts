import type { TextEdit } from '../../../foundation/model/text-range.ts';
import type { DockerfileModel } from '../../syntax/model.ts';
import type { ShellCommand, ShellWord } from '../../syntax/shell/command.ts';
import { commandsNamed, optionsOf } from '../queries/commands.ts';
import { dropCommand } from '../queries/drop-command.ts';
import { fixWith, removeWord } from '../queries/edits.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL7008',
  slug: 'ssh-server-installed',
  title: 'SSH or Telnet server in the image',
  severity: 'medium',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      'An SSH or Telnet server installed by a package manager (openssh-server, dropbear, telnetd), or sshd started by the container. The SSH client is not reported.',
    why: 'A login service runs as root beside the program, with users, keys and a configuration that nobody maintains, and lets whoever gets a key or password in past the orchestrator.',
    fix: 'Leave it out: `docker exec` and `kubectl exec` open a shell where one is needed, with access control and a log.',
    bad: [
      'FROM debian:12\nRUN apt-get update && apt-get install -y curl openssh-server\n',
      'FROM alpine:3.20\nRUN apk add --no-cache dropbear=2024.85-r0 bash\n',
      'FROM rockylinux:9\nRUN dnf -y install openssh-server\n',
      'FROM debian:12\nCMD ["/usr/sbin/sshd", "-D"]\n',
    ],
    good: [
      'FROM debian:12\nRUN apt-get update && apt-get install -y openssh-client\n',
      'FROM alpine:3.20\nRUN apk add --no-cache openssh-client-default && apk del openssh-server\n',
      'FROM debian:12\nRUN which sshd; echo "apt-get install openssh-server"\n',
    ],
    references: [
      'https://docs.docker.com/build/building/best-practices/',
      'https://kubernetes.io/docs/tasks/debug/debug-application/get-shell-running-container/',
    ],
  },
  *check(model) {
    for (const command of commandsNamed(model, ...MANAGERS.keys())) {
      const words = optionsOf(command).operands;
      const verb = words.findIndex(({ value }) => MANAGERS.get(command.name)?.test(value));
      if (verb < 0) continue;
      const packages = words.slice(verb + 1);
      for (const word of packages.filter(({ value }) => SERVERS.test(value))) {
        yield {
          message: `${word.value} puts a login server into the image`,
          range: word.range,
          fixes: fixWith('suggested', `Do not install ${word.value}`, leaveOut(model, command, packages, word)),
        };
      }
    }
    for (const command of commandsNamed(model, 'sshd', 'dropbear', 'in.telnetd', 'telnetd')) {
      const { keyword } = command.instruction;
      const [name] = command.words;
      if (name !== undefined && (keyword === 'CMD' || keyword === 'ENTRYPOINT') && !command.args.some(({ value }) => /^-[tTV]$/.test(value)))
        yield { message: `The container starts ${command.name}, which lets someone in from outside`, range: name.range };
    }
  },
};

/** By package manager: the words that install. */
const MANAGERS: ReadonlyMap<string, RegExp> = new Map([
  ['apt-get', /^install$/],
  ['apt', /^install$/],
  ['aptitude', /^install$/],
  ['apk', /^add$/],
  ['yum', /^(?:re)?install$/],
  ['dnf', /^(?:re)?install$/],
  ['microdnf', /^(?:re)?install$/],
  ['tdnf', /^(?:re)?install$/],
  ['zypper', /^(?:install|in)$/],
]);

const SERVERS =
  /^(?:openssh-server(?:-pam)?|dropbear(?:-bin|-run)?|tinyssh|telnetd(?:-ssl)?|inetutils-telnetd|telnet-server)(?:[=<>~:/-]\d.*|[=/~].*)?$/;

function leaveOut(model: DockerfileModel, command: ShellCommand, packages: readonly ShellWord[], word: ShellWord): readonly TextEdit[] | undefined {
  return packages.length === 1 ? dropCommand(model, command) : removeWord(model, command, word);
}
