import { rule } from '../../../../../src/dockerfile/lint/rules/PL9023-everyone-full-control.ts';
import { testRule } from '../../../../support/rule-harness.ts';
import { cmd, powershell } from '../../../../support/windows-dockerfiles.ts';

testRule(rule, {
  valid: [
    cmd('icacls C:\\app /grant Everyone:(RX) /T & icacls C:\\app /grant "Users:(OI)(CI)R" & icacls C:\\app /deny Everyone:F & icacls C:\\app'),
    powershell("icacls C:\\app /grant 'IIS AppPool\\App:(OI)(CI)F'; Write-Host 'Everyone:(F)'"),
    powershell("$r = [System.Security.AccessControl.FileSystemAccessRule]::new('Everyone', 'ReadAndExecute', 'Allow')"),
    'FROM a:1\nRUN icacls a /grant Everyone:F\n',
  ],
  invalid: [
    {
      code: cmd('icacls C:\\app /grant Everyone:(OI)(CI)(F) /T && b'),
      at: 'Everyone:(OI)(CI)(F)',
      fixed: cmd('icacls C:\\app /grant Everyone:(OI)(CI)(RX) /T && b'),
    },
    { code: cmd('icacls C:\\app /T /grant:r "Authenticated Users:(OI)(CI)M"'), at: '"Authenticated Users:(OI)(CI)M"' },
    {
      code: powershell("icacls C:\\app /grant '*S-1-1-0:(OI)(CI)(R,W)' /Q; b"),
      at: "'*S-1-1-0:(OI)(CI)(R,W)'",
      fixed: powershell("icacls C:\\app /grant '*S-1-1-0:(OI)(CI)(RX)' /Q; b"),
    },
    { code: powershell('icacls C:\\app /grant Everyone:(OI)(CI)F'), at: 'Everyone:(OI)(CI)F' },
    {
      code: powershell('New-Object Security.AccessControl.FileSystemAccessRule -ArgumentList "Everyone","FullControl","Allow"'),
      at: '"Everyone","FullControl","Allow"',
    },
    { code: cmd('cacls C:\\app /E /G Everyone:F'), at: 'Everyone:F' },
    {
      code: powershell('$r = New-Object System.Security.AccessControl.FileSystemAccessRule("BUILTIN\\Users","FullControl","Allow"); b'),
      at: 'System.Security.AccessControl.FileSystemAccessRule("BUILTIN\\Users","FullControl","Allow")',
      fixed: powershell('$r = New-Object System.Security.AccessControl.FileSystemAccessRule("BUILTIN\\Users","ReadAndExecute","Allow"); b'),
    },
    {
      code: powershell("$a.SetAccessRule([System.Security.AccessControl.FileSystemAccessRule]::new('Everyone','Modify','Allow'))"),
      at: "[System.Security.AccessControl.FileSystemAccessRule]::new('Everyone','Modify','Allow')",
    },
  ],
});
