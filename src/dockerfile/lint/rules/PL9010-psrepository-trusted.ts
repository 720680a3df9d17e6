import { cmdletArguments, findParameter, findSwitch, replaceArgument } from '../queries/cmdlets.ts';
import { commandsNamed } from '../queries/commands.ts';
import { fixWith, removeWord } from '../queries/edits.ts';
import type { Rule } from '../rule.ts';

const POWERSHELL = 'FROM mcr.microsoft.com/powershell:7.4-alpine-3.20\nSHELL ["pwsh", "-Command"]\n';

export const rule: Rule = {
  id: 'PL9010',
  slug: 'psrepository-trusted',
  title: 'PowerShell repository declared trusted',
  severity: 'medium',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      'Set-PSRepository or Register-PSRepository -InstallationPolicy Trusted, Set-PSResourceRepository, Register-PSResourceRepository and Register-PackageSource -Trusted, Install-PSResource -TrustRepository.',
    why: 'Anyone can publish to the PowerShell Gallery. The setting stays in the image: whatever asks for a module by a mistyped or taken-over name gets it, and runs it, without a question.',
    fix: 'Leave the repository as it is and install by exact version: `Install-Module NAME -RequiredVersion 1.2.3 -Force`.',
    bad: [
      `${POWERSHELL}RUN Set-PSRepository -Name PSGallery -InstallationPolicy Trusted\n`,
      `${POWERSHELL}RUN Register-PSResourceRepository -Name x -Uri https://ps.example.com -Trusted\n`,
      `${POWERSHELL}RUN Install-PSResource Pester -Version 5.6.1 -TrustRepository\n`,
    ],
    good: [
      `${POWERSHELL}RUN Install-Module Pester -RequiredVersion 5.6.1 -Force\n`,
      `${POWERSHELL}RUN Set-PSRepository -Name PSGallery -InstallationPolicy Untrusted; Write-Host Trusted\n`,
    ],
    references: [
      'https://learn.microsoft.com/powershell/module/powershellget/set-psrepository',
      'https://learn.microsoft.com/powershell/gallery/how-to/working-with-packages/verified-packages',
    ],
  },
  *check(model) {
    const message = 'Whatever this repository serves is installed without a question, in containers of the image too';
    for (const command of commandsNamed(model, 'set-psrepository', 'register-psrepository')) {
      const policy = findParameter(cmdletArguments(command), 'installationpolicy', 'i');
      if (policy?.valueWord === undefined || policy.value?.toLowerCase() !== 'trusted' || command.language !== 'powershell') continue;
      yield { message, range: policy.valueWord.range, fixes: fixWith('suggested', 'Leave it untrusted', replaceArgument(policy, 'Untrusted')) };
    }
    for (const command of commandsNamed(model, ...WITH_SWITCH)) {
      const isInstall = command.name.startsWith('install') || command.name.startsWith('save') || command.name.startsWith('update');
      const found = isInstall ? findSwitch(command, 'trustrepository', 'tr') : findSwitch(command, 'trusted', 'tr');
      if (found === undefined || command.language !== 'powershell') continue;
      yield { message, range: found.word.range, fixes: fixWith('suggested', `Remove ${found.word.value}`, removeWord(model, command, found.word)) };
    }
  },
};

const WITH_SWITCH = [
  'set-psresourcerepository',
  'register-psresourcerepository',
  'set-packagesource',
  'register-packagesource',
  'install-psresource',
  'save-psresource',
  'update-psresource',
];
