import type { TextEdit } from '../../../foundation/model/text-range.ts';
import type { DockerfileModel } from '../../syntax/model.ts';
import type { ShellCommand, ShellWord } from '../../syntax/shell/command.ts';
import { commandsNamed, nameWord, substitutionsOf, upstream } from '../queries/commands.ts';
import { callsDownload, downloadIn, isPowershellDownload } from '../queries/downloads.ts';
import { fixWith, replaceRange, textAt } from '../queries/edits.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL9001',
  slug: 'powershell-download-and-invoke',
  title: 'PowerShell runs a download without a look at it',
  severity: 'high',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      'Invoke-Expression (iex) of what Invoke-WebRequest, Invoke-RestMethod, curl or WebClient.DownloadString brings: by a pipe, as an argument, through a variable, or as a script block, wherever PowerShell runs it (SHELL, `powershell -Command "…"`, pwsh); and of text decoded from base64.',
    why: 'Whoever controls the server, its name or the path to it runs code in the build as an administrator, and nothing of it is left to look at.',
    fix: 'Download with -OutFile, compare Get-FileHash with a value in the Dockerfile (or check Get-AuthenticodeSignature), then run the file.',
    bad: [
      '# escape=`\nFROM mcr.microsoft.com/windows/servercore:ltsc2022\nSHELL ["powershell", "-Command"]\nRUN iwr -UseBasicParsing https://example.com/install.ps1 | iex\n',
      '# escape=`\nFROM mcr.microsoft.com/windows/servercore:ltsc2022\nRUN powershell -Command "iex ((New-Object System.Net.WebClient).DownloadString(\'https://example.com/install.ps1\'))"\n',
      "FROM mcr.microsoft.com/powershell:7.4-alpine-3.20\nRUN pwsh -c 'Invoke-Expression (Invoke-RestMethod https://example.com/a.ps1)'\n",
      'FROM mcr.microsoft.com/powershell:7.4-alpine-3.20\nSHELL ["pwsh", "-Command"]\nRUN $s = irm https://example.com/a.ps1; iex $s\n',
      'FROM mcr.microsoft.com/powershell:7.4-alpine-3.20\nSHELL ["pwsh", "-Command"]\nRUN & ([scriptblock]::Create((irm https://example.com/a.ps1))) -Force\n',
    ],
    good: [
      'FROM mcr.microsoft.com/powershell:7.4-alpine-3.20\nSHELL ["pwsh", "-Command"]\nRUN iwr https://example.com/a.ps1 -OutFile a.ps1; if ((Get-FileHash a.ps1).Hash -ne \'0E\') { throw \'hash\' }; ./a.ps1\n',
      'FROM mcr.microsoft.com/powershell:7.4-alpine-3.20\nSHELL ["pwsh", "-Command"]\nRUN irm https://example.com/a.json | ConvertTo-Json; iex "Get-Date"\n',
      'FROM alpine:3.20\nRUN echo "iwr https://example.com | iex"\n',
    ],
    references: [
      'https://learn.microsoft.com/powershell/scripting/security/preventing-script-injection',
      'https://attack.mitre.org/techniques/T1059/001/',
    ],
  },
  *check(model) {
    for (const command of commandsNamed(model, 'iex', 'invoke-expression')) {
      const name = nameWord(command);
      if (command.language !== 'powershell' || name === undefined) continue;
      const download = upstream(command).find(isPowershellDownload);
      const isGiven = [command, ...upstream(command)].some(
        (giver) => downloadIn(substitutionsOf(giver)) !== undefined || giver.args.some(callsDownload),
      );
      if (download === undefined && !isGiven) {
        if (isDecoded(command)) yield { message: 'Invoke-Expression runs decoded text that nobody can review', range: name.range };
        continue;
      }
      const edits = download === undefined ? unfoldArgument(model, command) : unfoldPipe(model, download, command);
      yield {
        message: 'Invoke-Expression runs what is downloaded, without a check',
        range: name.range,
        fixes: fixWith('suggested', 'Download, check, then run', edits),
      };
    }
    for (const block of scriptBlocks(model)) yield { message: 'A script block is made of what is downloaded, without a check', range: block.range };
  },
};

/** `iex ([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('…')))`, or the same by a pipe. */
function isDecoded(command: ShellCommand): boolean {
  return [command, ...upstream(command)].some(({ words }) => words.some(({ text }) => /::FromBase64String\s*\(/i.test(text)));
}

/** `[scriptblock]::Create((irm URL))`: the word itself, not those that hold or call it. */
function scriptBlocks(model: DockerfileModel): readonly ShellWord[] {
  const words = model.commands().flatMap((command) => (command.language === 'powershell' ? command.words : []));
  return words.filter(
    (word) => /^\[scriptblock\]::create\s*\(/i.test(word.text) && (downloadIn(word.substitutions) !== undefined || callsDownload(word)),
  );
}

const FILE = './downloaded-script.ps1';

function checked(download: string): string {
  return `${download} -OutFile ${FILE}; if ((Get-FileHash ${FILE}).Hash -ne 'REPLACE_WITH_SHA256') { throw 'checksum' }; & ${FILE}`;
}

/** `iwr URL | iex` becomes `iwr URL -OutFile FILE; check; & FILE`. */
function unfoldPipe(model: DockerfileModel, download: ShellCommand, command: ShellCommand): readonly TextEdit[] | undefined {
  const [place] = command.places;
  const isPlain =
    place?.pipeline.stages.length === 2 && place.pipeline.stages[0]?.length === 1 && command.args.length === 0 && command.places.length <= 2;
  const text = textAt(model, download.range);
  if (!isPlain || download.name === '' || text.includes('\n') || isSingleQuoted(command)) return undefined;
  return [replaceRange({ start: download.range.start, end: command.range.end }, checked(text))];
}

/** `iex (irm URL)` and `iex ((New-Object Net.WebClient).DownloadString('URL'))`. */
function unfoldArgument(model: DockerfileModel, command: ShellCommand): readonly TextEdit[] | undefined {
  const [word] = command.args;
  if (word === undefined || command.args.length > 1 || isSingleQuoted(command) || textAt(model, command.range).includes('\n')) return undefined;
  const url = /\.DownloadString\(\s*('[^'"$]+')\s*\)\s*\)*$/i.exec(word.text)?.[1];
  const inner = /^\(\s*((?:iwr|irm|invoke-webrequest|invoke-restmethod)\s[^()|;]*)\)$/i.exec(word.text)?.[1]?.trim();
  const download = url === undefined ? inner : `Invoke-WebRequest -UseBasicParsing ${url}`;
  return download === undefined ? undefined : [replaceRange(command.range, checked(download))];
}

/** The new text has single quotes of its own. */
function isSingleQuoted(command: ShellCommand): boolean {
  return command.embedded && command.wrapper?.args.some((word) => word.text.startsWith("'")) === true;
}
