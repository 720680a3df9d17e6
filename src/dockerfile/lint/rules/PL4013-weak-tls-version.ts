import type { TextEdit, TextRange } from '../../../foundation/model/text-range.ts';
import type { DockerfileModel, Instruction } from '../../syntax/model.ts';
import { commandsNamed, findFlags, optionsOf } from '../queries/commands.ts';
import { fixWith, removeOption, removeWord, replaceRange, replaceWord } from '../queries/edits.ts';
import { isSearchedFor } from '../queries/sed.ts';
import { settingsNamed } from '../queries/settings.ts';
import { matchesIn, writtenTexts } from '../queries/written-text.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL4013',
  slug: 'weak-tls-version',
  title: 'Outdated TLS version or cipher asked for',
  severity: 'medium',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      'SSL 2 and 3, TLS 1.0 and 1.1 and ciphers of their time, asked for by curl, wget, openssl, Node.js (--tls-min-v1.0), update-crypto-policies, or written into openssl.cnf and the configuration of web servers; OpenSSL security levels 0 and 1. Not reported: `curl -1` (--tlsv1), which asks for TLS of any version, and a file that the same RUN puts back.',
    why: 'These versions have known breaks: whoever stands between reads or changes what was meant to be protected, or makes both sides agree on the weakest.',
    fix: 'Remove it: the default is TLS 1.2 or better. Where a server knows nothing better, it is the server that needs an update.',
    bad: [
      'FROM alpine:3.20\nRUN curl --tlsv1.0 https://example.com/a -o /a\n',
      'FROM alpine:3.20\nRUN curl -3 https://example.com/a -o /a\n',
      'FROM alpine:3.20\nRUN wget --secure-protocol=TLSv1 https://example.com/a\n',
      'FROM debian:12\nRUN sed -i "s/SECLEVEL=2/SECLEVEL=1/g" /etc/ssl/openssl.cnf\n',
      'FROM debian:12\nRUN echo "MinProtocol = TLSv1" >> /etc/ssl/openssl.cnf\n',
      'FROM node:22\nENV NODE_OPTIONS=--tls-min-v1.0\n',
      'FROM rockylinux:9\nRUN update-crypto-policies --set LEGACY\n',
    ],
    good: [
      "FROM alpine:3.20\nRUN curl --proto '=https' --tlsv1.2 https://example.com/a -o /a && wget --secure-protocol=TLSv1_2 https://example.com/a\n",
      'FROM debian:12\nRUN echo "MinProtocol = TLSv1.2" >> /etc/ssl/openssl.cnf && curl --tls-max 1.3 https://example.com/a\n',
    ],
    references: ['https://www.rfc-editor.org/rfc/rfc8996', 'https://docs.openssl.org/master/man3/SSL_CTX_set_security_level/'],
  },
  *check(model) {
    for (const { what, range, edits } of [...asked(model), ...written(model)])
      yield { message: `${what} has known weaknesses`, range, fixes: fixWith('suggested', 'Leave it to the default, or TLS 1.2', edits) };
  },
};

interface Place {
  readonly what: string;
  readonly range: TextRange;
  readonly edits: readonly TextEdit[] | undefined;
}

const WEAK_CIPHER =
  /(?:^|[:,\s])\+?(?:RC4|RC2|DES|3DES|EXPORT|EXP|NULL|eNULL|aNULL|LOW|MD5|[\w-]{0,40}(?:RC4|-DES-|NULL|EXP)[\w-]{0,40})(?=$|[:,\s])/;
const WEAK_PROTOCOL = /^(?:sslv[23]|tlsv1(?:[._][01])?)$/i;

