import type { TextEdit } from '../../../foundation/model/text-range.ts';
import type { DockerfileModel } from '../../syntax/model.ts';
import type { ShellCommand, ShellWord } from '../../syntax/shell/command.ts';
import { offsetAt } from '../../syntax/text-document.ts';
import { CHECKSUM_PLACEHOLDER } from '../queries/checksum-edits.ts';
import { downloadLookUp } from '../queries/download-source.ts';
import { fixWith, insertAt } from '../queries/edits.ts';
import { fileDownload, fileKey, type FileDownload } from '../queries/windows-downloads.ts';
import type { Rule } from '../rule.ts';

const WINDOWS = 'FROM mcr.microsoft.com/windows/servercore:ltsc2022\n';
const POWERSHELL = `${WINDOWS}SHELL ["powershell", "-Command"]\n`;

export const rule: Rule = {
  id: 'PL9006',
  slug: 'windows-download-run-unchecked',
  title: 'Downloaded program run without a check (Windows)',
  severity: 'high',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      'A file that Invoke-WebRequest, curl.exe, WebClient.DownloadFile, Start-BitsTransfer, certutil or bitsadmin fetched is run or installed in the same stage, with no Get-FileHash, Get-AuthenticodeSignature or certutil -hashfile between. Not reported: archives that are only unpacked.',
    why: 'Whoever controls the server, its name or the path to it runs code in the build as an administrator. A broken-off or replaced download is not noticed either.',
    fix: 'Compare Get-FileHash with a value in the Dockerfile, or ask that Get-AuthenticodeSignature is Valid and of the right signer, before the file is run.',
    bad: [
      `${POWERSHELL}RUN Invoke-WebRequest https://example.com/setup.exe -OutFile C:\\setup.exe; Start-Process C:\\setup.exe -ArgumentList '/q' -Wait\n`,
      `${WINDOWS}RUN curl.exe -fsSLo a.msi https://example.com/a.msi && msiexec /i a.msi /qn\n`,
      `${POWERSHELL}RUN (New-Object Net.WebClient).DownloadFile('https://example.com/a.ps1', 'a.ps1')\nRUN .\\a.ps1\n`,
    ],
    good: [
      `${POWERSHELL}RUN Invoke-WebRequest https://example.com/a.exe -OutFile a.exe; if ((Get-FileHash a.exe).Hash -ne '0E') { throw 'hash' }; .\\a.exe\n`,
      `${WINDOWS}RUN curl.exe -fsSLo a.msi https://example.com/a.msi && certutil -hashfile a.msi SHA256 | findstr /i 0e && msiexec /i a.msi /qn\n`,
      `${POWERSHELL}RUN iwr https://example.com/a.zip -OutFile a.zip; Expand-Archive a.zip; .\\b.exe\n`,
    ],
    references: [
      'https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/get-filehash',
      'https://learn.microsoft.com/powershell/module/microsoft.powershell.security/get-authenticodesignature',
    ],
  },
  *check(model) {
    let stage = -1;
    const unchecked = new Map<string, FileDownload>();
    for (const command of model.commands()) {
      if (command.language === 'sh') continue;
      if (command.instruction.stage !== stage) unchecked.clear();
      stage = command.instruction.stage;
      const download = fileDownload(command);
      if (download !== undefined) unchecked.set(download.key, download);
      else if (unchecked.size === 0) continue;
      else if (isCheck(command)) forgetChecked(unchecked, command);
      else {
        const word = runnableWords(command).find(({ value }) => unchecked.has(fileKey(value)));
        const run = unchecked.get(fileKey(word?.value ?? ''));
        if (word === undefined || run === undefined) continue;
        unchecked.delete(run.key);
        yield {
          message: `${run.key} is run although nothing checked what was downloaded`,
          range: word.range,
          fixes: fixWith('suggested', 'Check the hash behind the download', addCheck(model, run), downloadLookUp(CHECKSUM_PLACEHOLDER, run.command)),
        };
      }
    }
  },
};

/** Programs that run or install what they are given. */
const RUNNERS =
  /^(?:msiexec|wusa|dism|cmd|powershell|pwsh|call|regsvr32|rundll32|add-appxpackage|add-appxprovisionedpackage|import-module|ipmo|add-windowspackage|python[\d.]*|java|node|perl|ruby|sh|bash)$/;

function runnableWords(command: ShellCommand): readonly ShellWord[] {
  const [program] = command.words;
  if (program === undefined || command.name === '') return [];
  // A switch may hold the file: /PackagePath:a.cab.
  return RUNNERS.test(command.name) ? command.words.filter(({ value }) => value.length < 1000) : [program];
}

function isCheck({ name, args, words }: ShellCommand): boolean {
  if (/^(?:get-filehash|get-authenticodesignature|sha256sum|sha512sum|gpg|cosign|signtool)$/.test(name)) return true;
  if (name === 'certutil') return args.some(({ value }) => /^[-/]hashfile$/i.test(value));
  return name === '' && words.some(({ text }) => /\.\s*ComputeHash\s*\(/i.test(text));
}

/** A check that names a file stands for that one, any other for all. */
function forgetChecked(unchecked: Map<string, FileDownload>, { args }: ShellCommand): void {
  const named = args.map(({ value }) => fileKey(value)).filter((key) => unchecked.has(key));
  if (named.length === 0) unchecked.clear();
  for (const key of named) unchecked.delete(key);
}

/** `iwr … -OutFile FILE` is followed by a comparison, in the language that it stands in. */
function addCheck(model: DockerfileModel, { command, file }: FileDownload): readonly TextEdit[] | undefined {
  const end = offsetAt(model.document, command.range.end);
  const isStatement = command.within === undefined && /^[ \t]*(?:;|&&|\r?\n|$)/.test(model.text.slice(end, end + 200));
  const isPlain = !file.includes('"') || !command.embedded;
  if (!isStatement || !isPlain || command.places.some(({ pipeline }) => pipeline.stages.length > 1)) return undefined;
  const hasQuotes = command.embedded && command.wrapper?.args.some(({ text }) => text.startsWith("'")) === true;
  if (command.language === 'cmd') return [insertAt(command.range.end, ` && certutil -hashfile ${file} SHA256 | findstr /i ${CHECKSUM_PLACEHOLDER}`)];
  if (command.language !== 'powershell' || hasQuotes) return undefined;
  return [insertAt(command.range.end, `; if ((Get-FileHash ${file}).Hash -ne '${CHECKSUM_PLACEHOLDER}') { throw 'checksum' }`)];
}
