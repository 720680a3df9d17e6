import { commandsNamed } from '../queries/commands.ts';
import { dropStatement } from '../queries/drop-statement.ts';
import { fixWith, removeWord } from '../queries/edits.ts';
import type { Rule } from '../rule.ts';

const WINDOWS = 'FROM mcr.microsoft.com/windows/servercore:ltsc2022\n';

export const rule: Rule = {
  id: 'PL9008',
  slug: 'choco-ignore-checksums',
  title: 'Chocolatey does not check checksums',
  severity: 'high',
  aliases: [],
  fixable: 'safe',
  docs: {
    reports:
      'choco with --ignore-checksums, --allow-empty-checksums or --allow-empty-checksums-secure, and the features that do the same for good. Not reported: the same option with `=false`, other options.',
    why: 'Packages fetch their installers from somewhere else; the checksum is all that ties the installer to the package that was reviewed. Without it whoever controls that server runs code as an administrator.',
    fix: 'Remove the option; for a package whose checksum is outdated take another version, or give the right one with --download-checksum.',
    bad: [
      `${WINDOWS}RUN choco install -y git --version=2.47.0 --ignore-checksums\n`,
      `${WINDOWS}RUN choco install foo -y --allow-empty-checksums\n`,
      `${WINDOWS}RUN choco feature enable -n allowEmptyChecksums && choco install foo -y\n`,
    ],
    good: [
      `${WINDOWS}RUN choco install -y git --version=2.47.0\n`,
      `${WINDOWS}RUN choco feature enable -n allowGlobalConfirmation && echo --ignore-checksums\n`,
    ],
    references: ['https://docs.chocolatey.org/en-us/choco/commands/install/', 'https://docs.chocolatey.org/en-us/configuration/'],
  },
  *check(model) {
    for (const command of commandsNamed(model, 'choco', 'chocolatey', 'cinst', 'cup')) {
      for (const word of command.args) {
        if (!/^--?(?:ignore-?checksums?|allow-?empty-?checksums?(?:-?secure)?)(?:=(?!false$).*)?$/i.test(word.value)) continue;
        yield {
          message: 'Chocolatey installs whatever the download server sends',
          range: word.range,
          fixes: fixWith('safe', `Remove ${word.value}`, removeWord(model, command, word)),
        };
      }
      const [verb, action] = command.args;
      if (verb?.value.toLowerCase() !== 'feature' && verb?.value.toLowerCase() !== 'features') continue;
      const turnsOff = /^disable$/i.test(action?.value ?? '');
      const pattern = turnsOff ? /^(?:--?n(?:ame)?=)?checksumFiles$/i : /^(?:--?n(?:ame)?=)?allowEmptyChecksums(?:Secure)?$/i;
      const feature = turnsOff || /^enable$/i.test(action?.value ?? '') ? command.args.find(({ value }) => pattern.test(value)) : undefined;
      if (feature === undefined) continue;
      yield {
        message: 'From here on Chocolatey installs without checksums, in containers of the image too',
        range: feature.range,
        fixes: fixWith('safe', 'Remove the setting', dropStatement(model, command)),
      };
    }
  },
};
