import type { TextEdit, TextRange } from '../../../foundation/model/text-range.ts';
import { originRange } from '../../syntax/mapped-text.ts';
import type { MappedText } from '../../syntax/mapped-text.ts';
import type { DockerfileModel } from '../../syntax/model.ts';
import { rangeAt } from '../../syntax/text-document.ts';
import { commandsNamed } from '../queries/commands.ts';
import { fixWith, replaceRange, textAt } from '../queries/edits.ts';
import { fileWrites } from '../queries/file-writes.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL7009',
  slug: 'ssh-server-open',
  title: 'SSH server lets root or passwords in',
  severity: 'high',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      'PermitRootLogin, PasswordAuthentication or PermitEmptyPasswords set to yes, or StrictModes to no, in a text that is written to a file (echo, printf, sed -i, here-document) or given to sshd with -o. What sed only looks for is not reported.',
    why: 'Passwords for SSH are guessed by machines around the clock, and root is the name they try first.',
    fix: 'Leave the SSH server out of the image. Where it must be, allow keys only, and no root: `PermitRootLogin no`, `PasswordAuthentication no`.',
    bad: [
      "FROM debian:12\nRUN sed -i 's/#PermitRootLogin prohibit-password/PermitRootLogin yes/' /etc/ssh/sshd_config\n",
      'FROM debian:12\nRUN echo "PasswordAuthentication yes" >> /etc/ssh/sshd_config\n',
      'FROM debian:12\nCOPY <<EOF /etc/ssh/sshd_config\nPort 22\nPermitEmptyPasswords yes\nEOF\n',
      'FROM debian:12\nCMD ["/usr/sbin/sshd", "-D", "-o", "PermitRootLogin=yes"]\n',
    ],
    good: [
      "FROM debian:12\nRUN sed -i 's/PermitRootLogin yes/PermitRootLogin no/' /etc/ssh/sshd_config\n",
      'FROM debian:12\nRUN echo "PermitRootLogin prohibit-password" >> /etc/ssh/sshd_config && grep "PermitRootLogin yes" /etc/ssh/sshd_config\n',
    ],
    references: ['https://man.openbsd.org/sshd_config'],
  },
  *check(model) {
    if (!QUICK.test(model.text)) return;
    const written = fileWrites(model).flatMap(({ texts }) => texts);
    const given = commandsNamed(model, 'sshd').flatMap(({ args }) => args.map(({ source }) => source));
    for (const text of new Set([...written, ...given])) {
      for (const match of text.text.matchAll(SETTING)) {
        const [whole, name = '', value = ''] = match;
        if ((name.toLowerCase() === 'strictmodes') !== (value.toLowerCase() === 'no')) continue;
        const end = match.index + whole.length;
        const range = rangeOf(model, text, match.index, end);
        yield {
          message: `${name} ${value} ${EFFECTS[name.toLowerCase()] ?? 'opens the SSH server'}`,
          range,
          fixes: fixWith('suggested', `Set ${name} to ${opposite(value)}`, replaceValue(model, text, end - value.length, end, value)),
        };
      }
    }
  },
};

const QUICK = /PermitRootLogin|PasswordAuthentication|PermitEmptyPasswords|StrictModes/i;
const SETTING = /(?:(?<![#\w])|(?<=\\[nrt]|-o))(PermitRootLogin|PasswordAuthentication|PermitEmptyPasswords|StrictModes)[ \t=]{1,20}(yes|no)\b/gi;
const EFFECTS: Readonly<Record<string, string>> = {
  permitrootlogin: 'lets root in over SSH',
  passwordauthentication: 'lets anyone in who guesses a password',
  permitemptypasswords: 'lets accounts without a password in',
  strictmodes: 'lets keys in that others can write',
};

function opposite(value: string): string {
  return value.toLowerCase() === 'yes' ? 'no' : 'yes';
}

function rangeOf(model: DockerfileModel, text: MappedText, start: number, end: number): TextRange {
  return rangeAt(model.document, ...originRange(text, start, end));
}

function replaceValue(model: DockerfileModel, text: MappedText, start: number, end: number, value: string): readonly TextEdit[] | undefined {
  const range = rangeOf(model, text, start, end);
  return textAt(model, range) === value ? [replaceRange(range, opposite(value))] : undefined;
}
