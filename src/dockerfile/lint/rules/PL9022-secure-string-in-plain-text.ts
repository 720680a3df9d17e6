import type { TextEdit } from '../../../foundation/model/text-range.ts';
import type { ShellCommand, ShellWord } from '../../syntax/shell/command.ts';
import { cmdletArguments, findParameter, findSwitch } from '../queries/cmdlets.ts';
import { commandsNamed, upstream } from '../queries/commands.ts';
import { fixWith, replaceWord } from '../queries/edits.ts';
import type { Rule } from '../rule.ts';

const POWERSHELL = 'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nSHELL ["powershell", "-Command"]\n';

export const rule: Rule = {
  id: 'PL9022',
  slug: 'secure-string-in-plain-text',
  title: 'SecureString made of a password that the file shows',
  severity: 'high',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      'ConvertTo-SecureString -AsPlainText of a text in the file, or of an environment variable, which only ARG or ENV can have set. Not reported: what is read from a file, a variable that a secret mount of this RUN sets.',
    why: "The name promises more than it does: the password stands in the Dockerfile and in the image's history, for everybody who can pull it.",
    fix: 'Read it from a file that is there during this RUN only (--mount=type=secret), or ask for it when the container starts.',
    bad: [
      `${POWERSHELL}RUN New-LocalUser app -Password (ConvertTo-SecureString 'Sunny-Day-42' -AsPlainText -Force)\n`,
      `${POWERSHELL}ARG PW\nRUN $p = ConvertTo-SecureString -String $env:PW -AsPlainText -Force; New-LocalUser app -Password $p\n`,
      `${POWERSHELL}RUN 'Sunny-Day-42' | ConvertTo-SecureString -AsPlainText -Force\n`,
    ],
    good: [
      `${POWERSHELL}RUN --mount=type=secret,id=pw $p = ConvertTo-SecureString (Get-Content /run/secrets/pw) -AsPlainText -Force\n`,
      `${POWERSHELL}RUN --mount=type=secret,id=pw,env=PW $p = ConvertTo-SecureString $env:PW -AsPlainText -Force\n`,
      `${POWERSHELL}RUN ConvertTo-SecureString $encrypted -Key $key; Write-Host "ConvertTo-SecureString 'a' -AsPlainText"\n`,
    ],
    references: [
      'https://learn.microsoft.com/powershell/module/microsoft.powershell.security/convertto-securestring',
      'https://docs.docker.com/build/building/secrets/',
    ],
  },
  *check(model) {
    for (const command of commandsNamed(model, 'convertto-securestring')) {
      const flag = command.language === 'powershell' ? findSwitch(command, 'asplaintext', 'a') : undefined;
      if (flag === undefined) continue;
      const given = cmdletArguments(command, ['asplaintext', 'force']);
      const word = findParameter(given, 'string', 'st')?.valueWord ?? given.operands[0] ?? upstream(command).find(isLiteral)?.words[0];
      if (word === undefined || !isShown(command, word)) continue;
      const isVariable = word.text.startsWith('$');
      yield {
        message: isVariable
          ? `${word.text} comes from the file or its history, so this password is no secret`
          : "This password stands in the file and in the image's history",
        range: word.range,
        fixes: fixWith('suggested', 'Read it from a secret mount to fill in', readSecret(command, word)),
      };
    }
  },
};

function isLiteral({ name, words }: ShellCommand): boolean {
  return name === '' && words.length === 1 && /^["']/.test(words[0]?.text ?? '');
}

function isShown({ instruction }: ShellCommand, word: ShellWord): boolean {
  if (word.substitutions.length > 0 || word.text.startsWith('(')) return false;
  if (word.known) return word.value !== '';
  const name = /^"?\$(?:\{env:(\w+)\}|env:(\w+))"?$/i.exec(word.text);
  const variable = (name?.[1] ?? name?.[2])?.toLowerCase();
  const isMounted = instruction.flags.some(
    ({ name: flag, value }) =>
      flag === 'mount' &&
      value
        ?.toLowerCase()
        .split(',')
        .includes(`env=${variable ?? ''}`) === true,
  );
  return variable !== undefined && !isMounted;
}

function readSecret({ embedded }: ShellCommand, word: ShellWord): readonly TextEdit[] | undefined {
  return embedded ? undefined : replaceWord(word, '(Get-Content -Raw C:\\SECRET-MOUNT-TO-FILL-IN)');
}
