import type { ShellCommand, ShellWord } from '../../syntax/shell/command.ts';
import { cmdletArguments, findParameter } from './cmdlets.ts';
import { findFlags, optionsOf } from './commands.ts';

/** A file that a command of PowerShell or cmd downloads. */
export interface FileDownload {
  readonly command: ShellCommand;
  /** As written, quotes included. */
  readonly file: string;
  /** See fileKey. */
  readonly key: string;
}

/** Returns the last part of a path in lower case: what tells one downloaded file from another, whatever way leads to it. */
export function fileKey(path: string): string {
  const plain = path.replaceAll(/^["'\s]+|["'\s]+$/g, '');
  return plain.slice(Math.max(plain.lastIndexOf('/'), plain.lastIndexOf('\\')) + 1).toLowerCase();
}

/** Returns the file that a command of PowerShell or cmd downloads; undefined for any other command. */
export function fileDownload(command: ShellCommand): FileDownload | undefined {
  const { language, name, args } = command;
  if (language !== 'powershell' && language !== 'cmd') return undefined;
  if (name === '') return language === 'powershell' ? fromWebClient(command) : undefined;
  if (name === 'certutil') return isCertutilDownload(command) ? toDownload(command, args.at(-1)) : undefined;
  if (name === 'bitsadmin') return args.some(({ value }) => /^\/transfer$/i.test(value)) ? toDownload(command, args.at(-1)) : undefined;
  if (name === 'start-bitstransfer') {
    const given = cmdletArguments(command, ['asynchronous']);
    return toDownload(command, findParameter(given, 'destination', 'd')?.valueWord ?? given.operands[1]);
  }
  if (language === 'powershell' && /^(?:iwr|irm|wget|curl|invoke-webrequest|invoke-restmethod)$/.test(name)) {
    const file = findParameter(cmdletArguments(command), 'outfile', 'outf')?.valueWord;
    if (file !== undefined) return toDownload(command, file);
  }
  return name === 'curl' ? fromCurl(command) : undefined;
}

/** True for `certutil -urlcache`, which downloads whatever it is given. */
export function isCertutilDownload({ args }: ShellCommand): boolean {
  return args.some(({ value }) => /^[-/](?:urlcache|verifyctl)$/i.test(value));
}

function fromCurl(command: ShellCommand): FileDownload | undefined {
  const output = findFlags(command, { short: 'o', long: 'output' }).at(-1)?.value;
  if (output !== undefined) return { command, file: output, key: fileKey(output) };
  const url = optionsOf(command).operands[0]?.value;
  const isNamed = ['remote-name', 'remote-name-all'].some((long) => findFlags(command, { short: 'O', long }).length > 0);
  if (!isNamed || url === undefined) return undefined;
  const key = fileKey(url.replace(/[?#].*$/, ''));
  return key === '' ? undefined : { command, file: key, key };
}

/** `(New-Object Net.WebClient).DownloadFile('url', 'file')`. */
function fromWebClient(command: ShellCommand): FileDownload | undefined {
  for (const { text } of command.words) {
    const match = /\.\s*DownloadFile(?:Async|TaskAsync)?\s*\(([^()]{1,2000})\)/i.exec(text);
    const file = match?.[1]?.split(',').at(-1)?.trim();
    if (file !== undefined) return { command, file, key: fileKey(file) };
  }
  return undefined;
}

function toDownload(command: ShellCommand, word: ShellWord | undefined): FileDownload | undefined {
  return word === undefined || fileKey(word.value) === '' ? undefined : { command, file: word.text, key: fileKey(word.value) };
}
