import type { DockerfileModel } from '../../syntax/model.ts';
import type { ShellCommand } from '../../syntax/shell/command.ts';
import { commandsNamed, nameWord } from '../queries/commands.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL8044',
  slug: 'command-without-effect',
  title: 'Command that does nothing in a build',
  severity: 'negligible',
  aliases: ['DL3001'],
  appliesToHistory: false,
  docs: {
    reports:
      'RUN of an editor or a monitor, which wait for somebody at a terminal (vim, nano, top, less), of shutdown and reboot, a service started at the end of a RUN, which ends with it, and a RUN that only shows processes, memory or interfaces (ps, free, ifconfig). Installing such programs is not reported, nor is what is piped or redirected.',
    why: 'The build hangs, fails, or goes on as if something had been started: nothing of it is in the image.',
    fix: 'Take it out. What has to run in the container belongs into CMD or ENTRYPOINT; files are edited with sed or copied.',
    bad: ['FROM debian:12\nRUN top\n', 'FROM debian:12\nRUN apt-get update && service ssh start\n', 'FROM debian:12\nRUN ["ps", "-ef"]\n'],
    good: [
      'FROM debian:12\nRUN apt-get install -y vim top && update-alternatives --set editor /usr/bin/vim.basic\n',
      'FROM debian:12\nRUN service mysql start && mysql -e "CREATE DATABASE a"\n',
      'FROM debian:12\nRUN ps -ef | grep -q sshd && free -m > /mem.txt\nRUN vim -es -c "PlugInstall" -c qa\n',
    ],
    references: ['https://docs.docker.com/build/building/best-practices/#run', 'https://docs.docker.com/engine/containers/multi-service_container/'],
  },
  *check(model) {
    for (const { names, says, applies } of KINDS) {
      for (const command of commandsNamed(model, ...names)) {
        const word = nameWord(command);
        if (word === undefined || command.instruction.keyword !== 'RUN' || !/^(?:sh|exec)$/.test(command.language) || isConnected(command)) continue;
        if (applies(model, command)) yield { message: `${command.name} ${says}`, range: word.range };
      }
    }
  },
};

interface Kind {
  readonly names: readonly string[];
  readonly says: string;
  readonly applies: (model: DockerfileModel, command: ShellCommand) => boolean;
}

const KINDS: readonly Kind[] = [
  {
    names: ['vi', 'vim', 'nvim', 'nano', 'pico', 'emacs', 'joe'],
    says: 'waits for somebody at a terminal, and a build has none',
    // Plugins are installed by vim commands, batch modes and scripts.
    applies: (_, { args }) => args.every(({ value }) => !/^[-+]/.test(value)),
  },
  {
    names: ['top', 'htop', 'less', 'more'],
    says: 'waits for somebody at a terminal, and a build has none',
    applies: (_, { args }) => args.every(isNoBatch),
  },
  { names: ['shutdown', 'reboot', 'halt', 'poweroff'], says: 'has no machine to stop: a build runs in a container', applies: () => true },
  { names: ['ps', 'free', 'ifconfig', 'uptime'], says: 'only shows what the build runs in', applies: (model, command) => isAlone(model, command) },
  {
    names: ['service', 'systemctl'],
    says: 'starts what ends with this RUN: start it in CMD or ENTRYPOINT',
    applies: (model, command) => command.args.some(({ value }) => /^(?:re)?start$/.test(value)) && isLast(model, command),
  },
];

function isNoBatch({ value }: { readonly value: string }): boolean {
  return !/^-[a-zA-Z]*[bhvV]|^--(?:batch|help|version)/.test(value);
}

/** True when something reads what it prints, or feeds it. */
function isConnected({ places, within, redirects }: ShellCommand): boolean {
  return places.length > 0 || within !== undefined || redirects.length > 0;
}

function isAlone(model: DockerfileModel, command: ShellCommand): boolean {
  return model.commandsOf(command.instruction).every((other) => other === command || other === command.wrapper);
}

function isLast(model: DockerfileModel, command: ShellCommand): boolean {
  return model.commandsOf(command.instruction).at(-1) === command;
}
