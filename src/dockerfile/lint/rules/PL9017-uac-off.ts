import { fixWith, replaceWord } from '../queries/edits.ts';
import { isOne, isZero, registryWrites } from '../queries/registry-writes.ts';
import type { Rule } from '../rule.ts';

const WINDOWS = 'FROM mcr.microsoft.com/windows/servercore:ltsc2022\n';

export const rule: Rule = {
  id: 'PL9017',
  slug: 'uac-off',
  title: 'User Account Control turned off',
  severity: 'medium',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      'EnableLUA or ConsentPromptBehaviorAdmin set to 0, or LocalAccountTokenFilterPolicy to 1, by reg add, Set-ItemProperty or New-ItemProperty. Not reported: other values.',
    why: "Every program that an administrator's account starts has all of its rights at once, and a remote log-on with a local account too: one foothold is the whole container.",
    fix: 'Remove the line; a build step in a container runs elevated anyway.',
    bad: [
      `${WINDOWS}RUN reg add HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System /v EnableLUA /t REG_DWORD /d 0 /f\n`,
      `${WINDOWS}SHELL ["powershell", "-Command"]\nRUN Set-ItemProperty -Path HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System -Name EnableLUA -Value 0\n`,
    ],
    good: [
      `${WINDOWS}RUN reg add HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System /v EnableLUA /t REG_DWORD /d 1 /f\n`,
      `${WINDOWS}RUN reg query HKLM\\SOFTWARE /v EnableLUA && echo EnableLUA 0\n`,
    ],
    references: [
      'https://attack.mitre.org/techniques/T1548/002/',
      'https://learn.microsoft.com/windows/security/application-security/application-control/user-account-control/settings-and-configuration',
    ],
  },
  *check(model) {
    for (const { name, value, valueWord } of registryWrites(model)) {
      const safe = SAFE_VALUES.get(name);
      if (safe === undefined || !(safe === '0' ? isOne(value) : isZero(value))) continue;
      yield {
        message: 'User Account Control is off: every program an administrator starts has all rights',
        range: valueWord.range,
        fixes: fixWith('suggested', `Use ${safe}, the default`, replaceWord(valueWord, safe)),
      };
    }
  },
};

const SAFE_VALUES: ReadonlyMap<string, string> = new Map([
  ['enablelua', '1'],
  ['consentpromptbehavioradmin', '5'],
  ['localaccounttokenfilterpolicy', '0'],
]);
