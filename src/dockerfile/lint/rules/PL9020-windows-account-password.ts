import type { TextEdit } from '../../../foundation/model/text-range.ts';
import type { ShellCommand, ShellWord } from '../../syntax/shell/command.ts';
import { commandsNamed } from '../queries/commands.ts';
import { fixWith, replaceWord } from '../queries/edits.ts';
import type { Rule } from '../rule.ts';

const WINDOWS = 'FROM mcr.microsoft.com/windows/servercore:ltsc2022\n';

export const rule: Rule = {
  id: 'PL9020',
  slug: 'windows-account-password',
  title: 'Windows account with a password that the file shows',
  severity: 'high',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      '`net user NAME PASSWORD`, with /add or without, whose password is written out, empty, or the value of an ARG or ENV of the file. Not reported: `*`, a variable that the file does not set.',
    why: 'Everybody who can pull the image has the password, from its history, and it is the same in every container: one log-on over the network is enough.',
    fix: 'Create no account with a password in the image: run as ContainerUser, or set the password when the container starts, from a secret.',
    bad: [
      `${WINDOWS}RUN net user app Sunny-Day-42 /add\n`,
      `${WINDOWS}ARG PW=Sunny-Day-42\nRUN net user /add app %PW%\n`,
      `${WINDOWS}SHELL ["powershell", "-Command"]\nRUN net user Administrator ''; net accounts\n`,
    ],
    good: [
      `${WINDOWS}RUN net user app /add /active:no && net user app * && net user\n`,
      `${WINDOWS}RUN net user app %APP_PASSWORD% /add && echo net user app secret\n`,
      'FROM alpine:3.20\nRUN net user list -S server\n',
    ],
    references: ['https://attack.mitre.org/techniques/T1136/001/', 'https://docs.docker.com/build/building/secrets/'],
  },
  *check(model) {
    for (const command of commandsNamed(model, 'net', 'net1')) {
      const [verb, ...rest] = command.args;
      if (command.language === 'sh' || !/^users?$/i.test(verb?.value ?? '')) continue;
      const [, password] = rest.filter(({ value }) => !value.startsWith('/'));
      if (password === undefined || password.value === '*' || !password.known || /[%$]/.test(password.value)) continue;
      yield {
        message: password.value === '' ? 'This account has no password' : "The password of this account stands in the image's history",
        range: password.range,
        fixes: fixWith('suggested', 'Take the password from a variable to fill in', useVariable(command, password)),
      };
    }
  },
};

function useVariable({ language }: ShellCommand, password: ShellWord): readonly TextEdit[] | undefined {
  if (language === 'exec') return undefined;
  return replaceWord(password, language === 'powershell' ? '$env:PASSWORD_FROM_A_SECRET' : '%PASSWORD_FROM_A_SECRET%');
}
