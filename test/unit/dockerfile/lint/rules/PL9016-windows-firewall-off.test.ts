import { rule } from '../../../../../src/dockerfile/lint/rules/PL9016-windows-firewall-off.ts';
import { testRule } from '../../../../support/rule-harness.ts';
import { cmd, powershell } from '../../../../support/windows-dockerfiles.ts';

testRule(rule, {
  valid: [
    cmd('netsh advfirewall show allprofiles state && netsh advfirewall reset && netsh interface set interface off'),
    powershell('Set-NetFirewallProfile -All -Enabled True; New-NetFirewallRule -Enabled False -DisplayName a'),
  ],
  invalid: [
    { code: cmd('netsh advfirewall set currentprofile state off && b'), at: 'off', fixed: cmd('netsh advfirewall set currentprofile state on && b') },
    { code: powershell('netsh.exe AdvFirewall set AllProfiles state OFF'), at: 'OFF' },
    { code: cmd('netsh firewall set opmode mode=DISABLE'), at: 'mode=DISABLE', fixed: cmd('netsh firewall set opmode enable') },
    {
      code: powershell('Set-NetFirewallProfile -Profile Domain, Public -Enabled:$false; b'),
      at: '-Enabled:$false',
    },
    {
      code: powershell('Get-NetFirewallProfile | Set-NetFirewallProfile -Enabled False'),
      at: 'False',
      fixed: powershell('Get-NetFirewallProfile | Set-NetFirewallProfile -Enabled True'),
    },
    {
      code: cmd('reg add HKLM\\SYSTEM\\x\\FirewallPolicy\\StandardProfile /v EnableFirewall /t REG_DWORD /d 0 /f'),
      at: '0',
      fixed: cmd('reg add HKLM\\SYSTEM\\x\\FirewallPolicy\\StandardProfile /v EnableFirewall /t REG_DWORD /d 1 /f'),
    },
  ],
});
