import type { ShellCommand, ShellWord } from '../../syntax/shell/command.ts';
import { commandsNamed } from '../queries/commands.ts';
import { fixWith, insertAt } from '../queries/edits.ts';
import { ignoredPackages, packageIgnorer } from '../queries/package-managers.ts';
import type { Rule } from '../rule.ts';

const WINDOWS = 'FROM mcr.microsoft.com/windows/servercore:ltsc2022\n';

export const rule: Rule = {
  id: 'PL9009',
  slug: 'choco-unpinned',
  title: 'Chocolatey package without a version',
  severity: 'medium',
  aliases: [],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports: 'choco install of a package without --version. Not reported: a packages.config or a .nupkg file, which names its versions.',
    why: "Each build takes whatever was published last, by whoever holds the package's account that day, and runs its script as an administrator.",
    fix: 'Add --version=…, one package a command, or list packages and versions in a packages.config.',
    bad: [`${WINDOWS}RUN choco install -y git\n`, `${WINDOWS}RUN choco install git nodejs -y --no-progress\n`],
    good: [
      `${WINDOWS}RUN choco install -y git --version=2.47.0\n`,
      `${WINDOWS}COPY packages.config .\nRUN choco install packages.config -y && choco list git\n`,
      `${WINDOWS}RUN choco install git --version 2.47.0 --params "/NoShellIntegration /x" -s https://choco.example.com/\n`,
    ],
    references: ['https://docs.chocolatey.org/en-us/choco/commands/install/'],
  },
  options: [ignoredPackages],
  *check(model, context) {
    const isIgnored = packageIgnorer(context);
    for (const command of commandsNamed(model, 'choco', 'chocolatey', 'cinst')) {
      const packages = unpinnedPackages(command);
      for (const word of packages) {
        if (isIgnored(word.value)) continue;
        const canFix = packages.length === 1 && word.written && command.language !== 'exec';
        const edits = canFix ? [insertAt(word.range.end, ' --version=CHOOSE-A-VERSION')] : undefined;
        yield {
          message: `${word.value} has no version: each build runs what was published last`,
          range: word.range,
          fixes: fixWith('suggested', 'Add a version to fill in', edits),
        };
      }
    }
  },
};

/** Options whose value is the next word. */
const VALUED =
  /^--?(?:s|source|version|params?|pkgparams|pkgparameters|packageparameters|package-parameters|ia|installargs|installarguments|install-arguments|n|name|u|user|p|password|cert|cp|certpassword|timeout|execution-timeout|c|cache|cachelocation|cache-location|proxy|proxy-user|proxy-password|download-checksum|downloadchecksum)$/i;

function unpinnedPackages(command: ShellCommand): readonly ShellWord[] {
  const install = command.name === 'cinst' ? 0 : command.args.findIndex(({ value }) => /^install$/i.test(value)) + 1;
  if (command.name !== 'cinst' && (install === 0 || command.args.slice(0, install - 1).some(({ value }) => !value.startsWith('-')))) return [];
  const packages: ShellWord[] = [];
  const rest = command.args.slice(install);
  for (let index = 0; index < rest.length; index++) {
    const word = rest[index];
    if (word === undefined) break;
    if (/^--?version(?:=|$)/i.test(word.value)) return [];
    if (VALUED.test(word.value)) index++;
    else if (!word.value.startsWith('-') && !/\.(?:config|nupkg|nuspec)$/i.test(word.value)) packages.push(word);
  }
  return packages;
}
