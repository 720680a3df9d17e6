import { rule } from '../../../../../src/dockerfile/lint/rules/PL9006-windows-download-run-unchecked.ts';
import { testRule } from '../../../../support/rule-harness.ts';
import { cmd, powershell } from '../../../../support/windows-dockerfiles.ts';

testRule(rule, {
  valid: [
    powershell("iwr x -OutFile a.exe; if ((Get-AuthenticodeSignature a.exe).Status -ne 'Valid') { exit 1 }; Start-Process .\\a.exe -Wait"),
    powershell('iwr x -OutFile a.zip; Expand-Archive a.zip; Remove-Item a.zip; a.zip.exe'),
    powershell('iwr x -OutFile a.exe; Copy-Item a.exe b.exe; .\\c.exe'),
    'FROM a:1 AS b\nSHELL ["pwsh", "-c"]\nRUN iwr x -OutFile a.ps1\nFROM c:1\nSHELL ["pwsh", "-c"]\nRUN ./a.ps1\n',
    'FROM a:1\nRUN curl -o a.exe x && ./a.exe\n',
    powershell("$h = [Security.Cryptography.SHA256]::Create().ComputeHash($b); iwr x -O a.html; a.exe; 'a.exe'"),
  ],
  invalid: [
    {
      code: powershell('iwr x -OutFile a.exe; & .\\a.exe /q'),
      at: '.\\a.exe',
      fixed: powershell("iwr x -OutFile a.exe; if ((Get-FileHash a.exe).Hash -ne 'REPLACE_WITH_SHA256') { throw 'checksum' }; & .\\a.exe /q"),
    },
    {
      code: powershell("$f = 'C:\\a.exe'; Invoke-WebRequest -Uri x -OutFile $f -UseBasicParsing; Start-Process -Wait -FilePath $f"),
      at: '$f',
    },
    {
      code: powershell('Start-BitsTransfer -Source x -Destination $env:TEMP\\a.msi; Start-Process msiexec "/i $env:TEMP\\a.msi /qn" -Wait'),
      at: '$env:TEMP\\a.msi',
    },
    {
      code: cmd('curl -fSLO https://example.com/a.exe?b && start /wait a.exe --quiet'),
      at: 'a.exe',
      fixed: cmd(
        'curl -fSLO https://example.com/a.exe?b && certutil -hashfile a.exe SHA256 | findstr /i REPLACE_WITH_SHA256 && start /wait a.exe --quiet',
      ),
    },
    { code: cmd('certutil -urlcache -split -f x a.exe && a.exe && a.exe'), at: 'a.exe' },
    { code: powershell("(New-Object Net.WebClient).DownloadFile('x', 'C:\\a.ps1'); powershell -File C:\\a.ps1"), at: 'C:\\a.ps1' },
    { code: powershell('iwr x -OutFile a.exe; iwr x -OutFile b.exe; Get-FileHash b.exe; .\\b.exe; .\\a.exe'), at: '.\\a.exe' },
  ],
});
