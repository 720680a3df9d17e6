import type { TextEdit } from '../../../foundation/model/text-range.ts';
import type { ShellCommand, ShellWord } from '../../syntax/shell/command.ts';
import { commandsNamed, nameWord, upstream } from '../queries/commands.ts';
import { downloadIn, downloadsToOutput } from '../queries/downloads.ts';
import { fixWith, replaceRange, replaceWord } from '../queries/edits.ts';
import { matchesIn, writtenTexts } from '../queries/written-text.ts';
import type { Rule, RuleHit } from '../rule.ts';

export const rule: Rule = {
  id: 'PL5009',
  slug: 'signing-key-unchecked',
  title: 'Signing key taken from anywhere',
  severity: 'medium',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      'A downloaded key piped into `apt-key add`; keys from a key server over http or hkp, or asked for by less than their whole fingerprint; `rpm --import`, `--fetch-keys` and gpgkey= with an http URL. gpg asked for a whole fingerprint is not reported: it checks what it gets.',
    why: 'Whoever answers in place of the server hands out a key of his own, and the packages that he signs with it are installed as trusted. A key in the keyring of apt-key is trusted for every repository, the distribution included; a short key id can be forged.',
    fix: 'Copy the key into the build context, or fetch it over https and compare its whole fingerprint; put it in /etc/apt/keyrings and name it with signed-by in the one source it is for.',
    bad: [
      'FROM debian:12\nRUN curl -fsSL https://example.com/key.asc | apt-key add -\n',
      'FROM debian:12\nRUN apt-key adv --keyserver hkp://keys.example.com:80 --recv-keys 0EBFCD88\n',
      'FROM debian:12\nRUN gpg --keyserver hkps://keys.example.com --recv-keys 0x0EBFCD88\n',
      'FROM rockylinux:9\nRUN rpm --import http://example.com/key.asc\n',
      'FROM rockylinux:9\nRUN printf "[a]\\nbaseurl=https://example.com\\ngpgkey=http://example.com/key\\n" > /etc/yum.repos.d/a.repo\n',
    ],
    good: [
      'FROM debian:12\nCOPY key.gpg /etc/apt/keyrings/a.gpg\n',
      'FROM debian:12\nRUN gpg --keyserver hkps://keys.example.com --recv-keys 9DC858229FC7DD38854AE2D88D81803C0EBFCD88\n',
      'FROM debian:12\nRUN curl -fsSL https://example.com/key.asc | gpg --dearmor -o /etc/apt/keyrings/a.gpg\n',
      'FROM rockylinux:9\nRUN rpm --import https://example.com/key.asc && rpm --import /etc/pki/rpm-gpg/RPM-GPG-KEY\n',
    ],
    references: ['https://manpages.debian.org/bookworm/apt/apt-key.8.en.html', 'https://wiki.debian.org/DebianRepository/UseThirdParty'],
  },
  *check(model) {
    for (const command of commandsNamed(model, 'apt-key')) {
      yield* pipedKey(command);
      yield* serverKeys(command, true);
    }
    for (const command of commandsNamed(model, 'gpg', 'gpg2')) yield* serverKeys(command, false);
    for (const command of commandsNamed(model, 'rpm', 'rpmkeys')) {
      const at = command.args.findIndex(({ value }) => value === '--import');
      if (at >= 0) for (const word of command.args.slice(at + 1)) if (/^(?:http|ftp):/i.test(word.value)) yield plainUrl(word);
    }
    for (const text of writtenTexts(model)) {
      for (const { range } of matchesIn(model, text, /(?<=gpgkey\s{0,4}=\s{0,4})http(?=:\/\/)/gi)) {
        const edits = text.written ? [replaceRange(range, 'https')] : undefined;
        yield { message: KEY_MESSAGE, range, fixes: fixWith('suggested', 'Use https', edits) };
      }
    }
  },
};

const KEY_MESSAGE = 'This signing key comes over a connection that anybody on the way can change';

function* pipedKey(command: ShellCommand): Iterable<RuleHit> {
  const [verb, file] = command.args;
  const name = nameWord(command);
  if (verb?.value !== 'add' || name === undefined) return;
  const isFed = file === undefined || file.value === '-' || file.value === '/dev/stdin';
  const given = [...(file?.substitutions ?? []), ...command.redirects.flatMap(({ substitutions }) => substitutions)];
  if (!(isFed && upstream(command).some(downloadsToOutput)) && downloadIn(given) === undefined) return;
  yield {
    message: 'apt-key trusts whatever key is downloaded here, for every repository',
    range: name.range,
    fixes: fixWith('suggested', 'Put it into a keyring for one source', intoKeyring(command)),
  };
}

function intoKeyring(command: ShellCommand): readonly TextEdit[] | undefined {
  const last = command.words.at(-1);
  const isPlain = command.words.every(({ written }) => written) && command.language === 'sh' && command.redirects.length === 0;
  if (last === undefined || !isPlain || last.substitutions.length > 0) return undefined;
  return [
    replaceRange(
      { start: command.words[0]?.range.start ?? last.range.start, end: last.range.end },
      'gpg --dearmor -o /etc/apt/keyrings/CHOOSE-A-NAME.gpg',
    ),
  ];
}

function* serverKeys(command: ShellCommand, isForEverything: boolean): Iterable<RuleHit> {
  const receive = command.args.findIndex(({ value }) => /^--(?:recv(?:-keys?)?|receive-keys)$/.test(value));
  const keys = receive < 0 ? [] : command.args.slice(receive + 1).filter(({ value }) => /^(?:0x)?[0-9a-f]{8,40}$/i.test(value.replaceAll(' ', '')));
  const isWhole = keys.length > 0 && keys.every(({ value }) => value.replaceAll(' ', '').replace(/^0x/i, '').length >= WHOLE_FINGERPRINT);
  if (receive >= 0 && (isForEverything || !isWhole)) {
    for (const word of serversOf(command)) if (/^(?:http|hkp):/i.test(word.value)) yield plainUrl(word);
  }
  for (const word of keys) {
    if (word.value.replaceAll(' ', '').replace(/^0x/i, '').length >= WHOLE_FINGERPRINT) continue;
    yield { message: `${word.value} is only part of a fingerprint: a forged key may have the same`, range: word.range };
  }
  const fetch = command.args.findIndex(({ value }) => value === '--fetch-keys');
  if (fetch >= 0) for (const word of command.args.slice(fetch + 1)) if (/^http:/i.test(word.value)) yield plainUrl(word);
}

/** Characters of a version 4 fingerprint. */
const WHOLE_FINGERPRINT = 40;

function serversOf({ args }: ShellCommand): readonly ShellWord[] {
  return args.flatMap((word, index): readonly ShellWord[] => {
    if (word.value === '--keyserver') return args.slice(index + 1, index + 2);
    return word.value.startsWith('--keyserver=') ? [{ ...word, value: word.value.slice('--keyserver='.length) }] : [];
  });
}

function plainUrl(word: ShellWord): RuleHit {
  const secure = word.value
    .replace(/^http:/i, 'https:')
    .replace(/^hkp:/i, 'hkps:')
    .replace(/:(?:80|11371)(?=\/|$)/, '');
  const isPlain = !/[\s"'`\\]/.test(word.value) && word.text.includes(word.value);
  const edits = isPlain ? replaceWord(word, word.text.replace(word.value, secure)) : undefined;
  return { message: KEY_MESSAGE, range: word.range, fixes: fixWith('suggested', 'Use an encrypted connection', edits) };
}