function* asked(model: DockerfileModel): Iterable<Place> {
  for (const command of commandsNamed(model, 'curl')) {
    const flags = [
      ...['sslv2', 'sslv3', 'tlsv1.0', 'tlsv1.1'].flatMap((long) => findFlags(command, { long })),
      ...['2', '3'].flatMap((short) => findFlags(command, { short })),
      ...findFlags(command, { long: 'tls-max' }).filter(({ value }) => /^1\.[01]$/.test(value ?? '')),
      ...findFlags(command, { long: 'ciphers' }).filter(({ value }) => WEAK_CIPHER.test(value ?? '')),
    ];
    for (const option of flags) {
      const what = `${option.isLong ? '--' : '-'}${option.name}${option.valueWord === undefined ? '' : ` ${option.value ?? ''}`}`;
      yield { what, range: option.word.range, edits: removeOption(model, command, option) };
    }
  }
  for (const command of commandsNamed(model, 'wget', 'wget2')) {
    for (const option of findFlags(command, { long: 'secure-protocol' }).filter(({ value }) => WEAK_PROTOCOL.test(value ?? '')))
      yield { what: option.value ?? '', range: option.word.range, edits: removeOption(model, command, option) };
  }
  for (const command of commandsNamed(model, 'openssl', 'node')) {
    for (const word of command.args.filter(({ value }) => /^(?:-ssl[23]|-tls1(?:_1)?|--tls-min-v1\.[01]|--tls-max-v1\.[01])$/.test(value)))
      yield { what: word.value, range: word.range, edits: removeWord(model, command, word) };
  }
  for (const command of commandsNamed(model, 'update-crypto-policies')) {
    const policy = optionsOf(command).operands.find(({ value }) => /^LEGACY\b|:(?:SHA1|AD-SUPPORT-LEGACY)\b/.test(value));
    if (policy !== undefined) yield { what: `The policy ${policy.value}`, range: policy.range, edits: replaceWord(policy, 'DEFAULT') };
  }
  for (const { value, range, valueRange } of settingsNamed(model, 'NODE_OPTIONS')) {
    const option = /--tls-(?:min|max)-v1\.[01]\b/.exec(value)?.[0];
    if (option !== undefined)
      yield {
        what: option,
        range,
        edits: valueRange === undefined || /[\s"']/.test(value) ? undefined : [replaceRange(valueRange, '--tls-min-v1.2')],
      };
  }
}

/** True for a RUN that moves a copy of the file back again: `mv openssl.cnf.bak openssl.cnf`. */
function isPutBack(model: DockerfileModel, instruction: Instruction): boolean {
  return model.commandsOf(instruction).some(({ name, args }) => {
    const [copy, file] = args.slice(-2);
    return name === 'mv' && copy !== undefined && file !== undefined && copy.value.startsWith(`${file.value}.`);
  });
}

/** Lines of openssl.cnf, of nginx and Apache, and Java's switch for TLS 1.0. */
const LINES =
  /(?<![\w-])(?:MinProtocol\s{0,8}=\s{0,8}(?:SSLv[23]|TLSv1(?:\.[01])?|None)(?![.\w])|(?:DEFAULT|ALL)?@?SECLEVEL\s{0,4}=\s{0,4}[01]\b|ssl_protocols\s[^;\n]{0,100}\b(?:SSLv[23]|TLSv1(?:\.1)?)(?![.\w])|SSLProtocol\s[^\n]{0,100}\+(?:SSLv[23]|TLSv1(?:\.1)?)(?![.\w]))/g;

function* written(model: DockerfileModel): Iterable<Place> {
  for (const text of writtenTexts(model)) {
    if (!/Protocol|SECLEVEL|ssl_protocols/.test(text.source.text) || text.source.text.startsWith('--')) continue;
    for (const { range, match } of matchesIn(model, text, LINES)) {
      if (isSearchedFor(text.source.text, match.index) || isPutBack(model, text.instruction)) continue;
      const [line] = match;
      const fixed = line.startsWith('MinProtocol')
        ? line.replace(/\S+$/, 'TLSv1.2')
        : line.includes('SECLEVEL')
          ? line.replace(/[01]$/, '2')
          : line.startsWith('ssl_protocols')
            ? 'ssl_protocols TLSv1.2 TLSv1.3'
            : 'SSLProtocol -all +TLSv1.2 +TLSv1.3';
      yield { what: line.trim(), range, edits: text.written ? [replaceRange(range, fixed)] : undefined };
    }
  }
}
