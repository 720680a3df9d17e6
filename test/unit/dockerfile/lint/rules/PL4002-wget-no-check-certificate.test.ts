import { rule } from '../../../../../src/dockerfile/lint/rules/PL4002-wget-no-check-certificate.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nHEALTHCHECK CMD wget -q --no-check-certificate -O- https://[::1]:8443/ "$URL"\n',
    'FROM a:1\nRUN wget -O --no-check-certificate x && wget --no-clobber x\n',
  ],
  invalid: [
    { code: 'FROM a:1\nRUN wget --no-check-certificate https://localhost/a https://example.com/b\n', at: '--no-check-certificate' },
    { code: 'FROM a:1\nRUN wget --no-check-certificate "$(cat url)"\n', at: '--no-check-certificate' },
    { code: 'FROM a:1\nRUN wget -q --no-check-certificate x\n', at: '--no-check-certificate', safelyFixed: 'FROM a:1\nRUN wget -q x\n' },
    { code: 'FROM a:1\nRUN busybox wget --no-check-certificate x\n', at: '--no-check-certificate' },
  ],
});
