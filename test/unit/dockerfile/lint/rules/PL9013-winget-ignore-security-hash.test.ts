import { rule } from '../../../../../src/dockerfile/lint/rules/PL9013-winget-ignore-security-hash.ts';
import { testRule } from '../../../../support/rule-harness.ts';
import { cmd, powershell } from '../../../../support/windows-dockerfiles.ts';

testRule(rule, {
  valid: [cmd('winget install a --silent && winget settings export && echo winget --ignore-security-hash')],
  invalid: [
    {
      code: cmd('winget install a --ignore-security-hash -v 1 && b'),
      at: '--ignore-security-hash',
      safelyFixed: cmd('winget install a -v 1 && b'),
    },
    { code: powershell('winget upgrade --all --ignore-local-archive-malware-scan'), at: '--ignore-local-archive-malware-scan' },
    { code: powershell('a; winget settings --enable installerHashOverride; b'), at: 'installerHashOverride', safelyFixed: powershell('a; b') },
  ],
});
