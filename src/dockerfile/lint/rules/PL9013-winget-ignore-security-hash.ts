import { commandsNamed } from '../queries/commands.ts';
import { dropStatement } from '../queries/drop-statement.ts';
import { fixWith, removeWord } from '../queries/edits.ts';
import type { Rule } from '../rule.ts';

const WINDOWS = 'FROM mcr.microsoft.com/windows/server:ltsc2022\n';

export const rule: Rule = {
  id: 'PL9013',
  slug: 'winget-ignore-security-hash',
  title: 'winget does not check installers',
  severity: 'high',
  aliases: [],
  fixable: 'safe',
  docs: {
    reports:
      'winget --ignore-security-hash, --ignore-local-archive-malware-scan, and `winget settings --enable InstallerHashOverride`, which allows the first.',
    why: 'The hash in the reviewed manifest is all that ties the installer to it: without the check whoever controls the download server runs code as an administrator.',
    fix: 'Remove the option; when the hash of a package is outdated take another version of it.',
    bad: [
      `${WINDOWS}RUN winget install --id Git.Git -v 2.47.0 --ignore-security-hash\n`,
      `${WINDOWS}RUN winget settings --enable InstallerHashOverride\n`,
      `${WINDOWS}RUN winget install --manifest a --ignore-local-archive-malware-scan\n`,
    ],
    good: [
      `${WINDOWS}RUN winget install --id Git.Git -v 2.47.0 --silent\n`,
      `${WINDOWS}RUN winget settings --disable InstallerHashOverride && echo --ignore-security-hash\n`,
    ],
    references: ['https://learn.microsoft.com/windows/package-manager/winget/install'],
  },
  *check(model) {
    for (const command of commandsNamed(model, 'winget')) {
      const { args } = command;
      for (const word of args) {
        if (!/^--ignore-(?:security-hash|local-archive-malware-scan)$/i.test(word.value)) continue;
        const edits = removeWord(model, command, word);
        yield {
          message: `winget ${word.value} runs whatever the download server sends`,
          range: word.range,
          fixes: fixWith('safe', `Remove ${word.value}`, edits),
        };
      }
      const enable = args[0]?.value.toLowerCase() === 'settings' ? args.findIndex(({ value }) => value.toLowerCase() === '--enable') : -1;
      const setting = enable < 0 ? undefined : args[enable + 1];
      if (setting === undefined || !/^(?:InstallerHashOverride|LocalArchiveMalwareScanOverride)$/i.test(setting.value)) continue;
      const edits = dropStatement(model, command);
      yield {
        message: 'From here on winget can be told not to check installers',
        range: setting.range,
        fixes: fixWith('safe', 'Remove the setting', edits),
      };
    }
  },
};
