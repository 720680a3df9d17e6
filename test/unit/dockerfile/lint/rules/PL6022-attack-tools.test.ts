import { rule } from '../../../../../src/dockerfile/lint/rules/PL6022-attack-tools.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN apt-get install -y nmap wireshark-common\nENTRYPOINT ["/usr/bin/nmap"]\nCMD wireshark -h\n',
    'FROM a:1\nRUN apt-get install -y curl gdb- && apt-get purge -y nmap && apk del strace && echo apt-get install nmap\n',
    'FROM a:1 AS b\nRUN apk add strace nmap\nFROM c:1\nCOPY --from=b /d /d\n',
    'FROM a:1\nRUN apk add -t .x nmap && ./y && apk del .x\n',
    'FROM a:1\nRUN apt-get install -y nmap && nmap b && apt-get purge -y --auto-remove nmap\n',
    'FROM a:1\nRUN pip install nmap && npm i -g ftp && gem install telnet && apt-cache show gdb\n',
  ],
  invalid: [
    { code: 'FROM a:1\nRUN apt-get install -y curl nmap=7.* b\n', at: 'nmap=7.*', fixed: 'FROM a:1\nRUN apt-get install -y curl b\n' },
    { code: 'FROM a:1\nRUN apk add --no-cache \\\n  curl \\\n  tcpdump~4\n', at: 'tcpdump~4' },
    {
      code: 'FROM a:1\nRUN dnf -y install strace-6.1 && zypper -n in telnet && yum install -y nmap-ncat\n',
      at: ['strace-6.1', 'telnet', 'nmap-ncat'],
    },
    { code: 'FROM a:1 AS b\nRUN apt-get install -y gdb:amd64 a\nFROM b\nRUN c\n', at: 'gdb:amd64' },
    {
      code: 'FROM a:1\nRUN ["apt-get", "install", "-y", "curl", "socat"]\n',
      at: 'socat',
      fixed: 'FROM a:1\nRUN ["apt-get", "install", "-y", "curl"]\n',
    },
    { code: 'FROM a:1\nRUN apt-get install -y ftp\nRUN apt-get purge -y ftp\n', at: 'ftp' },
  ],
});
