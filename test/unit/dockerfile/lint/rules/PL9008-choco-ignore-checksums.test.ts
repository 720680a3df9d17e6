import { rule } from '../../../../../src/dockerfile/lint/rules/PL9008-choco-ignore-checksums.ts';
import { testRule } from '../../../../support/rule-harness.ts';
import { cmd, powershell } from '../../../../support/windows-dockerfiles.ts';

testRule(rule, {
  valid: [
    cmd('choco install a --ignore-checksums=false --ignore-dependencies && choco feature disable -n allowEmptyChecksums'),
    cmd('choco feature enable --name=checksumFiles && echo choco --ignore-checksums'),
  ],
  invalid: [
    { code: cmd('choco install a -y --ignore-checksums && b'), at: '--ignore-checksums', safelyFixed: cmd('choco install a -y && b') },
    { code: powershell('& choco.exe upgrade a --allowemptychecksums; b'), at: '--allowemptychecksums' },
    { code: powershell('choco install a --allow-empty-checksums-secure'), at: '--allow-empty-checksums-secure' },
    { code: cmd('choco feature disable --name="checksumFiles" && b'), at: '--name="checksumFiles"', safelyFixed: cmd('b') },
    { code: cmd('a && choco feature enable -n=allowEmptyChecksums'), at: '-n=allowEmptyChecksums', safelyFixed: cmd('a') },
  ],
});
