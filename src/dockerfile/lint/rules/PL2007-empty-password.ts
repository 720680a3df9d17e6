import { commandsNamed, findFlags } from '../queries/commands.ts';
import { dropCommand } from '../queries/drop-command.ts';
import { fixWith, removeOption, replaceRange } from '../queries/edits.ts';
import { isSearchedFor } from '../queries/sed.ts';
import { matchesIn, writtenTexts } from '../queries/written-text.ts';
import { isOfCopiedStage } from '../queries/stage-references.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL2007',
  slug: 'empty-password',
  title: 'Account without a password',
  severity: 'high',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      '`passwd -d`, useradd and usermod with an empty password, and a line with an empty password field written to passwd or shadow. A new account, which is locked, is not reported; neither is `adduser -D` of Alpine.',
    why: 'Any process of the container becomes that user with `su`, and whoever reaches a login service is let in without being asked.',
    fix: 'Lock the account instead: `passwd -l`, or leave it as useradd makes it.',
    bad: [
      'FROM debian:12\nRUN passwd -d root\n',
      'FROM debian:12\nRUN passwd --delete app\n',
      "FROM debian:12\nRUN useradd -m -p '' app\n",
      'FROM debian:12\nRUN usermod -p "" root\n',
      "FROM debian:12\nRUN echo 'root::19000:0:99999:7:::' > /etc/shadow\n",
      "FROM debian:12\nRUN sed -i 's/^root:x:/root::/' /etc/passwd\n",
    ],
    good: [
      'FROM debian:12\nRUN useradd -m app && passwd -l root\n',
      'FROM alpine:3.20\nRUN adduser -D app\n',
      "FROM debian:12\nRUN echo 'a::b' && passwd -S root\n",
    ],
    references: ['https://man7.org/linux/man-pages/man1/passwd.1.html', 'https://man7.org/linux/man-pages/man5/shadow.5.html'],
  },
  *check(model) {
    for (const command of commandsNamed(model, 'passwd')) {
      if (isOfCopiedStage(model, command.instruction)) continue;
      for (const { word } of findFlags(command, { short: 'd', long: 'delete' })) {
        yield {
          message: 'passwd takes the password away: everybody may become this user',
          range: word.range,
          fixes: fixWith('suggested', 'Leave the password as it is', dropCommand(model, command)),
        };
      }
    }
    for (const command of commandsNamed(model, 'useradd', 'usermod')) {
      if (isOfCopiedStage(model, command.instruction)) continue;
      for (const option of findFlags(command, { short: 'p', long: 'password' })) {
        if (option.value !== '' || option.valueWord === undefined) continue;
        yield {
          message: `${command.name} sets an empty password: everybody may become this user`,
          range: option.word.range,
          fixes: fixWith('suggested', 'Remove it: the account stays locked', removeOption(model, command, option)),
        };
      }
    }
    for (const text of writtenTexts(model)) {
      if (!text.source.text.includes(SIGNS)) continue;
      for (const { range, match } of matchesIn(model, text, EMPTY)) {
        if (isSearchedFor(text.source.text, match.index)) continue;
        const fixed = match[0].replace('::', ':*:');
        yield {
          message: `${match[0]} lets everybody in without a password`,
          range,
          fixes: fixWith('suggested', `Write ${fixed}`, text.written ? [replaceRange(range, fixed)] : undefined),
        };
      }
    }
  },
};

const SIGNS = '::';
/** `name::` with the numbers that follow it in shadow and passwd; the second half of a sed that makes one. */
const EMPTY =
  /(?<=^|\n|\\n)[a-z_][a-z0-9_-]{0,31}::(?=\d{1,6}:\d{0,6}:)|(?<=^s\1\^?(?:\\\()?[a-z_][a-z0-9_-]{0,31}(?:\\\))?:[^/|#,\n]{0,20}([/|#,]))[a-z_][a-z0-9_-]{0,31}::(?=\1)/gi;
