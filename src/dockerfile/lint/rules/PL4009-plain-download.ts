import type { DockerfileModel, Instruction } from '../../syntax/model.ts';
import type { ShellCommand, ShellWord } from '../../syntax/shell/command.ts';
import { commandsNamed, findFlags, optionsOf } from '../queries/commands.ts';
import { downloadTargets } from '../queries/download-targets.ts';
import { fixWith, insertAt } from '../queries/edits.ts';
import { instructionsNamed, rangeInWord, resolveWord } from '../queries/instructions.ts';
import type { IntegrityCheck } from '../queries/integrity-checks.ts';
import { integrityCheckOf, namesChecked } from '../queries/integrity-checks.ts';
import { Memo } from '../queries/memo.ts';
import { findPlainUrl, hostTruster, placeOfUrl, trustedHosts } from '../queries/plain-urls.ts';
import { baseName } from '../queries/shell-paths.ts';
import type { Rule, RuleHit } from '../rule.ts';

export const rule: Rule = {
  id: 'PL4009',
  slug: 'plain-download',
  title: 'Download without encryption',
  severity: 'medium',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      'http, ftp, git and svn URLs that a RUN downloads from (curl, wget, git clone, rpm and the like), a URL without a scheme, which curl and wget take for http, and ADD of an http or ftp URL without --checksum. Not reported: this machine, what the same RUN compares with a checksum or signature, and the sources of apt and apk, which sign their packages.',
    why: "Anyone on the path between the build and the server reads the request and answers in its place: what is downloaded, and often run, is then the attacker's.",
    fix: 'Use https. Where a server has none, compare what came with a checksum in the Dockerfile.',
    bad: [
      'FROM alpine:3.20\nRUN wget http://example.com/a.tar.gz\n',
      'FROM alpine:3.20\nRUN curl -fsSL example.com/install.sh -o /a\n',
      'FROM alpine:3.20\nADD http://example.com/a /a\n',
      'FROM alpine:3.20\nRUN git clone git://example.com/a.git && curl -O ftp://example.com/b\n',
      'FROM rockylinux:9\nRUN rpm -i http://example.com/a.rpm\n',
      'FROM alpine:3.20\nARG HOST=http://example.com\nRUN curl $HOST/a -o /a\n',
    ],
    good: [
      'FROM alpine:3.20\nRUN wget https://example.com/a && curl http://localhost:8080/health\n',
      'FROM alpine:3.20\nRUN curl -o a http://example.com/a && echo "0123456789012345678901234567890123456789012345678901234567890123  a" | sha256sum -c\n',
      'FROM alpine:3.20\nADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d http://example.com/a /a\n',
      'FROM debian:12\nRUN echo "deb http://deb.example.com/debian bookworm main" > /etc/apt/sources.list\nHEALTHCHECK CMD curl -f http://example.com/\n',
    ],
    references: ['https://cwe.mitre.org/data/definitions/319.html', 'https://attack.mitre.org/techniques/T1557/'],
  },
  options: [trustedHosts],
  *check(model, context) {
    const isTrusted = hostTruster(context);
    for (const command of commandsNamed(model, ...DOWNLOADERS)) {
      if (command.instruction.keyword !== 'RUN') continue;
      for (const word of urlsOf(command)) {
        if (isTrusted(hostOf(word.value))) continue;
        const hit = hitFor(model, command, word);
        if (hit !== undefined && !isVerified(model, command, word)) yield hit;
      }
    }
    for (const instruction of instructionsNamed(model, 'ADD')) yield* addedPlainly(model, instruction, isTrusted);
  },
};

const DOWNLOADERS = [
  ...[
    'curl',
    'wget',
    'wget2',
    'aria2c',
    'axel',
    'fetch',
    'lynx',
    'http',
    'lftp',
    'iwr',
    'irm',
    'invoke-webrequest',
    'invoke-restmethod',
    'start-bitstransfer',
  ],
  ...['git', 'svn', 'hg', 'rpm', 'yum', 'dnf', 'dnf5', 'microdnf', 'tdnf', 'yum-config-manager'],
];

