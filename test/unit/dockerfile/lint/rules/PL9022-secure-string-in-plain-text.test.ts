import { rule } from '../../../../../src/dockerfile/lint/rules/PL9022-secure-string-in-plain-text.ts';
import { testRule } from '../../../../support/rule-harness.ts';
import { cmd, powershell } from '../../../../support/windows-dockerfiles.ts';

testRule(rule, {
  valid: [
    powershell('ConvertTo-SecureString $secret -AsPlainText -Force; Read-Host -AsSecureString; ConvertTo-SecureString abc -Key $k'),
    powershell('Get-Content C:\\s | ConvertTo-SecureString -AsPlainText -Force; ConvertTo-SecureString -String "" -AsPlainText'),
    cmd('echo ConvertTo-SecureString abc -AsPlainText'),
  ],
  invalid: [
    {
      code: powershell("$p = ConvertTo-SecureString -AsPlainText -Force -String 'Abc-123'; b $p"),
      at: "'Abc-123'",
      fixed: powershell('$p = ConvertTo-SecureString -AsPlainText -Force -String (Get-Content -Raw C:\\SECRET-MOUNT-TO-FILL-IN); b $p'),
    },
    { code: powershell('b (ConvertTo-SecureString "Abc-123" -AsPlain -Force)'), at: '"Abc-123"' },
    { code: powershell("$a = 'Abc-123'; ConvertTo-SecureString $a -AsPlainText -Force"), at: '$a' },
    { code: powershell('ConvertTo-SecureString $env:PW -AsPlainText -Force'), at: '$env:PW' },
    { code: powershell('"Abc-123" | ConvertTo-SecureString -AsPlainText -Force'), at: '"Abc-123"' },
    { code: cmd('powershell -c "ConvertTo-SecureString \'Abc-123\' -AsPlainText -Force"'), at: "'Abc-123'" },
  ],
});
