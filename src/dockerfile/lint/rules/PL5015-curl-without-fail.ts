import type { ShellCommand } from '../../syntax/shell/command.ts';
import { commandsNamed, findFlags, hasFlag } from '../queries/commands.ts';
import { downloadsToOutput } from '../queries/downloads.ts';
import { fixWith, insertAt, replaceWord } from '../queries/edits.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL5015',
  slug: 'curl-without-fail',
  title: "curl passes the server's error page on",
  severity: 'low',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      'curl without -f (--fail, --fail-with-body) whose output goes into a pipe. Not reported: -I, -w, and where another command only searches the output (grep).',
    why: 'When the server answers with an error, curl succeeds, and its error page is what the next command unpacks, runs or takes for a key.',
    fix: 'Add -f, so that curl fails with the transfer; in bash add `set -o pipefail` as well.',
    bad: [
      'FROM alpine:3.20\nRUN curl -sSL https://example.com/a.tgz | tar xz -C /opt\n',
      'FROM debian:12\nRUN curl https://example.com/key.asc | gpg --dearmor -o /etc/apt/keyrings/a.gpg\n',
    ],
    good: [
      'FROM alpine:3.20\nRUN curl -fsSL https://example.com/a.tgz | tar xz -C /opt\n',
      'FROM alpine:3.20\nRUN curl --fail-with-body https://example.com/a | jq .b > /b && curl -sI https://example.com | grep -i etag\n',
      'FROM alpine:3.20\nRUN curl -sSLo /a https://example.com/a\n',
    ],
    references: ['https://curl.se/docs/manpage.html#-f'],
  },
  *check(model) {
    for (const command of commandsNamed(model, 'curl')) {
      const [name] = command.words;
      if (name === undefined || !feedsWorker(command) || !downloadsToOutput(command)) continue;
      if (hasFlag(command, { short: 'f', long: 'fail' }) || hasFlag(command, { long: 'fail-with-body' }) || hasFlag(command, { long: 'fail-early' }))
        continue;
      if (
        hasFlag(command, { short: 'I', long: 'head' }) ||
        hasFlag(command, { short: 'w', long: 'write-out' }) ||
        hasFlag(command, { short: 'K', long: 'config' })
      )
        continue;
      const [silent] = findFlags(command, { short: 's' });
      const joined =
        silent !== undefined && silent.word.written && silent.word.text === silent.word.value
          ? replaceWord(silent.word, `-f${silent.word.text.slice(1)}`)
          : undefined;
      const edits = joined ?? (name.written && command.language === 'sh' ? [insertAt(name.range.end, ' -f')] : undefined);
      yield {
        message: 'curl succeeds with an error page, which the next command takes for the file',
        range: name.range,
        fixes: fixWith('suggested', 'Add -f', edits),
      };
    }
  },
};

/** True when something other than a search reads its output. */
function feedsWorker({ places }: ShellCommand): boolean {
  return places.some(({ pipeline, stage }) => {
    const next = pipeline.stages[stage + 1];
    return (
      next !== undefined && next.length > 0 && !next.slice(0, MAX_READERS).some(({ name }) => /^(?:[ef]?grep|head|tail|wc|less|more)$/.test(name))
    );
  });
}

/** Commands of a group that are looked at. */
const MAX_READERS = 64;
