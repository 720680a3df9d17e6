import { rule } from '../../../../../src/dockerfile/lint/rules/PL9001-powershell-download-and-invoke.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    '# escape=`\nFROM mcr.microsoft.com/windows/servercore:ltsc2022\nSHELL ["powershell", "-Command"]\nRUN iwr x -OutFile y.ps1 | iex; irm x | Out-File y; iex "a"\n',
    'FROM a:1\nRUN echo "iwr x | iex" > /a && iex\n',
  ],
  invalid: [
    { code: '# escape=`\nFROM mcr.microsoft.com/windows/servercore:ltsc2022\nSHELL ["powershell", "-Command"]\nRUN iwr x | iex\n', at: 'iex' },
    {
      code: '# escape=`\nFROM mcr.microsoft.com/windows/servercore:ltsc2022\nSHELL ["powershell", "-Command"]\nRUN $ErrorActionPreference = "Stop"; Invoke-Expression (Invoke-WebRequest x -UseBasicParsing).Content\n',
      at: 'Invoke-Expression',
    },
    {
      code: '# escape=`\nFROM mcr.microsoft.com/windows/servercore:ltsc2022\nSHELL ["powershell", "-Command"]\nRUN iex ((New-Object Net.WebClient).DownloadString("https://example.com/a"))\n',
      at: 'iex',
    },
    {
      code: '# escape=`\nFROM mcr.microsoft.com/windows/servercore:ltsc2022\nSHELL ["powershell", "-Command"]\nRUN (New-Object Net.WebClient).DownloadString("x") | IEX\n',
      at: 'IEX',
    },
    {
      code: '# escape=`\nFROM mcr.microsoft.com/windows/servercore:ltsc2022\nSHELL ["powershell", "-Command"]\nRUN $a = irm x; if ($a) { iex $a }\n',
      at: 'iex',
    },
    {
      code: '# escape=`\nFROM mcr.microsoft.com/windows/servercore:ltsc2022\nSHELL ["powershell", "-Command"]\nRUN irm x | ForEach-Object { iex $_ }\n',
      at: 'iex',
    },
    { code: 'FROM a:1\nRUN pwsh -NoProfile -c "irm x | iex"\n', at: 'iex' },
    { code: 'FROM a:1\nRUN pwsh -NoProfile -c "(iwr x).Content | iex"\n', at: 'iex' },
    { code: 'FROM a:1\nSHELL ["pwsh"]\nRUN iex ([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String(\'aGk=\')))\n', at: 'iex' },
    { code: 'FROM a:1\nRUN ["pwsh", "-Command", "irm x | iex"]\n', at: 'iex' },
    {
      code: '# escape=`\nFROM mcr.microsoft.com/windows/servercore:ltsc2022\nRUN @powershell -NoProfile -ExecutionPolicy Bypass -Command "iex (irm x)" && b\n',
      at: 'iex',
    },
  ],
});
