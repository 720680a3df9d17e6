import { rule } from '../../../../../src/dockerfile/lint/rules/PL7003-expose-format.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  skip: ['ONBUILD'],
  valid: ['FROM a:1\nEXPOSE 80 80/tcp 1-2/udp $A:80 http\n', 'FROM a:1\nEXPOSE [::1]:x\n'],
  invalid: [
    { code: 'FROM a:1\nEXPOSE 127.0.0.1:80:81 82\n', at: '127.0.0.1:80:81', safelyFixed: 'FROM a:1\nEXPOSE 81 82\n' },
    { code: 'FROM a:1\nEXPOSE 8080:80/TCP\n', at: '8080:80/TCP', safelyFixed: 'FROM a:1\nEXPOSE 80/tcp\n' },
    { code: 'FROM a:1\nEXPOSE 53/Udp\n', at: '53/Udp', safelyFixed: 'FROM a:1\nEXPOSE 53/udp\n' },
    { code: 'FROM a:1\nARG P=53/UDP\nEXPOSE $P\n', at: '$P' },
  ],
});
