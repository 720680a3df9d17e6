import { rule } from '../../../../../src/dockerfile/lint/rules/PL7015-scheduled-job.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: ['FROM a:1\nRUN crontab -l; crontab -r; rm /etc/cron.d/x\nCMD crontab /x\n', 'FROM a:1\nRUN echo "@reboot root /x" > /etc/cron.d/x\n'],
  invalid: [
    { code: 'FROM a:1\nRUN echo "1 * * * * root /x" >> /etc/crontab\n', at: '/etc/crontab' },
    { code: 'FROM a:1\nCOPY x /etc/cron.d/\nADD y /var/spool/cron/crontabs/root\n', at: ['/etc/cron.d/', '/var/spool/cron/crontabs/root'] },
    { code: 'FROM a:1\nRUN crontab -u app /x && cp j /etc/cron.daily/j\n', at: ['crontab', '/etc/cron.daily/j'] },
  ],
});
