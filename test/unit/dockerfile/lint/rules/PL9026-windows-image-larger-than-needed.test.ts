import { rule } from '../../../../../src/dockerfile/lint/rules/PL9026-windows-image-larger-than-needed.ts';
import { testRule } from '../../../../support/rule-harness.ts';

const COPIES = 'COPY a C:/a\nCMD ["C:/a/a.exe"]\n';

testRule(rule, {
  skip: ['ONBUILD'],
  valid: [
    `FROM mcr.microsoft.com/windows/servercore:ltsc2022\nSHELL ["powershell"]\n${COPIES}`,
    `FROM mcr.microsoft.com/windows/servercore:ltsc2022\nRUN dism /online /enable-feature /featurename:IIS\n${COPIES}`,
    'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nCOPY a C:/a\nCMD powershell -File C:/a.ps1\n',
    `FROM mcr.microsoft.com/dotnet/framework/runtime:4.8\n${COPIES}`,
    'FROM registry.example/windows:1\n',
    'FROM mcr.microsoft.com/windows/servercore:ltsc2022\n',
  ],
  invalid: [
    {
      code: `FROM mcr.microsoft.com/windows/servercore:ltsc2022\nRUN mkdir C:/b\n${COPIES}`,
      at: 'windows/servercore',
      fixed: `FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nRUN mkdir C:/b\n${COPIES}`,
    },
    {
      code: 'FROM mcr.microsoft.com/windows/server:ltsc2022 AS a\nRUN a.exe\n',
      at: 'windows/server',
      fixed: 'FROM mcr.microsoft.com/windows/servercore:ltsc2022 AS a\nRUN a.exe\n',
    },
    { code: 'ARG I=mcr.microsoft.com/windows\nFROM $I:2004\n', at: '$I:2004' },
  ],
});
