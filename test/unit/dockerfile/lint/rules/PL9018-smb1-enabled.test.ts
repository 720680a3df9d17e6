import { rule } from '../../../../../src/dockerfile/lint/rules/PL9018-smb1-enabled.ts';
import { testRule } from '../../../../support/rule-harness.ts';
import { cmd, powershell } from '../../../../support/windows-dockerfiles.ts';

testRule(rule, {
  valid: [
    cmd('dism /online /disable-feature /featurename:SMB1Protocol && dism /online /enable-feature /featurename:NetFx3'),
    powershell('Get-WindowsFeature FS-SMB1; Set-SmbServerConfiguration -EnableSMB2Protocol $true; Set-ItemProperty HKLM:\\LanmanServer SMB1 0'),
  ],
  invalid: [
    {
      code: powershell('a; Enable-WindowsOptionalFeature -Online -FeatureName SMB1Protocol-Server; b'),
      at: 'SMB1Protocol-Server',
      fixed: powershell('a; b'),
    },
    { code: powershell('Install-WindowsFeature -Name FS-SMB1'), at: 'FS-SMB1' },
    { code: cmd('DISM.exe /Online /Enable-Feature /FeatureName:SMB1Protocol /All'), at: '/FeatureName:SMB1Protocol' },
    {
      code: powershell('Set-SmbServerConfiguration -Force -EnableSMB1Protocol 1'),
      at: '1',
      fixed: powershell('Set-SmbServerConfiguration -Force -EnableSMB1Protocol $false'),
    },
    { code: cmd('reg add HKLM\\SYSTEM\\Services\\LanmanServer\\Parameters /v SMB1 /t REG_DWORD /d 1 /f'), at: '1' },
  ],
});
