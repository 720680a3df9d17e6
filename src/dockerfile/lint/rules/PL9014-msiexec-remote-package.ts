import type { TextEdit } from '../../../foundation/model/text-range.ts';
import type { ShellCommand, ShellWord } from '../../syntax/shell/command.ts';
import { commandsNamed } from '../queries/commands.ts';
import { fixWith, insertAt, replaceRange } from '../queries/edits.ts';
import type { Rule } from '../rule.ts';

const WINDOWS = 'FROM mcr.microsoft.com/windows/servercore:ltsc2022\n';

export const rule: Rule = {
  id: 'PL9014',
  slug: 'msiexec-remote-package',
  title: 'msiexec installs straight from a URL',
  severity: 'high',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      'msiexec /i, /package, /a or /j with an http, https or ftp address or a share of another machine, also by Start-Process. Not reported: a local file.',
    why: "An .msi runs its own code as SYSTEM. Whoever controls the server, its name or the path to it has the build machine's container, and nothing of the package is left to look at.",
    fix: 'Download the file, compare its hash with a value in the Dockerfile, then install it.',
    bad: [
      `${WINDOWS}RUN msiexec /i https://example.com/a.msi /qn\n`,
      `${WINDOWS}SHELL ["powershell", "-Command"]\nRUN Start-Process msiexec -ArgumentList '/i http://example.com/a.msi /qn' -Wait\n`,
      `${WINDOWS}SHELL ["powershell", "-Command"]\nRUN msiexec.exe /qn /i http://example.com/a.msi\n`,
    ],
    good: [`${WINDOWS}RUN msiexec /i C:\\a.msi /qn SERVER=https://example.com\n`, `${WINDOWS}RUN echo msiexec /i https://example.com/a.msi\n`],
    references: [
      'https://attack.mitre.org/techniques/T1218/007/',
      'https://learn.microsoft.com/windows-server/administration/windows-commands/msiexec',
    ],
  },
  *check(model) {
    for (const command of commandsNamed(model, 'msiexec')) {
      const word = command.args.find(({ value }, index) => isRemote(value) && isInstallOption(command.args[index - 1]?.value ?? ''));
      if (word === undefined || command.language === 'sh') continue;
      yield {
        message: 'msiexec installs what this address serves, as SYSTEM and without a check',
        range: word.range,
        fixes: fixWith('suggested', 'Download, check, then install', unfold(command, word)),
      };
    }
  },
};

function isRemote(value: string): boolean {
  return /^(?:https?|ftp):|^\\\\[^\\?.]/i.test(value);
}

function isInstallOption(value: string): boolean {
  return /^[-/](?:i|package|a|j[um]?)$/i.test(value);
}

const FILE = 'installer.msi';

function unfold(command: ShellCommand, word: ShellWord): readonly TextEdit[] | undefined {
  const isStatement =
    command.within === undefined && command.wrapper === undefined && !command.places.some(({ pipeline }) => pipeline.stages.length > 1);
  if (!isStatement || !word.written || command.embedded || !/^https?:/i.test(word.value)) return undefined;
  const check = {
    cmd: `curl.exe -fsSL -o ${FILE} ${word.text} && certutil -hashfile ${FILE} SHA256 | findstr /i REPLACE_WITH_SHA256 && `,
    powershell: `Invoke-WebRequest ${word.text} -UseBasicParsing -OutFile ${FILE}; if ((Get-FileHash ${FILE}).Hash -ne 'REPLACE_WITH_SHA256') { throw 'checksum' }; `,
    sh: undefined,
    exec: undefined,
  }[command.language];
  return check === undefined ? undefined : [insertAt(command.range.start, check), replaceRange(word.range, FILE)];
}
