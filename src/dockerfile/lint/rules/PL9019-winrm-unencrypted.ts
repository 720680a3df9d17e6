import type { DockerfileModel } from '../../syntax/model.ts';
import { originRange } from '../../syntax/mapped-text.ts';
import type { ShellWord } from '../../syntax/shell/command.ts';
import { rangeAt } from '../../syntax/text-document.ts';
import { cmdletArguments, findParameter, isTrue } from '../queries/cmdlets.ts';
import { commandsNamed } from '../queries/commands.ts';
import { fixWith, replaceRange, replaceWord } from '../queries/edits.ts';
import { isOne, registryWrites } from '../queries/registry-writes.ts';
import type { Rule, RuleHit } from '../rule.ts';

const WINDOWS = 'FROM mcr.microsoft.com/windows/servercore:ltsc2022\n';
const POWERSHELL = `${WINDOWS}SHELL ["powershell", "-Command"]\n`;

export const rule: Rule = {
  id: 'PL9019',
  slug: 'winrm-unencrypted',
  title: 'WinRM lets passwords and commands pass in the clear',
  severity: 'high',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      "AllowUnencrypted set to true for WinRM's service or client: by winrm set, Set-Item WSMan:, Set-WSManInstance or the policy AllowUnencryptedTraffic. Not reported: setting it to false.",
    why: 'Whoever listens on the network reads the log-on and every command, or sends their own: WinRM is remote control of the container.',
    fix: 'Remove it and use WinRM over https (port 5986), or no WinRM: `docker exec` needs none.',
    bad: [
      `${WINDOWS}RUN winrm set winrm/config/service @{AllowUnencrypted="true"}\n`,
      `${POWERSHELL}RUN Set-Item WSMan:\\localhost\\Service\\AllowUnencrypted -Value $true\n`,
      `${POWERSHELL}RUN winrm set winrm/config/client '@{AllowUnencrypted="true"}'\n`,
    ],
    good: [
      `${POWERSHELL}RUN Set-Item WSMan:\\localhost\\Service\\AllowUnencrypted -Value $false; winrm quickconfig -q\n`,
      `${WINDOWS}RUN winrm set winrm/config/service @{AllowUnencrypted="false"} && echo AllowUnencrypted="true"\n`,
    ],
    references: ['https://learn.microsoft.com/windows/win32/winrm/installation-and-configuration-for-windows-remote-management'],
  },
  *check(model) {
    for (const command of commandsNamed(model, 'winrm', 'set-wsmaninstance')) {
      for (const word of command.args) {
        const match = /\bAllowUnencrypted\s{0,9}=\s{0,9}["']{0,2}\$?(true)\b/i.exec(word.value);
        if (match !== null && command.language !== 'sh') yield hitInside(model, word, match.index + match[0].length - 'true'.length);
      }
    }
    for (const command of commandsNamed(model, 'set-item', 'si')) {
      const given = cmdletArguments(command, ['force', 'whatif', 'confirm', 'passthru']);
      const path = findParameter(given, 'path', 'pa')?.valueWord ?? given.operands[0];
      const value = findParameter(given, 'value', 'v')?.valueWord ?? given.operands.find((word) => word !== path);
      if (value === undefined || command.language !== 'powershell' || !isTrue(value.value)) continue;
      if (/^wsman:.{0,200}[\\/]allowunencrypted$/i.test(path?.value ?? '')) yield hit(value, replaceWord(value, '$false'));
    }
    for (const { name, value, valueWord } of registryWrites(model)) {
      if (name === 'allowunencryptedtraffic' && isOne(value)) yield hit(valueWord, replaceWord(valueWord, '0'));
    }
  },
};

/** `@{AllowUnencrypted="true"}`: only the value changes. */
function hitInside(model: DockerfileModel, word: ShellWord, at: number): RuleHit {
  const range = rangeAt(model.document, ...originRange(word.source, at, at + 'true'.length));
  return hit(word, word.written ? [replaceRange(range, 'false')] : undefined);
}

function hit(word: ShellWord, edits: Parameters<typeof fixWith>[2]): RuleHit {
  return {
    message: 'WinRM takes log-ons and commands that anyone on the network can read',
    range: word.range,
    fixes: fixWith('suggested', 'Ask for encryption', edits),
  };
}
