import { rule } from '../../../../../src/dockerfile/lint/rules/PL9014-msiexec-remote-package.ts';
import { testRule } from '../../../../support/rule-harness.ts';
import { cmd, powershell } from '../../../../support/windows-dockerfiles.ts';

testRule(rule, {
  valid: [cmd('msiexec /i a.msi URL=https://x /l*v https.log && echo /i https://x/y.msi'), cmd('msiexec /x https://x/y.msi')],
  invalid: [
    {
      code: cmd('msiexec /quiet /i "https://x/y.msi" && b'),
      at: '"https://x/y.msi"',
      fixed: cmd(
        'curl.exe -fsSL -o installer.msi "https://x/y.msi" && certutil -hashfile installer.msi SHA256 | findstr /i REPLACE_WITH_SHA256 && msiexec /quiet /i installer.msi && b',
      ),
    },
    {
      code: powershell('msiexec.exe -i http://x/y.msi -qn'),
      at: 'http://x/y.msi',
      fixed: powershell(
        "Invoke-WebRequest http://x/y.msi -UseBasicParsing -OutFile installer.msi; if ((Get-FileHash installer.msi).Hash -ne 'REPLACE_WITH_SHA256') { throw 'checksum' }; msiexec.exe -i installer.msi -qn",
      ),
    },
    { code: powershell("Start-Process msiexec.exe -Wait -ArgumentList '/i', 'https://x/y.msi', '/qn'"), at: 'https://x/y.msi' },
    { code: cmd('start /wait msiexec /package \\\\server\\share\\y.msi'), at: '\\\\server\\share\\y.msi' },
    { code: 'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nRUN ["msiexec.exe", "/i", "https://x/y.msi"]\n', at: 'https://x/y.msi' },
  ],
});
