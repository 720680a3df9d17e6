import { rule } from '../../../../../src/dockerfile/lint/rules/PL9011-skip-publisher-check.ts';
import { testRule } from '../../../../support/rule-harness.ts';
import { cmd, powershell } from '../../../../support/windows-dockerfiles.ts';

testRule(rule, {
  valid: [powershell('Install-Module a -Name "-SkipPublisherCheck"; Get-Module -SkipEditionCheck'), cmd('echo Install-Module -SkipPublisherCheck')],
  invalid: [
    {
      code: powershell('Install-Module a -SkipPublisherCheck -Force; b'),
      at: '-SkipPublisherCheck',
      safelyFixed: powershell('Install-Module a -Force; b'),
    },
    { code: powershell('foreach ($m in $l) { Update-Module $m -SkipPub }'), at: '-SkipPub' },
    { code: cmd('powershell -c "Install-Package a -SkipPublisherCheck:$true"'), at: '-SkipPublisherCheck:$true' },
  ],
});
