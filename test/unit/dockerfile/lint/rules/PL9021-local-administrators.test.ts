import { rule } from '../../../../../src/dockerfile/lint/rules/PL9021-local-administrators.ts';
import { testRule } from '../../../../support/rule-harness.ts';
import { cmd, powershell } from '../../../../support/windows-dockerfiles.ts';

testRule(rule, {
  valid: [
    cmd('net localgroup "Remote Desktop Users" administrators /add & net localgroup administrators & net group administrators x /add'),
    powershell('Add-LocalGroupMember Users Administrators; Remove-LocalGroupMember -Group Administrators -Member a'),
    'FROM a:1\nRUN net localgroup administrators a /add\n',
  ],
  invalid: [
    { code: cmd('a && net localgroup Administrators app /ADD'), at: 'Administrators', fixed: cmd('a') },
    { code: powershell('Add-LocalGroupMember -Member app -Group "Administrators"; b'), at: '"Administrators"', fixed: powershell('b') },
    { code: powershell('Add-LocalGroupMember Administrators app'), at: 'Administrators' },
    { code: powershell("Add-LocalGroupMember -SID 'S-1-5-32-544' -Member app"), at: "'S-1-5-32-544'" },
  ],
});
