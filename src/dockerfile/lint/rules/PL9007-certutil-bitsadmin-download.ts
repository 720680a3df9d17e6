import type { TextEdit } from '../../../foundation/model/text-range.ts';
import type { ShellCommand, ShellWord } from '../../syntax/shell/command.ts';
import { commandsNamed } from '../queries/commands.ts';
import { fixWith, replaceRange } from '../queries/edits.ts';
import { isCertutilDownload } from '../queries/windows-downloads.ts';
import type { Rule } from '../rule.ts';

const WINDOWS = 'FROM mcr.microsoft.com/windows/servercore:ltsc2022\n';

export const rule: Rule = {
  id: 'PL9007',
  slug: 'certutil-bitsadmin-download',
  title: 'Download by certutil or bitsadmin',
  severity: 'medium',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports: 'certutil with -urlcache or -verifyctl, and bitsadmin /transfer or /addfile. Not reported: certutil -hashfile, -decode, -addstore.',
    why: 'Both tools are there for something else and are what malware downloads with: the command looks like an intrusion in every log, follows redirects to plain http, leaves a copy in the cache of the layer, and does not fail on an error page.',
    fix: 'Use curl.exe -fsSL, which Windows has, or Invoke-WebRequest -OutFile, and check the hash of the file.',
    bad: [
      `${WINDOWS}RUN certutil -urlcache -split -f https://example.com/a.zip C:\\a.zip\n`,
      `${WINDOWS}RUN bitsadmin /transfer get /download /priority high https://example.com/a.zip C:\\a.zip\n`,
    ],
    good: [
      `${WINDOWS}RUN curl.exe -fsSLo a.zip https://example.com/a.zip && certutil -hashfile a.zip SHA256 | findstr /i 0e\n`,
      `${WINDOWS}RUN bitsadmin /list\n`,
    ],
    references: ['https://attack.mitre.org/techniques/T1105/', 'https://attack.mitre.org/techniques/T1197/'],
  },
  *check(model) {
    for (const command of commandsNamed(model, 'certutil', 'bitsadmin')) {
      const word = command.args.find(({ value }) =>
        (command.name === 'certutil' ? /^[-/](?:urlcache|verifyctl)$/i : /^\/(?:transfer|addfile)$/i).test(value),
      );
      // `certutil -urlcache * delete` empties the cache.
      const url = command.args.findIndex(({ value }) => /^(?:https?|ftp|file):|^[$%]/i.test(value));
      if (word === undefined || command.language === 'sh' || url < 0) continue;
      yield {
        message: `${command.name} is no download tool: nothing checks what it brings, and it is what malware uses`,
        range: word.range,
        fixes: fixWith('suggested', 'Download with curl.exe', useCurl(command, command.args.slice(url))),
      };
    }
  },
};

function useCurl(command: ShellCommand, [url, file, ...more]: readonly ShellWord[]): readonly TextEdit[] | undefined {
  const isWhole = command.name === 'bitsadmin' ? command.args.some(({ value }) => /^\/transfer$/i.test(value)) : isCertutilDownload(command);
  if (url === undefined || more.length > 0 || !isWhole || command.language === 'exec' || command.args.some(({ written }) => !written))
    return undefined;
  const output = file === undefined ? '-O' : `-o ${file.text}`;
  const last = file ?? url;
  return [replaceRange({ start: command.range.start, end: last.range.end }, `curl.exe -fsSL ${output} ${url.text}`)];
}
