import { rule } from '../../../../../src/dockerfile/lint/rules/PL7002-port-out-of-range.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  skip: ['ONBUILD'],
  valid: ['FROM a:1\nEXPOSE 1 65535/tcp 80-81/udp $P\n', 'FROM a:1\nEXPOSE 127.0.0.1:80:80 http\n'],
  invalid: [
    { code: 'FROM a:1\nEXPOSE 80 65536\n', at: '65536' },
    { code: 'FROM a:1\nEXPOSE 60000-70000/udp 99999999\n', at: ['60000-70000/udp', '99999999'] },
    { code: 'FROM a:1\nARG P=90000\nEXPOSE $P 20-10\n', at: ['$P', '20-10'] },
  ],
});
