import { rule } from '../../../../../src/dockerfile/lint/rules/PL8027-powershell-errors-ignored.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  skip: ['heredoc'],
  valid: [
    'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nSHELL ["powershell", "-Command", "$ErrorActionPreference = \'Stop\';"]\nRUN A; B\n',
    'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nSHELL ["powershell"]\nRUN $ErrorActionPreference=\'Stop\'; A; B\nRUN A | B | % { C; D }\n',
    'FROM a:1\nRUN a; b\nRUN pwsh -c a && pwsh -c b\n',
  ],
  invalid: [
    {
      code: 'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nSHELL ["powershell", "-Command"]\nRUN A; B\nRUN C; D\n',
      at: 'powershell',
      fixed:
        'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nSHELL ["powershell", "-Command", "$ErrorActionPreference = \'Stop\';"]\nRUN A; B\nRUN C; D\n',
    },
    {
      code: 'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nSHELL ["pwsh"]\nRUN A; B\n',
      at: 'pwsh',
      fixed: 'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nSHELL ["pwsh", "-Command", "$ErrorActionPreference = \'Stop\';"]\nRUN A; B\n',
    },
    { code: 'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nRUN powershell -NoProfile -Command "A; B | C"\n', at: 'powershell' },
    { code: 'FROM a:1\nRUN pwsh -c "A; B"\n', at: 'pwsh' },
  ],
});
