import type { TextEdit } from '../../../foundation/model/text-range.ts';
import { decodeCommand } from '../../syntax/shell/encoded-command.ts';
import type { ShellCommand, ShellWord } from '../../syntax/shell/command.ts';
import { isEncodedCommandOption } from '../../syntax/shell/started.ts';
import { commandsNamed } from '../queries/commands.ts';
import { fixWith, replaceRange } from '../queries/edits.ts';
import type { Rule } from '../rule.ts';

const WINDOWS = 'FROM mcr.microsoft.com/windows/servercore:ltsc2022\n';

export const rule: Rule = {
  id: 'PL9002',
  slug: 'encoded-command',
  title: 'PowerShell command hidden in base64',
  severity: 'high',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      'powershell or pwsh with -EncodedCommand, cut short as -enc or -e too. What it decodes to is linted like any other script. Not reported: -ExecutionPolicy, -Encoding of a cmdlet.',
    why: "Nobody who reviews the Dockerfile or the image's history sees what runs: this is how payloads are carried past people and scanners.",
    fix: 'Write the script out with -Command, or COPY it in and run it with -File.',
    bad: [
      `${WINDOWS}RUN powershell -NoProfile -EncodedCommand RwBlAHQALQBEAGEAdABlAA==\n`,
      `${WINDOWS}RUN powershell.exe -e RwBlAHQALQBEAGEAdABlAA==\n`,
      'FROM mcr.microsoft.com/powershell:7.4-alpine-3.20\nRUN pwsh -enc RwBlAHQALQBEAGEAdABlAA==\n',
    ],
    good: [
      `${WINDOWS}RUN powershell -ExecutionPolicy Bypass -Command "Get-Date"\n`,
      `${WINDOWS}RUN powershell -Command "Get-Content a -Encoding utf8"\n`,
      `${WINDOWS}COPY setup.ps1 .\nRUN powershell -File setup.ps1 -e x\n`,
    ],
    references: [
      'https://attack.mitre.org/techniques/T1027/010/',
      'https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_powershell_exe',
    ],
  },
  *check(model) {
    for (const command of commandsNamed(model, 'powershell', 'pwsh')) {
      const script = command.args.findIndex(({ value }) => isScriptOption(value.toLowerCase()));
      const index = command.args.findIndex(({ value }) => isEncodedCommandOption(value.toLowerCase()));
      const word = command.args[index];
      if (word === undefined || (script >= 0 && script < index)) continue;
      yield {
        message: 'What PowerShell runs here is hidden in base64',
        range: word.range,
        fixes: fixWith('suggested', 'Write the command out', writeOut(command, word, command.args[index + 1])),
      };
    }
  },
};

/** What comes behind the script are its own arguments. */
function isScriptOption(name: string): boolean {
  return /^[-/](?:f|fi|fil|file|c|com.*)$/.test(name);
}

/** Only when the script needs no quotes of any shell. */
function writeOut(command: ShellCommand, option: ShellWord, encoded: ShellWord | undefined): readonly TextEdit[] | undefined {
  const script = encoded === undefined ? undefined : decodeCommand(encoded.value);
  if (encoded === undefined || script === undefined || !/^[\w\s.,:;=()/-]+$/.test(script) || /[\r\n]/.test(script)) return undefined;
  if (!option.written || !encoded.written || command.embedded) return undefined;
  return [replaceRange(option.range, '-Command'), replaceRange(encoded.range, `"${script}"`)];
}
