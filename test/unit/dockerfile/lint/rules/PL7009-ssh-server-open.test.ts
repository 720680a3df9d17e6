import { rule } from '../../../../../src/dockerfile/lint/rules/PL7009-ssh-server-open.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    "FROM a:1\nRUN sed -i 's|PasswordAuthentication yes|PasswordAuthentication no|' /etc/ssh/sshd_config\n",
    'FROM a:1\nRUN echo "#PermitRootLogin yes" >> /etc/ssh/sshd_config; echo StrictModes yes > /etc/ssh/sshd_config\n',
    'FROM a:1\nRUN grep -q "PermitRootLogin yes" /etc/ssh/sshd_config\nLABEL a="PermitRootLogin yes"\n',
  ],
  invalid: [
    {
      code: "FROM a:1\nRUN sed -i -e 's/#PermitRootLogin.*/PermitRootLogin yes/' -e 's/x/y/' /etc/ssh/sshd_config\n",
      at: 'PermitRootLogin yes',
      fixed: "FROM a:1\nRUN sed -i -e 's/#PermitRootLogin.*/PermitRootLogin no/' -e 's/x/y/' /etc/ssh/sshd_config\n",
    },
    { code: 'FROM a:1\nRUN echo PasswordAuthentication yes | tee -a /etc/ssh/sshd_config\n', at: 'PasswordAuthentication yes' },
    {
      code: 'FROM a:1\nRUN printf "Port 22\\npermitemptypasswords yes\\nStrictModes no\\n" > /e\n',
      at: ['permitemptypasswords yes', 'StrictModes no'],
    },
    { code: 'FROM a:1\nRUN cat > /etc/ssh/sshd_config <<E\nPermitRootLogin yes\nE\n', at: 'PermitRootLogin yes' },
    { code: 'FROM a:1\nCOPY <<E /etc/ssh/sshd_config\nPermitRootLogin   yes\nE\n', at: 'PermitRootLogin   yes' },
    { code: 'FROM a:1\nCMD /usr/sbin/sshd -D -oPasswordAuthentication=yes\n', at: 'PasswordAuthentication=yes' },
  ],
});
