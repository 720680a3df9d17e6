import type { TextEdit } from '../../../foundation/model/text-range.ts';
import type { ShellCommand, ShellWord } from '../../syntax/shell/command.ts';
import { cmdletArguments, findParameter, type CmdletArguments } from '../queries/cmdlets.ts';
import { commandsNamed } from '../queries/commands.ts';
import { fixWith, insertAt, replaceWord } from '../queries/edits.ts';
import { ignoredPackages, packageIgnorer } from '../queries/package-managers.ts';
import type { Rule } from '../rule.ts';

const POWERSHELL = 'FROM mcr.microsoft.com/powershell:7.4-alpine-3.20\nSHELL ["pwsh", "-Command"]\n';

export const rule: Rule = {
  id: 'PL9012',
  slug: 'install-module-unpinned',
  title: 'PowerShell module without a version',
  severity: 'medium',
  aliases: [],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports:
      'Install-Module, Install-Script and Install-PSResource without an exact version; -Force answers the question that would have been asked. Not reported: -RequiredVersion, an exact -Version, -RequiredResourceFile, modules that come through a pipe.',
    why: 'Each build takes whatever was published last, by whoever holds the account that day, and imports it: a module runs code when it is loaded.',
    fix: 'Add -RequiredVersion (Install-PSResource: -Version) with the version that was reviewed.',
    bad: [
      `${POWERSHELL}RUN Install-Module -Name Pester -Force\n`,
      `${POWERSHELL}RUN Install-Module Az -MinimumVersion 12.0.0 -Force\n`,
      `${POWERSHELL}RUN Install-PSResource Pester -Version '[5.0,6.0)' -Quiet\n`,
    ],
    good: [
      `${POWERSHELL}RUN Install-Module -Name Pester -RequiredVersion 5.6.1 -Force\n`,
      `${POWERSHELL}RUN Install-PSResource -Name Pester -Version 5.6.1\n`,
      `${POWERSHELL}RUN Find-Module Pester -RequiredVersion 5.6.1 | Install-Module -Force; Import-Module Pester\n`,
    ],
    references: [
      'https://learn.microsoft.com/powershell/module/powershellget/install-module',
      'https://learn.microsoft.com/powershell/module/microsoft.powershell.psresourceget/install-psresource',
    ],
  },
  options: [ignoredPackages],
  *check(model, context) {
    const isIgnored = packageIgnorer(context);
    for (const command of commandsNamed(model, 'install-module', 'inmo', 'install-script', 'install-psresource')) {
      if (command.language !== 'powershell') continue;
      const given = cmdletArguments(command, SWITCHES);
      const name = findParameter(given, 'name', 'n')?.valueWord ?? given.operands[0];
      if (name === undefined || isPinned(command, given) || isIgnored(name.value)) continue;
      yield {
        message: `${name.value} has no exact version: each build takes what was published last`,
        range: name.range,
        fixes: fixWith('suggested', 'Add a version to fill in', addVersion(command, given, name)),
      };
    }
  },
};

const SWITCHES = [
  'force',
  'allowclobber',
  'skippublishercheck',
  'acceptlicense',
  'allowprerelease',
  'passthru',
  'nopathupdate',
  'quiet',
  'prerelease',
  'reinstall',
  'trustrepository',
  'noclobber',
  'skipdependencycheck',
  'authenticodecheck',
  'verbose',
  'whatif',
  'confirm',
];

function isPinned({ name }: ShellCommand, given: CmdletArguments): boolean {
  if (name !== 'install-psresource') return findParameter(given, 'requiredversion', 'requ') !== undefined;
  if (findParameter(given, 'requiredresourcefile', 'requ') !== undefined) return true;
  const version = findParameter(given, 'version', 'ver')?.value;
  return version !== undefined && /^\[?[\w.+-]+\]?$/.test(version) && !version.includes('*');
}

function addVersion(command: ShellCommand, given: CmdletArguments, name: ShellWord): readonly TextEdit[] | undefined {
  const minimum = findParameter(given, 'minimumversion', 'mi');
  const range = findParameter(given, 'version', 'ver');
  if (findParameter(given, 'maximumversion', 'ma') !== undefined || name.text.includes(',') || !name.written || command.language === 'exec')
    return undefined;
  if (command.name === 'install-psresource')
    return range?.valueWord === undefined
      ? [insertAt(name.range.end, ' -Version CHOOSE-A-VERSION')]
      : replaceWord(range.valueWord, 'CHOOSE-A-VERSION');
  return minimum === undefined ? [insertAt(name.range.end, ' -RequiredVersion CHOOSE-A-VERSION')] : replaceWord(minimum.word, '-RequiredVersion');
}
