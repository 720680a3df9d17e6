import { commandsNamed } from '../queries/commands.ts';
import { dropCommand } from '../queries/drop-command.ts';
import { fixWith, removeInstruction } from '../queries/edits.ts';
import { fileWrites } from '../queries/file-writes.ts';
import { copiesOf } from '../queries/instructions.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL7010',
  slug: 'ssh-keys-baked-in',
  title: 'SSH keys baked into the image',
  severity: 'high',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      'SSH keys made by a RUN (ssh-keygen), and host keys or an authorized_keys file that RUN, COPY or ADD puts into the image. Not reported: keys that CMD or ENTRYPOINT makes when a container starts, ssh-keygen that only reads a key, known_hosts.',
    why: 'Every container of the image has the same private key, and whoever can pull the image has it too: they can pose as each of these servers. An authorized_keys file is a standing way in for its owner.',
    fix: 'Make host keys when the container starts, and mount authorized_keys there.',
    bad: [
      'FROM debian:12\nRUN ssh-keygen -A\n',
      'FROM debian:12\nRUN mkdir -p /root/.ssh && ssh-keygen -t ed25519 -N "" -f /root/.ssh/id_ed25519\n',
      'FROM debian:12\nCOPY ssh_host_rsa_key /etc/ssh/\n',
      'FROM debian:12\nCOPY authorized_keys /root/.ssh/authorized_keys\n',
      'FROM debian:12\nRUN echo "ssh-ed25519 AAAAC3Nz me@example.com" >> /root/.ssh/authorized_keys\n',
    ],
    good: [
      'FROM debian:12\nENTRYPOINT ssh-keygen -A && exec /app\n',
      'FROM debian:12\nRUN ssh-keygen -lf key.pub && ssh-keygen -R example.com\n',
      'FROM debian:12\nCOPY known_hosts /root/.ssh/known_hosts\nCOPY ssh_host_rsa_key.pub /etc/ssh/\n',
    ],
    references: ['https://man.openbsd.org/sshd#AUTHORIZED_KEYS_FILE_FORMAT', 'https://man.openbsd.org/ssh-keygen'],
  },
  *check(model) {
    for (const command of commandsNamed(model, 'ssh-keygen')) {
      const [name] = command.words;
      if (name === undefined || command.instruction.keyword !== 'RUN' || !makesKey(command.args.map(({ value }) => value))) continue;
      const fixes = fixWith('suggested', 'Do not make the key here', dropCommand(model, command));
      yield { message: 'Each container of this image will have the key that is made here', range: name.range, fixes };
    }
    for (const { path, pathRange, command, instruction } of fileWrites(model)) {
      if (!KEY_FILE.test(path) || instruction.keyword === 'CMD' || instruction.keyword === 'ENTRYPOINT') continue;
      const edits = command === undefined ? removeInstruction(model, instruction) : dropCommand(model, command);
      yield { message: messageFor(path), range: pathRange, fixes: fixWith('suggested', 'Do not put it into the image', edits) };
    }
    for (const instruction of copiesOf(model)) {
      const target = instruction.args.at(-1);
      if (target === undefined || KEY_FILE.test(target.value)) continue;
      for (const word of instruction.args.slice(0, -1)) {
        if (!KEY_FILE.test(word.value)) continue;
        const edits = instruction.args.length === 2 ? removeInstruction(model, instruction) : undefined;
        yield { message: messageFor(word.value), range: word.range, fixes: fixWith('suggested', 'Do not copy it', edits) };
      }
    }
  },
};

const KEY_FILE = /(?:^|\/)(?:authorized_keys2?|ssh_host_\w{1,20}_key)$/;

function messageFor(path: string): string {
  return path.includes('authorized_keys')
    ? 'Whoever has one of these keys can log in to every container of this image'
    : 'Each container of this image will have this host key';
}

/** False for the options with which ssh-keygen reads, signs or changes keys. */
function makesKey(args: readonly string[]): boolean {
  const letters = args.filter((value) => /^-[a-zA-Z]+$/.test(value)).join('');
  return !/[yelRFHpciBDKLQkYMs]/.test(letters) && (args.length === 0 || /[AtNfbq]/.test(letters));
}
