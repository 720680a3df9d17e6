import type { TextEdit } from '../../../foundation/model/text-range.ts';
import type { Option } from '../../syntax/shell/options.ts';
import { commandsNamed, findFlags, optionsOf } from '../queries/commands.ts';
import { fixWith, replaceRange, replaceWord } from '../queries/edits.ts';
import { matchesIn, writtenTexts } from '../queries/written-text.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL2008',
  slug: 'second-root-account',
  title: 'Another account with the id of root',
  severity: 'high',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      'useradd, adduser and usermod with user id 0, and a line with user id 0 for another name than root written to /etc/passwd. Group 0 as primary group, as OpenShift wants it, is not reported.',
    why: 'Such an account is root under a harmless name: `USER app` looks as if rights were given up and gives up none. It is also an old way to keep a back door.',
    fix: 'Give the account an id of its own, 10000 or above.',
    bad: [
      'FROM debian:12\nRUN useradd -o -u 0 -g 0 app\nUSER app\n',
      'FROM debian:12\nRUN adduser --uid 0 app\n',
      'FROM debian:12\nRUN usermod -ou0 app\n',
      "FROM debian:12\nRUN echo 'app:x:0:0::/home/app:/bin/sh' >> /etc/passwd\n",
    ],
    good: [
      'FROM debian:12\nRUN useradd -u 10001 -g 0 app\nUSER app\n',
      "FROM debian:12\nRUN echo 'app:x:10001:0::/home/app:/bin/sh' >> /etc/passwd && echo 'root:x:0:0:root:/root:/bin/sh' > /rootfs/etc/passwd\n",
    ],
    references: ['https://man7.org/linux/man-pages/man8/useradd.8.html', 'https://attack.mitre.org/techniques/T1136/001/'],
  },
  *check(model) {
    for (const command of commandsNamed(model, 'useradd', 'adduser', 'usermod')) {
      const account = optionsOf(command).operands.at(-1)?.value;
      if (account === 'root') continue;
      for (const option of findFlags(command, { short: 'u', long: 'uid' })) {
        if (option.valueWord === undefined || !/^0+$/.test(option.value ?? '')) continue;
        yield {
          message: `${account ?? 'This account'} has the id of root, and so all of its rights`,
          range: option.valueWord.range,
          fixes: fixWith('suggested', `Use the id ${ID}`, withOwnId(option)),
        };
      }
    }
    for (const text of writtenTexts(model)) {
      if (!text.source.text.includes(':0:')) continue;
      for (const { range, match } of matchesIn(model, text, PASSWD_LINE)) {
        if (match[1] === 'root') continue;
        const edits = text.written ? [replaceRange(range, match[0].replace(/:0:$/, `:${ID}:`))] : undefined;
        yield {
          message: `${match[1] ?? 'This account'} has the id of root, and so all of its rights`,
          range,
          fixes: fixWith('suggested', `Use the id ${ID}`, edits),
        };
      }
    }
  },
};

const ID = '10001';
const PASSWD_LINE = /(?<=^|\n|\\n)([a-z_][a-z0-9_-]{0,31}):[^:\s\\]{0,200}:0:(?=\d{0,10}:[^:\n]{0,200}:[^:\n]{0,200}:)/g;

function withOwnId({ word, value = '', valueWord }: Option): readonly TextEdit[] | undefined {
  if (valueWord !== word) return valueWord === undefined ? undefined : replaceWord(valueWord, ID);
  return word.value.endsWith(value) ? replaceWord(word, word.value.slice(0, word.value.length - value.length) + ID) : undefined;
}
