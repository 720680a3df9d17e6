import { rule } from '../../../../../src/dockerfile/lint/rules/PL2015-useradd-log-size.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: ['FROM a:1\nRUN useradd -u 99999 a && useradd -lu 1000000 b && useradd c && adduser -u 1000000 d && echo useradd -u 1000000\n'],
  invalid: [
    { code: 'FROM a:1\nRUN useradd -u 1000000 a\n', at: '1000000', safelyFixed: 'FROM a:1\nRUN useradd -l -u 1000000 a\n' },
    { code: 'FROM a:1\nRUN a && useradd -mu 1000000 a\n', at: '1000000', safelyFixed: 'FROM a:1\nRUN a && useradd -l -mu 1000000 a\n' },
    {
      code: 'FROM a:1\nARG UID=1000000\nRUN useradd --uid $UID a\n',
      at: '$UID',
      safelyFixed: 'FROM a:1\nARG UID=1000000\nRUN useradd -l --uid $UID a\n',
    },
    { code: 'FROM a:1\nRUN ["useradd", "-u", "1000000", "a"]\n', at: '1000000' },
  ],
});
