import type { DockerfileModel } from '../../syntax/model.ts';
import type { ShellCommand } from '../../syntax/shell/command.ts';
import type { Option } from '../../syntax/shell/options.ts';
import { commandsNamed, findFlags, nameWord, substitutionsOf, upstream } from '../queries/commands.ts';
import { dropCommand } from '../queries/drop-command.ts';
import { fixWith, removeOption } from '../queries/edits.ts';
import { isOfCopiedStage } from '../queries/stage-references.ts';
import type { Rule, RuleHit } from '../rule.ts';

export const rule: Rule = {
  id: 'PL2006',
  slug: 'account-password',
  title: "Account's password set in the build",
  severity: 'high',
  aliases: ['CKV2_DOCKER_17'],
  fixable: 'suggested',
  docs: {
    reports:
      'chpasswd, `passwd --stdin` or passwd fed by echo, and useradd, usermod, adduser with a password (-p). Not reported: locking an account (`passwd -l`, `usermod -p "*"`, `-p "!"`), a password from a secret mount, and one drawn at random.',
    why: 'Every container of the image has the same password, and whoever can pull the image reads it in the history or cracks its hash in /etc/shadow: with su, sudo or ssh it opens the account.',
    fix: 'Leave the account without a password (it is then locked) and switch to it with USER. Where a password must be, set it when the container starts, from a secret.',
    bad: [
      "FROM debian:12\nRUN echo 'root:hunter2' | chpasswd\n",
      'FROM debian:12\nRUN useradd -m -p "$(openssl passwd -6 hunter2)" app\n',
      'FROM debian:12\nRUN usermod --password hunter2 root\n',
      'FROM rockylinux:9\nRUN echo hunter2 | passwd --stdin root\n',
      "FROM debian:12\nRUN printf 'hunter2\\nhunter2\\n' | passwd app\n",
      "FROM debian:12\nRUN chpasswd <<< 'app:hunter2'\n",
    ],
    good: [
      "FROM debian:12\nRUN useradd -m app && passwd -l root && usermod -p '*' app && useradd -p '!' b\n",
      'FROM debian:12\nRUN --mount=type=secret,id=accounts chpasswd -e < /run/secrets/accounts\n',
      "FROM debian:12\nRUN echo 'use chpasswd to set it' && command -v chpasswd\n",
    ],
    references: ['https://man7.org/linux/man-pages/man8/chpasswd.8.html', 'https://attack.mitre.org/techniques/T1552/001/'],
  },
  *check(model) {
    yield* passwordsFed(model);
    for (const command of commandsNamed(model, 'useradd', 'usermod', 'newusers')) {
      if (isOfCopiedStage(model, command.instruction)) continue;
      for (const option of findFlags(command, { short: 'p', long: 'password' })) {
        if (option.valueWord === undefined || isLocking(option)) continue;
        yield {
          message: `${command.name} writes a password into the image that all of its containers share`,
          range: option.valueWord.range,
          fixes: fixWith('suggested', 'Remove the password', removeOption(model, command, option)),
        };
      }
    }
  },
};

function* passwordsFed(model: DockerfileModel): Iterable<RuleHit> {
  for (const command of commandsNamed(model, 'chpasswd', 'passwd')) {
    const name = nameWord(command);
    if (name === undefined || readsSecret(command) || isOfCopiedStage(model, command.instruction)) continue;
    if (command.name === 'passwd' && !isFed(command)) continue;
    yield {
      message: `${command.name} sets a password that all containers of the image share`,
      range: name.range,
      fixes: fixWith('suggested', 'Set no password', dropCommand(model, command, true)),
    };
  }
}

/** True for a password field that no password fits: `*`, `!`, `!!`, `x`. An empty one is another rule's. */
function isLocking({ value = '' }: Option): boolean {
  return /^(?:[*!x]|!!|\*LK\*|)$/.test(value) || value.startsWith('!');
}

/** passwd asks at the terminal unless something is piped or redirected into it. */
function isFed(command: ShellCommand): boolean {
  return upstream(command).length > 0 || command.redirects.some(({ operator }) => operator.startsWith('<'));
}

/** True when the password comes from a secret mount, or is drawn at random and known to nobody. */
function readsSecret(command: ShellCommand): boolean {
  const feeders = [command, ...upstream(command)];
  if (feeders.flatMap(substitutionsOf).some(({ commands }) => commands.some(isRandom)) || feeders.some(isRandom)) return true;
  const targets = feeders.flatMap(({ args, redirects }) => [...args, ...redirects.flatMap(({ target }) => target ?? [])]);
  return targets.some(({ value }) => value.startsWith('/run/secrets/') || value.includes('$(cat /run/secrets/'));
}

function isRandom({ name, args, redirects }: ShellCommand): boolean {
  if (/^(?:pwgen|apg|makepasswd|uuidgen)$/.test(name)) return true;
  if (name === 'openssl') return args[0]?.value === 'rand';
  const files = [...args, ...redirects.flatMap(({ target }) => target ?? [])];
  return files.some(({ value }) => /(?:^|=)\/dev\/u?random$|\/proc\/sys\/kernel\/random\/uuid$/.test(value));
}
