import { rule } from '../../../../../src/dockerfile/lint/rules/PL2004-setuid-bit.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN install -d -m 3777 /a && mkdir -m 2775 /b\n',
    'FROM a:1\nRUN chmod a-s /a && chmod 0755 /a && chmod u=rw /a\n',
    'FROM a:1\nRUN echo chmod u+s\n',
  ],
  invalid: [
    { code: 'FROM a:1\nRUN chmod u+s,g+x /a\n', at: 'u+s,g+x', fixed: 'FROM a:1\nRUN chmod u-s,g+x /a\n' },
    { code: 'FROM a:1\nRUN chmod 6755 /a\n', at: '6755', fixed: 'FROM a:1\nRUN chmod 0755 /a\n' },
    { code: 'FROM a:1\nRUN chmod +s /a\n', at: '+s', fixed: 'FROM a:1\nRUN chmod -s /a\n' },
    { code: 'FROM a:1\nCOPY --chmod=04755 a /a\n', at: '04755' },
  ],
});
