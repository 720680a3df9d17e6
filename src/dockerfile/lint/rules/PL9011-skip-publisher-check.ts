import { findSwitch } from '../queries/cmdlets.ts';
import { commandsNamed } from '../queries/commands.ts';
import { fixWith, removeWord } from '../queries/edits.ts';
import type { Rule } from '../rule.ts';

const POWERSHELL = 'FROM mcr.microsoft.com/powershell:7.4-alpine-3.20\nSHELL ["pwsh", "-Command"]\n';

export const rule: Rule = {
  id: 'PL9011',
  slug: 'skip-publisher-check',
  title: 'PowerShell module installed without its publisher checked',
  severity: 'high',
  aliases: [],
  fixable: 'safe',
  docs: {
    reports:
      'Install-Module, Update-Module, Install-Package and Save-Package with -SkipPublisherCheck, which may be cut short. Not reported: `:$false`.',
    why: 'A module that another publisher signed, or no one, replaces the one that was there: the check is what notices a package whose account was taken over.',
    fix: 'Remove it. Where an old module of Windows itself is in the way (Pester 3), uninstall or remove that first.',
    bad: [`${POWERSHELL}RUN Install-Module Pester -RequiredVersion 5.6.1 -Force -SkipPublisherCheck\n`],
    good: [
      `${POWERSHELL}RUN Install-Module Pester -RequiredVersion 5.6.1 -Force\n`,
      `${POWERSHELL}RUN Write-Host -SkipPublisherCheck; Install-Module a -SkipPublisherCheck:$false\n`,
    ],
    references: ['https://learn.microsoft.com/powershell/module/powershellget/install-module#-skippublishercheck'],
  },
  *check(model) {
    for (const command of commandsNamed(model, 'install-module', 'inmo', 'update-module', 'install-package', 'save-package')) {
      const found = command.language === 'powershell' ? findSwitch(command, 'skippublishercheck', 'sk') : undefined;
      if (found === undefined) continue;
      yield {
        message: 'A module that someone else signed is installed in place of the known one',
        range: found.word.range,
        fixes: fixWith('safe', `Remove ${found.word.value}`, removeWord(model, command, found.word)),
      };
    }
  },
};
