import { rule } from '../../../../../src/dockerfile/lint/rules/PL2004-setuid-bit.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN mkdir -p /var/lib/b && chmod g+s /var/lib/b /usr/local/bin /var/www && chmod 2775 /srv\n',
    'FROM a:1\nRUN find /opt -type d -exec chmod g+s {} + && find /srv -type d | xargs -n 1 chmod g+s\n',
    'FROM a:1\nENV SHARED=/usr/share/a\nRUN mkdir -p /var/lib/a ${SHARED} && chmod 2775 /var/lib/a/ && chmod g+s $SHARED\n',
    'FROM a:1\nRUN install -d -m 3777 /a && mkdir -m 2775 /b\n',
    'FROM a:1\nRUN chmod a-s /a && chmod 0755 /a && chmod u=rw /a\n',
    'FROM a:1\nRUN echo chmod u+s\n',
  ],
  invalid: [
    { code: 'FROM a:1\nRUN find /opt -type f -exec chmod g+s {} +\n', at: 'g+s' },
    { code: 'FROM a:1\nRUN mkdir /b && chmod -R g+s /b\n', at: 'g+s' },
    { code: 'FROM a:1\nRUN chmod u+s,g+x /a\n', at: 'u+s,g+x', fixed: 'FROM a:1\nRUN chmod u-s,g+x /a\n' },
    { code: 'FROM a:1\nRUN chmod 6755 /a\n', at: '6755', fixed: 'FROM a:1\nRUN chmod 0755 /a\n' },
    { code: 'FROM a:1\nRUN chmod +s /a\n', at: '+s', fixed: 'FROM a:1\nRUN chmod -s /a\n' },
    { code: 'FROM a:1\nCOPY --chmod=04755 a /a\n', at: '04755' },
  ],
});
