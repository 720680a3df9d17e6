import type { TextEdit } from '../../../foundation/model/text-range.ts';
import { MAX_FINDINGS_PER_FILE } from '../../../foundation/base/limits.ts';
import type { DockerfileModel } from '../../syntax/model.ts';
import type { ShellCommand } from '../../syntax/shell/command.ts';
import { offsetAt, rangeAt } from '../../syntax/text-document.ts';
import { commandsNamed, nameWord, upstream } from '../queries/commands.ts';
import { fixWith, replaceRange, textAt } from '../queries/edits.ts';
import { integrityCheckOf } from '../queries/integrity-checks.ts';
import { Memo } from '../queries/memo.ts';
import { isSearchedFor } from '../queries/sed.ts';
import { isOff, replaceValue, settingsOf } from '../queries/settings.ts';
import { matchesIn, writtenTexts } from '../queries/written-text.ts';
import type { Rule, RuleHit } from '../rule.ts';

export const rule: Rule = {
  id: 'PL4015',
  slug: 'ssh-host-unchecked',
  title: 'ssh does not check whom it speaks to',
  severity: 'high',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      'StrictHostKeyChecking no or off, and UserKnownHostsFile /dev/null, as an option, in GIT_SSH_COMMAND, core.sshCommand or a written ssh_config; ANSIBLE_HOST_KEY_CHECKING off; ssh-keyscan whose answer the same RUN does not compare with a known fingerprint or key.',
    why: "Whoever answers in the host's place hands out the source that is built, or takes what is sent; ssh-keyscan only writes down the key of whoever answers.",
    fix: "Copy a known_hosts with the host's published key into the build (`COPY known_hosts /etc/ssh/ssh_known_hosts`), and leave the check on.",
    bad: [
      'FROM alpine:3.20\nRUN ssh -o StrictHostKeyChecking=no git@example.com true\n',
      'FROM alpine:3.20\nRUN scp -oStrictHostKeyChecking=no -oUserKnownHostsFile=/dev/null a@example.com:/a /a\n',
      'FROM alpine:3.20\nENV GIT_SSH_COMMAND="ssh -o StrictHostKeyChecking=no"\n',
      'FROM alpine:3.20\nRUN GIT_SSH_COMMAND="ssh -o StrictHostKeyChecking=no" git clone git@example.com:a/b.git\n',
      'FROM alpine:3.20\nRUN echo "StrictHostKeyChecking no" >> /etc/ssh/ssh_config\n',
      'FROM alpine:3.20\nRUN printf "Host *\\n  StrictHostKeyChecking no\\n" > ~/.ssh/config\n',
      'FROM alpine:3.20\nRUN ssh-keyscan github.com >> ~/.ssh/known_hosts\n',
      'FROM alpine:3.20\nENV ANSIBLE_HOST_KEY_CHECKING=False\n',
    ],
    good: [
      'FROM alpine:3.20\nCOPY known_hosts /etc/ssh/ssh_known_hosts\nRUN ssh -o StrictHostKeyChecking=yes git@example.com true\n',
      'FROM alpine:3.20\nRUN ssh-keyscan -t ed25519 github.com > k && ssh-keygen -lf k | grep -q SHA256:0123456789 && cat k >> ~/.ssh/known_hosts\n',
      'FROM alpine:3.20\nRUN echo "never set StrictHostKeyChecking no" && echo ssh-keyscan github.com\n',
    ],
    references: ['https://man.openbsd.org/ssh_config#StrictHostKeyChecking', 'https://man.openbsd.org/ssh-keyscan#SECURITY'],
  },
  *check(model) {
    for (const text of writtenTexts(model)) {
      if (!SIGNS.test(text.source.text)) continue;
      for (const { range, match } of matchesIn(model, text, OFF)) {
        if (isSearchedFor(text.source.text, match.index)) continue;
        const edits = text.written ? [replaceRange(range, checked(match[0]))] : undefined;
        yield { message: MESSAGE, range, fixes: fixWith('suggested', 'Check the host', edits) };
      }
    }
    yield* inVariables(model);
    for (const command of commandsNamed(model, 'ssh-keyscan')) {
      const name = nameWord(command);
      if (name === undefined || isCompared(model, command)) continue;
      yield {
        message: 'ssh-keyscan takes the key of whoever answers',
        range: name.range,
        fixes: fixWith('suggested', 'Write the known key instead', pinned(model, command)),
      };
    }
  },
};

