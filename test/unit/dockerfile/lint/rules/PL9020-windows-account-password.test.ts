import { rule } from '../../../../../src/dockerfile/lint/rules/PL9020-windows-account-password.ts';
import { testRule } from '../../../../support/rule-harness.ts';
import { cmd, powershell } from '../../../../support/windows-dockerfiles.ts';

testRule(rule, {
  valid: [
    cmd('net user app /delete & net use Z: \\\\a\\b secret & net start app & net user app * /add & net user app %PW% /add'),
    powershell('net user app $env:PW /add; net user app $pw /add; net users'),
    'FROM a:1\nRUN net user add bob secret\n',
  ],
  invalid: [
    { code: cmd('net user app Hunter2! /add /y && b'), at: 'Hunter2!', fixed: cmd('net user app %PASSWORD_FROM_A_SECRET% /add /y && b') },
    { code: powershell("net.exe USER /add app 'a b'; b"), at: "'a b'", fixed: powershell('net.exe USER /add app $env:PASSWORD_FROM_A_SECRET; b') },
    { code: cmd('net user Administrator ""'), at: '""' },
    { code: powershell('$p = "x"; net user app $p /add'), at: '$p' },
    { code: 'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nENV PW=abc\nRUN net user app %PW% /add\n', at: '%PW%' },
    { code: 'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nRUN ["net", "user", "app", "abc", "/add"]\n', at: 'abc' },
  ],
});
