import { rule } from '../../../../../src/dockerfile/lint/rules/PL9002-encoded-command.ts';
import { testRule } from '../../../../support/rule-harness.ts';
import { cmd, powershell } from '../../../../support/windows-dockerfiles.ts';

testRule(rule, {
  valid: [
    cmd('powershell -ex Bypass -c "Get-Date -e x" && powershell -Command Get-Date -enc x'),
    powershell('Get-Content a -enc utf8; foo -EncodedCommand RwBlAA=='),
    'FROM a:1\nRUN echo pwsh -enc RwBlAA== && bash -e a.sh\n',
  ],
  invalid: [
    {
      code: cmd('powershell -NoProfile -EncodedCommand RwBlAHQALQBEAGEAdABlAA=='),
      at: '-EncodedCommand',
      fixed: cmd('powershell -NoProfile -Command "Get-Date"'),
    },
    { code: cmd('powershell.exe -ec RwBl && b'), at: '-ec', fixed: cmd('powershell.exe -ec RwBl && b') },
    { code: cmd('@powershell /enc RwBlAHQALQBEAGEAdABlAA=='), at: '/enc' },
    { code: 'FROM a:1\nRUN ["pwsh", "-e", "RwBlAHQALQBEAGEAdABlAA=="]\n', at: '-e' },
    { code: powershell('& powershell -encodedC RwBlAHQALQBEAGEAdABlAA=='), at: '-encodedC' },
    { code: 'FROM a:1\nRUN sudo pwsh -enc $PAYLOAD\n', at: '-enc' },
  ],
});
