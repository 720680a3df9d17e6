import type { TextRange } from '../../../foundation/model/text-range.ts';
import type { ShellCommand, ShellWord } from '../../syntax/shell/command.ts';
import { cmdletArguments, findParameter } from '../queries/cmdlets.ts';
import { fixWith, replaceRange, replaceWord } from '../queries/edits.ts';
import type { Rule, RuleHit } from '../rule.ts';

const POWERSHELL = 'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nSHELL ["powershell", "-Command"]\n';

export const rule: Rule = {
  id: 'PL9005',
  slug: 'weak-security-protocol',
  title: 'SSL 3.0, TLS 1.0 or TLS 1.1 asked for in PowerShell',
  severity: 'medium',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      'Ssl3, Tls or Tls11 in SecurityProtocol, alone or beside Tls12, by name or by number, and -SslProtocol Tls or Tls11 of Invoke-WebRequest and Invoke-RestMethod. Not reported: Tls12, Tls13, SystemDefault.',
    why: 'Whoever sits on the path makes both sides take the weakest version on offer, and reads or changes what is transferred.',
    fix: 'Ask for Tls12 (and Tls13 where it is known), or leave the choice to the system.',
    bad: [
      `${POWERSHELL}RUN [Net.ServicePointManager]::SecurityProtocol = [Net.SecurityProtocolType]::Tls; iwr https://example.com/a -OutFile a\n`,
      `${POWERSHELL}RUN [Net.ServicePointManager]::SecurityProtocol = 'Tls11,Tls12'\n`,
      `${POWERSHELL}RUN [System.Net.ServicePointManager]::SecurityProtocol = [Net.SecurityProtocolType]::Tls12 -bor [Net.SecurityProtocolType]::Ssl3\n`,
      `${POWERSHELL}RUN [Net.ServicePointManager]::SecurityProtocol = 192\n`,
      `${POWERSHELL}RUN Invoke-WebRequest https://example.com/a -OutFile a -SslProtocol Tls11\n`,
    ],
    good: [
      `${POWERSHELL}RUN [Net.ServicePointManager]::SecurityProtocol = [Net.SecurityProtocolType]::Tls12\n`,
      `${POWERSHELL}RUN [Net.ServicePointManager]::SecurityProtocol = [Net.ServicePointManager]::SecurityProtocol -bor 3072\n`,
      `${POWERSHELL}RUN $ProgressPreference = 'Tls'; iwr https://example.com/Tls11 -SslProtocol Tls12 -OutFile Ssl3\n`,
    ],
    references: ['https://learn.microsoft.com/dotnet/api/system.net.securityprotocoltype', 'https://www.rfc-editor.org/rfc/rfc8996'],
  },
  *check(model) {
    for (const command of model.commands()) {
      if (command.language !== 'powershell') continue;
      yield* command.name === '' ? assignmentHits(command) : parameterHits(command);
    }
  },
};

function* assignmentHits(command: ShellCommand): Iterable<RuleHit> {
  const [target, operator, ...values] = command.words;
  if (target === undefined || operator?.value !== '=' || !/::SecurityProtocol$/i.test(target.text)) return;
  const first = values[0];
  const last = values.at(-1);
  const weak = values.find((word) => weakIn(word) !== undefined);
  if (first === undefined || last === undefined || weak === undefined) return;
  const all: TextRange = { start: first.range.start, end: last.range.end };
  // Inside a string of another shell brackets and a name need no quotes.
  const edits = values.every(({ written }) => written) ? [replaceRange(all, '[Net.SecurityProtocolType]::Tls12')] : undefined;
  yield hit(weakIn(weak) ?? '', weak.range, fixWith('suggested', 'Ask for TLS 1.2 only', edits));
}

function* parameterHits(command: ShellCommand): Iterable<RuleHit> {
  if (!/^(?:iwr|irm|curl|wget|invoke-webrequest|invoke-restmethod)$/.test(command.name)) return;
  const word = findParameter(cmdletArguments(command), 'sslprotocol', 'ss')?.valueWord;
  const weak = word === undefined ? undefined : weakIn(word);
  if (word !== undefined && weak !== undefined) yield hit(weak, word.range, fixWith('suggested', 'Ask for TLS 1.2 only', replaceWord(word, 'Tls12')));
}

function hit(weak: string, range: TextRange, fixes: RuleHit['fixes']): RuleHit {
  return {
    message: `${weak} is broken: whoever sits on the path can read or change what is transferred`,
    range,
    ...(fixes === undefined ? {} : { fixes }),
  };
}

const NAMES: Readonly<Record<string, string>> = { ssl3: 'SSL 3.0', tls: 'TLS 1.0', tls10: 'TLS 1.0', tls11: 'TLS 1.1', ssl2: 'SSL 2.0' };
/** The flags of System.Net.SecurityProtocolType. */
const FLAGS: readonly (readonly [flag: number, name: string])[] = [
  [0x30, 'SSL 3.0'],
  [0xc0, 'TLS 1.0'],
  [0x300, 'TLS 1.1'],
];

function weakIn(word: ShellWord): string | undefined {
  const value = word.value.replaceAll(/::SecurityProtocol\b/gi, '');
  if (/^\d{1,6}$/.test(value)) return FLAGS.find(([flag]) => (Number(value) & flag) !== 0)?.[1];
  const name = /(?:^|::|[\s,'"(])(ssl[23]|tls(?:1[01])?)(?=$|[\s,'")])/i.exec(value)?.[1];
  return name === undefined ? undefined : NAMES[name.toLowerCase()];
}
