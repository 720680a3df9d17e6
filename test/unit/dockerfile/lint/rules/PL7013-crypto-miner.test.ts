import { rule } from '../../../../../src/dockerfile/lint/rules/PL7013-crypto-miner.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: ['FROM a:1\nRUN echo xmrig; grep -r minerd /; pkill xmrig\n', 'FROM a:1\nCOPY examinerd.txt /\n# xmrig\nLABEL a=xmrig\n'],
  invalid: [
    { code: 'FROM a:1\nRUN a && ./xmrig -o h\n', at: './xmrig', fixed: 'FROM a:1\nRUN a\n' },
    { code: 'FROM a:1\nRUN curl -L https://github.com/xmrig/xmrig/releases/x.tgz | tar xz\n', at: 'https://github.com/xmrig/xmrig/releases/x.tgz' },
    { code: 'FROM a:1\nENTRYPOINT ["/a", "--url=stratum+ssl://h:1"]\n', at: '--url=stratum+ssl://h:1' },
    { code: 'FROM x/xmrig:1\nADD cpuminer.tgz /\n', at: ['x/xmrig:1', 'cpuminer.tgz'] },
  ],
});