function urlsOf(command: ShellCommand): readonly ShellWord[] {
  if (!/^(?:curl|wget2?)$/.test(command.name) || command.language === 'powershell') {
    const isClone =
      command.name !== 'git' || command.args.some(({ value }) => /^(?:clone|submodule|fetch|pull|remote|ls-remote|archive)$/.test(value));
    return isClone ? command.args.filter(({ value }, index) => !/proxy/i.test(value) && !/proxy/i.test(command.args[index - 1]?.value ?? '')) : [];
  }
  return [...optionsOf(command).operands, ...findFlags(command, { long: 'url' }).flatMap(({ valueWord }) => valueWord ?? [])];
}

const BARE_URL = /^(?:[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?\.){1,8}[a-z]{2,18}(?::\d{1,5})?\/[^\s]/i;

function hitFor(model: DockerfileModel, command: ShellCommand, word: ShellWord): RuleHit | undefined {
  const url = findPlainUrl(word.value);
  if (url !== undefined) {
    const { range, edits } = placeOfUrl(model, word, url);
    return {
      message: `What ${url.host} serves over ${url.scheme} can be replaced on its way`,
      range,
      fixes: fixWith('suggested', 'Use https', edits),
    };
  }
  if (!/^(?:curl|wget2?)$/.test(command.name) || command.language === 'powershell' || !BARE_URL.test(word.value)) return undefined;
  if (findFlags(command, { long: 'proto-default' }).length > 0) return undefined;
  const edits = word.written && !/^["']/.test(word.text) ? [insertAt(word.range.start, 'https://')] : undefined;
  return {
    message: `${command.name} takes plain http when a URL names no scheme`,
    range: word.range,
    fixes: fixWith('suggested', 'Use https', edits),
  };
}

/** True when the same RUN compares what was downloaded from a URL. */
/** Of a URL with or without a scheme. */
function hostOf(value: string): string {
  return findPlainUrl(value)?.host ?? /^[^/?#]*/.exec(value)?.[0] ?? value;
}

function isVerified(model: DockerfileModel, command: ShellCommand, { value }: ShellWord): boolean {
  const all = downloadTargets(command);
  const own = all.filter((target) => baseName(target) === baseName(value));
  const targets = own.length > 0 ? own : all;
  if (targets.length === 0) return false;
  return checksOf(model, command.instruction).some((check) => check.isOpen || targets.some((target) => namesChecked(check, target)));
}

const checks = new Memo<readonly IntegrityCheck[]>();
/** Each download of a RUN is looked for in each of its checks. */
const MAX_CHECKS = 200;

function checksOf(model: DockerfileModel, instruction: Instruction): readonly IntegrityCheck[] {
  return checks.of(instruction, () =>
    model
      .commandsOf(instruction)
      .flatMap((command) => integrityCheckOf(model, command) ?? [])
      .slice(0, MAX_CHECKS),
  );
}

function* addedPlainly(model: DockerfileModel, instruction: Instruction, isTrusted: (host: string) => boolean): Iterable<RuleHit> {
  if (instruction.flags.some(({ name }) => name === 'checksum')) return;
  for (const word of instruction.args.slice(0, -1)) {
    const url = findPlainUrl(resolveWord(model, instruction, word) ?? word.value);
    if (url === undefined || isTrusted(url.host)) continue;
    const at = word.text.indexOf(`${url.scheme}://`);
    const edits = at < 0 ? undefined : [{ range: rangeInWord(model, word, at, at + url.scheme.length), newText: 'https' }];
    yield {
      message: `What ${url.host} serves over ${url.scheme} can be replaced on its way`,
      range: word.range,
      fixes: fixWith('suggested', 'Use https', edits),
    };
  }
}
