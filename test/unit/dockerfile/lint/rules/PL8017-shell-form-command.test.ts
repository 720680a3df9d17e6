import { rule } from '../../../../../src/dockerfile/lint/rules/PL8017-shell-form-command.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nCMD ["a", "b"]\nENTRYPOINT exec a $B\nCMD\nHEALTHCHECK CMD a b\n',
    'FROM a:1\nSHELL ["/bin/bash", "-c"]\nCMD a\n',
    'FROM a:1 AS x\nSHELL ["/bin/bash", "-c"]\nFROM x\nCMD a\n',
    'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nCMD a\n',
    'FROM mcr.microsoft.com/dotnet/framework/runtime:4.8\nCMD a.exe b\n',
    "FROM a:1\nCMD ['a']\n",
  ],
  invalid: [
    { code: 'FROM a:1\nCMD a --b=c /d.e\n', at: 'CMD', fixed: 'FROM a:1\nCMD ["a", "--b=c", "/d.e"]\n' },
    { code: 'FROM a:1\nENTRYPOINT A=b c\nCMD a $B\n', at: ['ENTRYPOINT', 'CMD'], fixed: 'FROM a:1\nENTRYPOINT A=b c\nCMD a $B\n' },
    { code: 'FROM a:1\nSHELL ["/bin/bash", "-c"]\nFROM a:1\nCMD a \\\n  b\n', at: 'CMD' },
  ],
});
