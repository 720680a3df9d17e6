import { rule } from '../../../../../src/dockerfile/lint/rules/PL9012-install-module-unpinned.ts';
import { testRule } from '../../../../support/rule-harness.ts';
import { powershell } from '../../../../support/windows-dockerfiles.ts';

testRule(rule, {
  valid: [
    powershell('Install-Module -RequiredVersion $v -Name a -Force; Install-Module -Force; Get-Module a'),
    powershell("Install-PSResource a -Version '[1.2.3]'; Install-PSResource -RequiredResourceFile a.psd1"),
    'FROM a:1\nRUN Install-Module a\n',
  ],
  invalid: [
    {
      code: powershell('Install-Module -Force Pester; b'),
      at: 'Pester',
      fixed: powershell('Install-Module -Force Pester -RequiredVersion CHOOSE-A-VERSION; b'),
    },
    {
      code: powershell("install-module -Name 'Az' -MinimumVersion 12.0.0 -Repository PSGallery"),
      at: "'Az'",
      fixed: powershell("install-module -Name 'Az' -RequiredVersion 12.0.0 -Repository PSGallery"),
    },
    { code: powershell('Install-Module a, b -Force'), at: 'a,' },
    { code: powershell('Install-Script a -Scope AllUsers'), at: 'a' },
    { code: powershell("Install-PSResource a -Version '1.*'"), at: 'a', fixed: powershell('Install-PSResource a -Version CHOOSE-A-VERSION') },
  ],
});
