import { rule } from '../../../../../src/dockerfile/lint/rules/PL7008-ssh-server-installed.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN apt-get install -y openssh-client && apk add openssh && dnf install -y openssh-clients\n',
    'FROM a:1\nRUN apt-get remove openssh-server; echo install openssh-server; apt-get purge -y telnetd\n',
    'FROM a:1\nCMD sshd -t\nRUN test -x /usr/sbin/sshd\n',
  ],
  invalid: [
    { code: 'FROM a:1\nRUN apt-get install -y openssh-server curl\n', at: 'openssh-server', fixed: 'FROM a:1\nRUN apt-get install -y curl\n' },
    {
      code: 'FROM a:1\nRUN apt-get update && sudo apt-get -y install openssh-server=1:9.2p1-2\n',
      at: 'openssh-server=1:9.2p1-2',
      fixed: 'FROM a:1\nRUN apt-get update\n',
    },
    { code: 'FROM a:1\nRUN apk add --no-cache -t .x openssh-server-pam dropbear~2024\n', at: ['openssh-server-pam', 'dropbear~2024'] },
    { code: 'FROM a:1\nRUN yum -y install telnet-server a && zypper -n in openssh-server b\n', at: ['telnet-server', 'openssh-server'] },
    { code: 'FROM a:1\nCMD ["/usr/sbin/sshd", "-D"]\n', at: '/usr/sbin/sshd' },
  ],
});
