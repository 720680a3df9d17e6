import { rule } from '../../../../../src/dockerfile/lint/rules/PL9007-certutil-bitsadmin-download.ts';
import { testRule } from '../../../../support/rule-harness.ts';
import { cmd, powershell } from '../../../../support/windows-dockerfiles.ts';

testRule(rule, {
  valid: [cmd('certutil -hashfile a SHA256 && certutil -urlcache * delete && bitsadmin /list'), cmd('echo certutil -urlcache -f https://x/y z')],
  invalid: [
    {
      code: cmd('certutil.exe -urlcache -split -f https://x/y z.exe && b'),
      at: '-urlcache',
      fixed: cmd('curl.exe -fsSL -o z.exe https://x/y && b'),
    },
    { code: powershell('certutil /urlcache /f https://x/y'), at: '/urlcache', fixed: powershell('curl.exe -fsSL -O https://x/y') },
    { code: cmd('CertUtil -f -verifyctl -split https://x/y z'), at: '-verifyctl' },
    {
      code: powershell("bitsadmin /transfer job /download 'https://x/y' C:\\z"),
      at: '/transfer',
      fixed: powershell("curl.exe -fsSL -o C:\\z 'https://x/y'"),
    },
    { code: cmd('bitsadmin /create j & bitsadmin /addfile j https://x/y C:\\z'), at: '/addfile' },
  ],
});
