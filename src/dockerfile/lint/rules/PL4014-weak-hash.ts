import type { TextEdit, TextRange } from '../../../foundation/model/text-range.ts';
import type { DockerfileModel } from '../../syntax/model.ts';
import type { ShellCommand } from '../../syntax/shell/command.ts';
import { commandsNamed, nameWord } from '../queries/commands.ts';
import { fixWith, replaceRange, replaceWord } from '../queries/edits.ts';
import { instructionsNamed } from '../queries/instructions.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL4014',
  slug: 'weak-hash',
  title: 'Weak hash or key asked for',
  severity: 'medium',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      'Checks with MD5 or SHA-1 (`md5sum -c`, `sha1sum -c`, `shasum -c`, `openssl dgst -md5 -verify`), signatures and certificates made with them, DSA keys, RSA keys below 2048 bits, and gpg told to accept weak digests. Sums that are only printed are not reported.',
    why: 'Two files with the same MD5 or SHA-1 are made at will: a check with them passes for the harmful one too. Short keys are broken by computing.',
    fix: 'Use SHA-256 or better, with the checksum that the publisher gives for it; keys of ed25519, or RSA with 3072 bits.',
    bad: [
      'FROM alpine:3.20\nRUN wget https://example.com/a && echo "0123456789abcdef0123456789abcdef  a" | md5sum -c -\n',
      'FROM alpine:3.20\nRUN sha1sum --check sums.txt\n',
      'FROM alpine:3.20\nRUN shasum -c sums.txt\n',
      'FROM alpine:3.20\nRUN openssl req -x509 -newkey rsa:1024 -sha1 -nodes -out a.pem\n',
      'FROM alpine:3.20\nRUN ssh-keygen -t dsa -f /etc/ssh/key\n',
      'FROM debian:12\nRUN gpg --allow-weak-digest-algos --verify a.asc a\n',
    ],
    good: [
      'FROM alpine:3.20\nRUN sha256sum -c sums.txt && shasum -a 256 -c sums.txt && md5sum a\n',
      'FROM alpine:3.20\nRUN openssl req -x509 -newkey rsa:4096 -sha256 -nodes -out a.pem && ssh-keygen -t ed25519 -f key && ssh-keygen -b 521 -t ecdsa -f k\n',
    ],
    references: ['https://csrc.nist.gov/pubs/sp/800/131/a/r2/final', 'https://shattered.io/'],
  },
  *check(model) {
    for (const { what, range, edits } of placesIn(model))
      yield {
        message: `${what} is too weak: a forgery passes for the right one`,
        range,
        fixes: fixWith('suggested', 'Use a stronger one', edits),
      };
  },
};

interface Place {
  readonly what: string;
  readonly range: TextRange;
  readonly edits: readonly TextEdit[] | undefined;
}

function* placesIn(model: DockerfileModel): Iterable<Place> {
  for (const command of commandsNamed(model, 'md5sum', 'sha1sum', 'shasum')) yield* weakCheck(command);
  for (const command of commandsNamed(model, 'openssl')) yield* weakOpenssl(command);
  for (const command of commandsNamed(model, 'ssh-keygen')) yield* weakSshKey(command);
  for (const command of commandsNamed(model, 'gpg', 'gpg2')) yield* weakGpg(command);
  for (const instruction of instructionsNamed(model, 'ADD')) {
    for (const { name, value, valueRange } of instruction.flags)
      if (name === 'checksum' && /^(?:md5|sha1):/.test(value ?? ''))
        yield { what: value ?? '', range: valueRange, edits: [replaceRange(valueRange, 'sha256:REPLACE_WITH_THE_SHA256_OF_THE_FILE')] };
  }
}

function* weakCheck(command: ShellCommand): Iterable<Place> {
  const { name, args } = command;
  const word = nameWord(command);
  if (word === undefined || !args.some(({ value }) => /^(?:-[a-zA-Z]*c[a-zA-Z]*\d*|--check)$/.test(value))) return;
  if (name !== 'shasum') {
    yield { what: name === 'md5sum' ? 'MD5' : 'SHA-1', range: word.range, edits: replaceWord(word, 'sha256sum') };
    return;
  }
  const at = args.findIndex(({ value }) => /^-[a-zA-Z]*a\d*$|^--algorithm/.test(value));
  const algorithm = at < 0 ? '1' : (/\d+$/.exec(args[at]?.value ?? '')?.[0] ?? args[at + 1]?.value);
  if (algorithm === '1') yield { what: 'SHA-1', range: word.range, edits: replaceWord(word, at < 0 ? 'shasum -a 256' : 'sha256sum') };
}

const MIN_RSA_BITS = 2048;

function* weakOpenssl({ args }: ShellCommand): Iterable<Place> {
  const verb = args[0]?.value ?? '';
  const signs =
    /^(?:req|x509|ca|dgst|cms|smime|crl|ts)$/.test(verb) &&
    args.some(({ value }) => /^-(?:new|newkey|x509|sign|signkey|verify|CA|req|out|key)$/.test(value));
  for (const [index, word] of args.entries()) {
    const { value } = word;
    if (signs && /^-(?:md[245]|sha1)$/.test(value)) yield { what: value.slice(1), range: word.range, edits: replaceWord(word, '-sha256') };
    const bits = /^rsa:(\d{1,5})$/.exec(value)?.[1] ?? (verb === 'genrsa' && index > 0 && /^\d{3,5}$/.test(value) ? value : undefined);
    const named = /^rsa_keygen_bits:(\d{1,5})$/.exec(value)?.[1];
    if (Number(bits ?? named ?? MIN_RSA_BITS) < MIN_RSA_BITS)
      yield {
        what: `RSA with ${bits ?? named ?? ''} bits`,
        range: word.range,
        edits: replaceWord(word, value.replace(/\d+$/, '3072')),
      };
  }
}

function* weakSshKey({ args }: ShellCommand): Iterable<Place> {
  const valueOf = (letter: string): number => args.findIndex(({ value }) => value === letter) + 1;
  const type = args[valueOf('-t')];
  if (valueOf('-t') > 0 && type !== undefined && /^(?:dsa|rsa1)$/.test(type.value))
    yield { what: type.value.toUpperCase(), range: type.range, edits: replaceWord(type, 'ed25519') };
  const bits = args[valueOf('-b')];
  const isRsa = valueOf('-t') === 0 || type?.value === 'rsa';
  if (valueOf('-b') > 0 && bits !== undefined && isRsa && /^\d{3,5}$/.test(bits.value) && Number(bits.value) < MIN_RSA_BITS)
    yield { what: `RSA with ${bits.value} bits`, range: bits.range, edits: replaceWord(bits, '3072') };
}

function* weakGpg({ args }: ShellCommand): Iterable<Place> {
  for (const [index, word] of args.entries()) {
    if (word.value === '--allow-weak-digest-algos') yield { what: word.value, range: word.range, edits: replaceWord(word, '--batch') };
    const previous = args[index - 1]?.value ?? '';
    if (/^--(?:digest-algo|cert-digest-algo|personal-digest-preferences)$/.test(previous) && /^(?:MD5|SHA-?1)\b/i.test(word.value))
      yield { what: word.value, range: word.range, edits: replaceWord(word, 'SHA512') };
  }
}
