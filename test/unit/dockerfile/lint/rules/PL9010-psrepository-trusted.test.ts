import { rule } from '../../../../../src/dockerfile/lint/rules/PL9010-psrepository-trusted.ts';
import { testRule } from '../../../../support/rule-harness.ts';
import { cmd, powershell } from '../../../../support/windows-dockerfiles.ts';

testRule(rule, {
  valid: [
    powershell('Set-PSRepository PSGallery -SourceLocation Trusted; Register-PSRepository -Default; Set-PSResourceRepository a -Trusted:$false'),
    powershell('Set-PSRepository -Name Trusted -InstallationPolicy Untrusted'),
  ],
  invalid: [
    {
      code: powershell("Set-PSRepository PSGallery -InstallationPolicy 'Trusted'; b"),
      at: "'Trusted'",
      fixed: powershell('Set-PSRepository PSGallery -InstallationPolicy Untrusted; b'),
    },
    { code: powershell('register-psrepository -Name a -SourceLocation https://x -Inst trusted'), at: 'trusted' },
    {
      code: powershell('Set-PSResourceRepository -Name PSGallery -Trusted'),
      at: '-Trusted',
      fixed: powershell('Set-PSResourceRepository -Name PSGallery'),
    },
    { code: cmd('powershell -c "Register-PackageSource -Name a -ProviderName NuGet -Location https://x -Trusted"'), at: '-Trusted' },
    { code: powershell('Install-PSResource a -TrustRepository:$true -Version 1.0'), at: '-TrustRepository:$true' },
  ],
});
