import { rule } from '../../../../../src/dockerfile/lint/rules/PL9003-execution-policy-persisted.ts';
import { testRule } from '../../../../support/rule-harness.ts';
import { cmd, powershell } from '../../../../support/windows-dockerfiles.ts';

testRule(rule, {
  valid: [
    powershell('Set-ExecutionPolicy Bypass Process; Set-ExecutionPolicy -Scope Process -ExecutionPolicy Unrestricted -Force'),
    powershell('Set-ExecutionPolicy AllSigned; Get-ExecutionPolicy; Write-Host "Set-ExecutionPolicy Bypass"'),
    powershell('Set-ItemProperty HKLM:\\SOFTWARE\\App ExecutionPolicy Bypass'),
    'FROM a:1\nRUN Set-ExecutionPolicy Bypass\nARG PSExecutionPolicyPreference=Bypass\n',
  ],
  invalid: [
    {
      code: powershell('Set-ExecutionPolicy Bypass -Force; b'),
      at: 'Bypass',
      fixed: powershell('Set-ExecutionPolicy Bypass -Scope Process -Force; b'),
    },
    {
      code: powershell("set-executionpolicy -Scope CurrentUser -Exec 'Unrestricted' -Confirm:$false"),
      at: "'Unrestricted'",
      fixed: powershell("set-executionpolicy -Scope Process -Exec 'Unrestricted' -Confirm:$false"),
    },
    { code: cmd('powershell -Command "Set-ExecutionPolicy Bypass" && b'), at: 'Bypass' },
    {
      code: powershell('New-ItemProperty -Path HKLM:\\SOFTWARE\\Policies\\Microsoft\\Windows\\PowerShell -Name ExecutionPolicy -Value Bypass -Force'),
      at: 'Bypass',
      fixed: powershell(
        'New-ItemProperty -Path HKLM:\\SOFTWARE\\Policies\\Microsoft\\Windows\\PowerShell -Name ExecutionPolicy -Value RemoteSigned -Force',
      ),
    },
    { code: 'FROM a:1\nENV PSExecutionPolicyPreference=Bypass\n', at: 'PSExecutionPolicyPreference=Bypass' },
  ],
});
