import { rule } from '../../../../../src/dockerfile/lint/rules/PL9017-uac-off.ts';
import { testRule } from '../../../../support/rule-harness.ts';
import { cmd, powershell } from '../../../../support/windows-dockerfiles.ts';

testRule(rule, {
  valid: [
    cmd('reg add HKLM\\x /v EnableLUA /d 1 /f & reg delete HKLM\\x /v EnableLUA & reg add HKLM\\x /v Other /d 0'),
    powershell('Get-ItemProperty HKLM:\\x -Name EnableLUA; Set-ItemProperty HKLM:\\x EnableLUA 1; Set-ItemProperty HKLM:\\x -Name EnableLUA'),
  ],
  invalid: [
    {
      code: cmd('reg add "HKLM\\x" /f /v EnableLUA /t REG_DWORD /d 0x0'),
      at: '0x0',
      fixed: cmd('reg add "HKLM\\x" /f /v EnableLUA /t REG_DWORD /d 1'),
    },
    {
      code: powershell('Set-ItemProperty HKLM:\\x EnableLUA 0 -Force; b'),
      at: '0',
      fixed: powershell('Set-ItemProperty HKLM:\\x EnableLUA 1 -Force; b'),
    },
    { code: powershell("New-ItemProperty -Path 'HKLM:\\x' -Name 'enablelua' -PropertyType DWord -Value 0"), at: '0' },
    { code: cmd('powershell -c "Set-ItemProperty -Name ConsentPromptBehaviorAdmin -Path HKLM:\\x -Value 0"'), at: '0' },
    {
      code: cmd('reg add HKLM\\x /v LocalAccountTokenFilterPolicy /d 1'),
      at: '1',
      fixed: cmd('reg add HKLM\\x /v LocalAccountTokenFilterPolicy /d 0'),
    },
  ],
});
