import type { TextRange } from '../../../foundation/model/text-range.ts';
import type { DockerfileModel } from '../../syntax/model.ts';
import type { ShellCommand } from '../../syntax/shell/command.ts';
import { cmdletArguments, isTrue } from '../queries/cmdlets.ts';
import { commandsNamed } from '../queries/commands.ts';
import { dropStatement } from '../queries/drop-statement.ts';
import { fixWith } from '../queries/edits.ts';
import { isOne, registryWrites } from '../queries/registry-writes.ts';
import type { Rule, RuleHit } from '../rule.ts';

const POWERSHELL = 'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nSHELL ["powershell", "-Command"]\n';

export const rule: Rule = {
  id: 'PL9015',
  slug: 'defender-off',
  title: 'Microsoft Defender turned off or told to look away',
  severity: 'high',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      'Set-MpPreference and Add-MpPreference with an exclusion or a -Disable… that is true, the same by the registry, removal of the Windows-Defender feature, its service stopped or disabled. Not reported: Remove-MpPreference, `-Disable… $false`.',
    why: 'It is the first thing that malware does once it runs, so that nothing looks at what comes next. In an image it stays that way in every container.',
    fix: 'Remove it. If a build step is slow because of the scan, set the exclusion on the build host, not in the image.',
    bad: [
      `${POWERSHELL}RUN Set-MpPreference -DisableRealtimeMonitoring $true\n`,
      `${POWERSHELL}RUN Add-MpPreference -ExclusionPath C:\\app; Get-Date\n`,
      `${POWERSHELL}RUN Uninstall-WindowsFeature Windows-Defender\n`,
      'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nRUN sc config WinDefend start= disabled\n',
      'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nRUN reg add "HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender" /v DisableAntiSpyware /t REG_DWORD /d 1 /f\n',
    ],
    good: [
      `${POWERSHELL}RUN Set-MpPreference -DisableRealtimeMonitoring $false; Remove-MpPreference -ExclusionPath C:\\app; Get-Service WinDefend\n`,
      `${POWERSHELL}RUN Install-WindowsFeature Windows-Defender; Write-Host -DisableRealtimeMonitoring $true\n`,
    ],
    references: ['https://attack.mitre.org/techniques/T1562/001/', 'https://learn.microsoft.com/powershell/module/defender/set-mppreference'],
  },
  *check(model) {
    for (const command of commandsNamed(model, 'set-mppreference', 'add-mppreference')) {
      const found = cmdletArguments(command).parameters.find(
        ({ name, value }) => name.startsWith('exclusion') || (name.startsWith('disable') && isTrue(value)),
      );
      if (found !== undefined && command.language === 'powershell') yield hit(model, command, found.word.range);
    }
    for (const command of commandsNamed(model, 'uninstall-windowsfeature', 'remove-windowsfeature', 'disable-windowsoptionalfeature', 'dism')) {
      const isRemoval = command.name !== 'dism' || command.args.some(({ value }) => /^\/disable-feature$/i.test(value));
      const feature = command.args.find(({ value }) => /^(?:\/featurename:)?windows-defender/i.test(value));
      if (isRemoval && feature !== undefined) yield hit(model, command, feature.range);
    }
    for (const command of commandsNamed(model, 'sc', 'stop-service', 'set-service', 'net')) {
      const service = command.args.find(({ value }) => /^(?:windefend|wdnissvc)$/i.test(value));
      if (service !== undefined && stopsService(command)) yield hit(model, command, service.range);
    }
    for (const { command, key, name, value, valueWord } of registryWrites(model)) {
      const turnsOff = /^disable(?:antispyware|antivirus|realtimemonitoring|behaviormonitoring|ioavprotection|scriptscanning)$/.test(name);
      if (turnsOff && isOne(value)) yield hit(model, command, valueWord.range);
      else if (/windows defender\\exclusions\\/.test(key)) yield hit(model, command, valueWord.range);
    }
  },
};

function stopsService({ name, language, args }: ShellCommand): boolean {
  if (language === 'sh') return false;
  const words = args.map(({ value }) => value.toLowerCase());
  if (name === 'stop-service') return true;
  if (name === 'sc') return words.includes('stop') || words.includes('delete') || words.includes('disabled') || words.includes('start=disabled');
  return name === 'net' ? words[0] === 'stop' : words.includes('disabled') || words.includes('stopped');
}

function hit(model: DockerfileModel, command: ShellCommand, range: TextRange): RuleHit {
  return {
    message: 'From here on Microsoft Defender does not see what runs in the image',
    range,
    fixes: fixWith('suggested', 'Remove it', dropStatement(model, command)),
  };
}
