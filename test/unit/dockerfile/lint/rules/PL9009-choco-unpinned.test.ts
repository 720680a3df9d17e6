import { rule } from '../../../../../src/dockerfile/lint/rules/PL9009-choco-unpinned.ts';
import { testRule } from '../../../../support/rule-harness.ts';
import { cmd, powershell } from '../../../../support/windows-dockerfiles.ts';

testRule(rule, {
  valid: [
    cmd('choco install a --version 1.0 && choco list install && choco upgrade chocolatey'),
    cmd('choco install -y C:\\packages.CONFIG && choco install ./a.nupkg'),
    cmd('choco pin add -n install && choco --version'),
  ],
  invalid: [
    { code: cmd('choco install git -y && b'), at: 'git', fixed: cmd('choco install git --version=CHOOSE-A-VERSION -y && b') },
    {
      code: powershell('choco install -y -s https://x/ "git"; b'),
      at: '"git"',
      fixed: powershell('choco install -y -s https://x/ "git" --version=CHOOSE-A-VERSION; b'),
    },
    { code: cmd('cinst a b'), at: ['a', 'b'] },
    { code: powershell("Start-Process choco -ArgumentList 'install','git','-y' -Wait"), at: 'git' },
  ],
});
