import type { TextEdit, TextRange } from '../../../foundation/model/text-range.ts';
import type { DockerfileModel } from '../../syntax/model.ts';
import type { ShellCommand } from '../../syntax/shell/command.ts';
import { findSwitch } from '../queries/cmdlets.ts';
import { dropStatement } from '../queries/drop-statement.ts';
import { fixWith, removeWord } from '../queries/edits.ts';
import type { Rule, RuleHit } from '../rule.ts';

const POWERSHELL = 'FROM mcr.microsoft.com/powershell:7.4-alpine-3.20\nSHELL ["pwsh", "-Command"]\n';

export const rule: Rule = {
  id: 'PL9004',
  slug: 'powershell-certificates-unchecked',
  title: 'PowerShell does not check certificates',
  severity: 'high',
  aliases: [],
  fixable: 'safe',
  docs: {
    reports:
      "ServerCertificateValidationCallback (and HttpClient's ServerCertificateCustomValidationCallback) set to something that is always true, a CertificatePolicy of one's own, -SkipCertificateCheck, -SkipCACheck, -SkipCNCheck, -AllowUnencryptedAuthentication. Not reported: `:$false`, a callback that compares something.",
    why: "Anyone on the path between the build and the server can answer in its place: what is downloaded, and often run, is the attacker's; with -AllowUnencryptedAuthentication the password goes over the wire in the clear.",
    fix: 'Remove it. For a server with a private CA, import the CA certificate with Import-Certificate.',
    bad: [
      `${POWERSHELL}RUN Invoke-WebRequest https://example.com/a -OutFile a -SkipCertificateCheck\n`,
      `${POWERSHELL}RUN [System.Net.ServicePointManager]::ServerCertificateValidationCallback = {$true}; iwr https://example.com/a -OutFile a\n`,
      `${POWERSHELL}RUN irm http://example.com/a -Credential $c -AllowUnencryptedAuthentication\n`,
      `${POWERSHELL}RUN [Net.ServicePointManager]::CertificatePolicy = New-Object TrustAllCertsPolicy\n`,
    ],
    good: [
      `${POWERSHELL}RUN Invoke-WebRequest https://example.com/a -OutFile a -SkipHttpErrorCheck\n`,
      `${POWERSHELL}RUN iwr https://example.com/a -SkipCertificateCheck:$false -OutFile '-SkipCertificateCheck'\n`,
      `${POWERSHELL}RUN [Net.ServicePointManager]::ServerCertificateValidationCallback = { param($s, $c) $c.Thumbprint -eq '0E' }\n`,
      'FROM alpine:3.20\nRUN echo -SkipCertificateCheck\n',
    ],
    references: [
      'https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/invoke-webrequest#-skipcertificatecheck',
      'https://learn.microsoft.com/dotnet/api/system.net.servicepointmanager.servercertificatevalidationcallback',
    ],
  },
  *check(model) {
    for (const command of model.commands()) {
      if (command.language !== 'powershell') continue;
      yield* command.name === '' ? assignmentHits(model, command) : switchHits(model, command);
    }
  },
};

const SWITCHES: readonly (readonly [name: string, shortest: string, effect: string])[] = [
  ['skipcertificatecheck', 'skipc', 'accepts any certificate'],
  ['skipcacheck', 'skipca', 'accepts any certificate'],
  ['skipcncheck', 'skipcn', "accepts another server's certificate"],
  ['allowunencryptedauthentication', 'allowu', 'sends the password in the clear'],
];

function* switchHits(model: DockerfileModel, command: ShellCommand): Iterable<RuleHit> {
  if (!command.args.some(({ text }) => /^[-–—](?:skipc|allowu)/i.test(text))) return;
  for (const [name, shortest, effect] of SWITCHES) {
    const found = findSwitch(command, name, shortest);
    if (found === undefined || (name === 'skipcertificatecheck' && found.name === 'skipca')) continue;
    const edits = removeWord(model, command, found.word);
    yield { message: `${found.word.value} ${effect}`, range: found.word.range, fixes: fixWith('safe', `Remove ${found.word.value}`, edits) };
  }
}

/** `[…]::ServerCertificateValidationCallback = {$true}`: the words of an expression. */
function* assignmentHits(model: DockerfileModel, command: ShellCommand): Iterable<RuleHit> {
  const [target, operator, ...values] = command.words;
  if (target === undefined || !/^\+?=$/.test(operator?.value ?? '')) return;
  const value = values.map(({ text }) => text).join(' ');
  const isCallback = /\bServerCertificate(?:Custom)?ValidationCallback$/i.test(target.text) && isAlwaysTrue(value);
  const isPolicy = /::CertificatePolicy$/i.test(target.text) && !/^\$null$/i.test(value);
  if (!isCallback && !isPolicy) return;
  yield assignmentHit(target.range, dropStatement(model, command));
}

function assignmentHit(range: TextRange, edits: readonly TextEdit[] | undefined): RuleHit {
  return { message: 'From here on any certificate is accepted', range, fixes: fixWith('safe', 'Remove it', edits) };
}

function isAlwaysTrue(value: string): boolean {
  return (
    /^(?:\[[\w.]{1,200}\]\s*)?\{\s*(?:param\s*\([^()]{0,200}\)\s*;?\s*)?(?:return\s*)?(?:\$true|1|!\$false|-not\s+\$false)\s*;?\s*\}$/i.test(value) ||
    /Dangerous|TrustAll|AcceptAll|AllowAll|IgnoreAll/i.test(value)
  );
}
