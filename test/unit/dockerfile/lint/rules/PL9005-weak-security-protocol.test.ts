import { rule } from '../../../../../src/dockerfile/lint/rules/PL9005-weak-security-protocol.ts';
import { testRule } from '../../../../support/rule-harness.ts';
import { cmd, powershell } from '../../../../support/windows-dockerfiles.ts';

const SETS = '[Net.ServicePointManager]::SecurityProtocol';

testRule(rule, {
  valid: [
    powershell(`${SETS} = 'Tls12, Tls13'; ${SETS} = 3072; ${SETS} = 12288; ${SETS} = [Enum]::ToObject([Net.SecurityProtocolType], 3072)`),
    powershell(`${SETS} = [Net.SecurityProtocolType]::SystemDefault; Write-Host Tls`),
    powershell(`${SETS} -bor [Net.SecurityProtocolType]::Tls`),
  ],
  invalid: [
    {
      code: powershell(`${SETS} = [Net.SecurityProtocolType]::Tls12 -bor [Net.SecurityProtocolType]::Tls11; b`),
      at: '[Net.SecurityProtocolType]::Tls11',
      fixed: powershell(`${SETS} = [Net.SecurityProtocolType]::Tls12; b`),
    },
    {
      code: powershell(`${SETS} = "tls12, tls11, tls"`),
      at: '"tls12, tls11, tls"',
      fixed: powershell(`${SETS} = [Net.SecurityProtocolType]::Tls12`),
    },
    { code: powershell(`${SETS} = 'Ssl3'`), at: "'Ssl3'" },
    { code: powershell(`${SETS} = 4032`), at: '4032' },
    { code: cmd(`powershell -Command "${SETS} = 'Tls'; iwr x"`), at: "'Tls'" },
    { code: powershell('irm x -SslProtocol Tls'), at: 'Tls', fixed: powershell('irm x -SslProtocol Tls12') },
  ],
});
