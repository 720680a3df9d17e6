import { cmdletArguments, findParameter, isTrue, replaceArgument } from '../queries/cmdlets.ts';
import { commandsNamed } from '../queries/commands.ts';
import { dropStatement } from '../queries/drop-statement.ts';
import { fixWith, replaceWord } from '../queries/edits.ts';
import { isOne, registryWrites } from '../queries/registry-writes.ts';
import type { Rule } from '../rule.ts';

const POWERSHELL = 'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nSHELL ["powershell", "-Command"]\n';

export const rule: Rule = {
  id: 'PL9018',
  slug: 'smb1-enabled',
  title: 'SMB version 1 turned on',
  severity: 'high',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      'The SMB1 feature installed (Enable-WindowsOptionalFeature, Install-WindowsFeature, dism), Set-SmbServerConfiguration -EnableSMB1Protocol $true, SMB1 set to 1 in the registry. Not reported: turning it off.',
    why: 'SMB 1 is what EternalBlue and WannaCry spread through: no encryption, no protection against a machine in the middle, and code of the 1980s that parses what any neighbour sends.',
    fix: 'Remove it and use SMB 2 or 3, which every supported system speaks.',
    bad: [
      `${POWERSHELL}RUN Enable-WindowsOptionalFeature -Online -FeatureName SMB1Protocol -NoRestart\n`,
      `${POWERSHELL}RUN Set-SmbServerConfiguration -EnableSMB1Protocol $true -Force\n`,
      'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nRUN dism /online /enable-feature /featurename:SMB1Protocol\n',
      `${POWERSHELL}RUN Set-ItemProperty HKLM:\\SYSTEM\\CurrentControlSet\\Services\\LanmanServer\\Parameters SMB1 1\n`,
    ],
    good: [
      `${POWERSHELL}RUN Disable-WindowsOptionalFeature -Online -FeatureName SMB1Protocol; Set-SmbServerConfiguration -EnableSMB1Protocol $false\n`,
      `${POWERSHELL}RUN Install-WindowsFeature FS-FileServer; Write-Host SMB1Protocol\n`,
    ],
    references: ['https://learn.microsoft.com/windows-server/storage/file-server/troubleshoot/smbv1-not-installed-by-default-in-windows'],
  },
  *check(model) {
    const message = 'SMB 1 lets any machine on the network attack the container, and read what it transfers';
    for (const command of commandsNamed(model, 'enable-windowsoptionalfeature', 'install-windowsfeature', 'add-windowsfeature', 'dism')) {
      const isInstall = command.name !== 'dism' || command.args.some(({ value }) => /^\/enable-feature$/i.test(value));
      const word = isInstall
        ? command.args.find(({ value }) => /^(?:\/featurename:)?(?:smb1protocol(?:-\w{1,20})?|fs-smb1(?:-\w{1,20})?)$/i.test(value))
        : undefined;
      if (word === undefined || command.language === 'sh') continue;
      yield { message, range: word.range, fixes: fixWith('suggested', 'Remove it', dropStatement(model, command)) };
    }
    for (const command of commandsNamed(model, 'set-smbserverconfiguration')) {
      const enable = findParameter(cmdletArguments(command, ['force']), 'enablesmb1protocol', 'enablesmb1');
      if (enable?.valueWord === undefined || !isTrue(enable.value) || command.language !== 'powershell') continue;
      yield { message, range: enable.valueWord.range, fixes: fixWith('suggested', 'Turn it off', replaceArgument(enable, '$false')) };
    }
    for (const { key, name, value, valueWord } of registryWrites(model)) {
      if (name !== 'smb1' || !isOne(value) || !key.includes('lanmanserver')) continue;
      yield { message, range: valueWord.range, fixes: fixWith('suggested', 'Turn it off', replaceWord(valueWord, '0')) };
    }
  },
};
