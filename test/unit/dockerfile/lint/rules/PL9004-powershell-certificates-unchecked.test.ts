import { rule } from '../../../../../src/dockerfile/lint/rules/PL9004-powershell-certificates-unchecked.ts';
import { testRule } from '../../../../support/rule-harness.ts';
import { cmd, powershell } from '../../../../support/windows-dockerfiles.ts';

testRule(rule, {
  valid: [
    powershell('iwr x -Skip; [Net.ServicePointManager]::ServerCertificateValidationCallback = $null'),
    powershell('$x = "ServerCertificateValidationCallback = {$true}"; Write-Host $x'),
    powershell('[Net.ServicePointManager]::CertificatePolicy = $null; if ($a -eq {$true}) { b }'),
    cmd('echo -SkipCertificateCheck'),
  ],
  invalid: [
    { code: powershell('iwr x -SkipCert -OutFile y; b'), at: '-SkipCert', safelyFixed: powershell('iwr x -OutFile y; b') },
    { code: powershell('irm x -SkipCertificateCheck:$true'), at: '-SkipCertificateCheck:$true', safelyFixed: powershell('irm x') },
    {
      code: powershell('[System.Net.ServicePointManager]::ServerCertificateValidationCallback = { $true }; b'),
      at: '[System.Net.ServicePointManager]::ServerCertificateValidationCallback',
      safelyFixed: powershell('b'),
    },
    {
      code: powershell('a; [Net.ServicePointManager]::ServerCertificateValidationCallback += { param($a, $b) return $true }'),
      at: '[Net.ServicePointManager]::ServerCertificateValidationCallback',
      safelyFixed: powershell('a'),
    },
    {
      code: powershell('$h.ServerCertificateCustomValidationCallback = [Net.Http.HttpClientHandler]::DangerousAcceptAnyServerCertificateValidator'),
      at: '$h.ServerCertificateCustomValidationCallback',
    },
    { code: powershell('$o = New-PSSessionOption -SkipCACheck -SkipCNCheck'), at: ['-SkipCACheck', '-SkipCNCheck'] },
    { code: cmd('powershell -c "irm x -AllowUnencryptedAuthentication"'), at: '-AllowUnencryptedAuthentication' },
  ],
});