const MESSAGE = 'ssh takes whoever answers for the host';
const SIGNS = /StrictHostKeyChecking|UserKnownHostsFile|host_key_checking/i;
/** With `=` anywhere; with a blank as a line of its own, or as the whole of an option. */
const OFF =
  /StrictHostKeyChecking\s?=\s?["']?(?:no|off)\b|(?<=^|\n|\\n|\\t|-o\s?["']?|[/|#,])[ \t]{0,8}StrictHostKeyChecking[ \t]{1,8}(?:no|off)(?=$|\s|\\|["'/|#,])|UserKnownHostsFile\s?[=\s]\s?["']?\/dev\/null|(?<=^|\n|\\n)[ \t]{0,8}host_key_checking\s{0,4}=\s{0,4}(?:false|0|no)\b/gi;

function checked(text: string): string {
  if (/^\s*User/i.test(text)) return text.replace('/dev/null', '/etc/ssh/ssh_known_hosts');
  return /^\s*host_/i.test(text) ? text.replace(/\w+$/, 'True') : text.replace(/(?:no|off)$/i, 'yes');
}

/** ENV and ARG, and what stands in front of a command; `export A=b` is among the words. */
function* inVariables(model: DockerfileModel): Iterable<RuleHit> {
  for (const setting of settingsOf(model)) {
    const { name, value, range, valueRange, command } = setting;
    if (name === 'ANSIBLE_HOST_KEY_CHECKING' && value !== '' && isOff(value))
      yield { message: MESSAGE, range, fixes: fixWith('suggested', 'Check the host', replaceValue(setting, 'True')) };
    if (valueRange === undefined || !SIGNS.test(value) || command?.args.some((word) => word.range === range) === true) continue;
    const start = offsetAt(model.document, valueRange.start);
    for (const match of [...textAt(model, valueRange).matchAll(OFF)].slice(0, MAX_FINDINGS_PER_FILE)) {
      const place = rangeAt(model.document, start + match.index, start + match.index + match[0].length);
      yield { message: MESSAGE, range: place, fixes: fixWith('suggested', 'Check the host', [replaceRange(place, checked(match[0]))]) };
    }
  }
}

const compared = new Memo<boolean>();

/** True when the RUN looks at the key: its fingerprint, a checksum of the file, a comparison with a known one. */
function isCompared(model: DockerfileModel, { instruction }: ShellCommand): boolean {
  return compared.of(instruction, () => model.commandsOf(instruction).some((command) => comparesKeys(model, command)));
}

function comparesKeys(model: DockerfileModel, command: ShellCommand): boolean {
  const { name, args } = command;
  if (name === 'diff' || name === 'cmp' || integrityCheckOf(model, command) !== undefined) return true;
  if (!/^[ef]?grep$/.test(name) || !args.some(({ value }) => /SHA256:|MD5:|AAAA|^\$/.test(value))) return false;
  return args.length > 1 || upstream(command).some((feeder) => feeder.name === 'ssh-keygen' || feeder.name === 'ssh-keyscan');
}

/** `ssh-keyscan … host` becomes an echo of the line that it should have printed. */
function pinned(model: DockerfileModel, command: ShellCommand): readonly TextEdit[] | undefined {
  const [first] = command.words;
  const last = command.words.at(-1);
  if (first?.written !== true || last?.written !== true || command.language !== 'sh' || command.embedded || command.words.length < 2)
    return undefined;
  const host = /^[\w.-]{1,255}$/.test(last.value) ? last.value : 'HOST';
  const range = { start: first.range.start, end: last.range.end };
  return textAt(model, range).includes('\n') ? undefined : [replaceRange(range, `echo "${host} REPLACE_WITH_ITS_PUBLISHED_KEY"`)];
}
