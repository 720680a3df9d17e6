import { rule } from '../../../../../src/dockerfile/lint/rules/PL9019-winrm-unencrypted.ts';
import { testRule } from '../../../../support/rule-harness.ts';
import { cmd, powershell } from '../../../../support/windows-dockerfiles.ts';

testRule(rule, {
  valid: [
    cmd('winrm quickconfig -q && winrm get winrm/config && winrm set winrm/config/service @{MaxConnections="300"}'),
    powershell('Set-Item WSMan:\\localhost\\Client\\TrustedHosts $true; Set-Item Env:\\AllowUnencrypted true; Get-Item WSMan:\\x\\AllowUnencrypted'),
  ],
  invalid: [
    {
      code: cmd('winrm set winrm/config/service @{AllowUnencrypted="true"} && b'),
      at: '@{AllowUnencrypted="true"}',
      fixed: cmd('winrm set winrm/config/service @{AllowUnencrypted="false"} && b'),
    },
    {
      code: powershell('winrm set winrm/config/service \'@{MaxShells="5"; AllowUnencrypted="true"}\''),
      at: '\'@{MaxShells="5"; AllowUnencrypted="true"}\'',
      fixed: powershell('winrm set winrm/config/service \'@{MaxShells="5"; AllowUnencrypted="false"}\''),
    },
    {
      code: powershell('set-item -Force -Path WSMan:\\localhost\\Client\\AllowUnencrypted -Value true'),
      at: 'true',
      fixed: powershell('set-item -Force -Path WSMan:\\localhost\\Client\\AllowUnencrypted -Value $false'),
    },
    { code: cmd('powershell -c "Set-Item wsman:/localhost/service/allowunencrypted 1"'), at: '1' },
    { code: cmd('reg add HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\WinRM\\Service /v AllowUnencryptedTraffic /t REG_DWORD /d 1'), at: '1' },
  ],
});
