import { rule } from '../../../../../src/dockerfile/lint/rules/PL7001-exposed-admin-port.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  skip: ['ONBUILD'],
  valid: [
    'FROM a:1\nEXPOSE 8091 5500 9990 9500-9999\n',
    'FROM a:1\nEXPOSE 80 8443/tcp 3306 22000-22100\n',
    'FROM a:1\nEXPOSE 22/udp $PORT\n',
    'FROM a:1\nRUN echo EXPOSE 22\nLABEL p=22\n',
    'FROM a:1\nEXPOSE\n',
  ],
  invalid: [
    { code: 'FROM a:1\nEXPOSE 22\nRUN a\n', at: '22', fixed: 'FROM a:1\nRUN a\n' },
    { code: 'FROM a:1\nEXPOSE 80 22/tcp 443\n', at: '22/tcp', fixed: 'FROM a:1\nEXPOSE 80 443\n' },
    { code: 'FROM a:1\nEXPOSE 23 445 3389/udp 5985\n', at: ['23', '445', '3389/udp', '5985'] },
    { code: 'FROM a:1\nEXPOSE 20-30\n', at: '20-30' },
    { code: 'FROM a:1\nENV P=22\nEXPOSE ${P}/tcp\n', at: '${P}/tcp' },
    { code: 'FROM couchbase:7\nEXPOSE 8091 28017 15672\n', at: ['8091', '28017', '15672'] },
    { code: 'FROM a:1\nEXPOSE 1-65535\n', at: '1-65535' },
  ],
});
