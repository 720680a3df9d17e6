import { rule } from '../../../../../src/dockerfile/lint/rules/PL9015-defender-off.ts';
import { testRule } from '../../../../support/rule-harness.ts';
import { cmd, powershell } from '../../../../support/windows-dockerfiles.ts';

testRule(rule, {
  valid: [
    powershell('Set-MpPreference -DisableRealtimeMonitoring 0 -ScanParameters 1; Get-MpPreference -ExclusionPath; Start-Service WinDefend'),
    powershell(
      'Set-ItemProperty HKLM:\\SOFTWARE\\x DisableAntiSpyware 0; Install-WindowsFeature Windows-Defender; Set-Service WinDefend -StartupType Automatic',
    ),
    cmd('sc query WinDefend && net start WinDefend && echo net stop WinDefend'),
  ],
  invalid: [
    {
      code: powershell('Set-MpPreference -DisableRealtimeMonitoring $true; b'),
      at: '-DisableRealtimeMonitoring',
      fixed: powershell('b'),
    },
    { code: powershell("a; Add-MpPreference -ExclusionPath 'C:\\app'"), at: '-ExclusionPath', fixed: powershell('a') },
    { code: cmd('powershell -c "Add-MpPreference -ExclusionProcess a.exe"'), at: '-ExclusionProcess' },
    { code: powershell('Set-MpPreference -DisableIOAVProtection:$true'), at: '-DisableIOAVProtection:$true' },
    { code: cmd('dism /online /disable-feature /featurename:Windows-Defender && b'), at: '/featurename:Windows-Defender', fixed: cmd('b') },
    { code: powershell('Remove-WindowsFeature Windows-Defender-GUI'), at: 'Windows-Defender-GUI' },
    { code: cmd('sc stop WinDefend & net stop WinDefend'), at: ['WinDefend', 'WinDefend'] },
    { code: powershell('Set-Service -Name WinDefend -StartupType Disabled; Stop-Service WinDefend'), at: ['WinDefend', 'WinDefend'] },
    { code: cmd('reg add "HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender" /v DisableAntiSpyware /d 0x1 /f'), at: '0x1' },
    { code: cmd('reg add "HKLM\\SOFTWARE\\Microsoft\\Windows Defender\\Exclusions\\Paths" /v C:\\ /d 0 /f'), at: '0' },
  ],
});
