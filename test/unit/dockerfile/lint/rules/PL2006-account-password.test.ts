import { rule } from '../../../../../src/dockerfile/lint/rules/PL2006-account-password.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1 AS b\nRUN useradd -p c d\nFROM e:1\ncopy --from=b /f /f\n',
    'FROM a:1\nRUN apt-get install -y passwd && echo chpasswd && man chpasswd && passwd -l root && passwd -S\n',
    'FROM a:1\nRUN useradd -m app && useradd -p "*" b && usermod -p "!" c && usermod -p "!!" d && mkdir -p hunter2\n',
    'FROM a:1\nRUN --mount=type=secret,id=p cat /run/secrets/p | chpasswd\n',
    'FROM a:1\nRUN --mount=type=secret,id=p echo "app:$(cat /run/secrets/p)" | chpasswd\n',
    'FROM a:1\nRUN echo "a:$(dd if=/dev/urandom bs=24 count=1 | base64)" | chpasswd && echo "b:$(openssl rand -hex 9)" | chpasswd\n',
  ],
  invalid: [
    { code: 'FROM a:1\nRUN echo "root:hunter2" | chpasswd\nRUN b\n', at: 'chpasswd', fixed: 'FROM a:1\nRUN b\n' },
    { code: 'FROM a:1\nRUN a && echo root:x | chpasswd -e && b\n', at: 'chpasswd', fixed: 'FROM a:1\nRUN a && b\n' },
    { code: 'FROM a:1\nRUN a || echo root:x | sudo chpasswd; b\n', at: 'chpasswd', fixed: 'FROM a:1\nRUN a || true; b\n' },
    { code: 'FROM a:1\nARG P\nRUN sh -c "echo app:$P | chpasswd"\n', at: 'chpasswd' },
    { code: 'FROM a:1\nRUN (echo x; echo x) | passwd app\n', at: 'passwd' },
    { code: 'FROM a:1\nRUN useradd -m -p hunter2 app\n', at: 'hunter2', fixed: 'FROM a:1\nRUN useradd -m app\n' },
    { code: 'FROM a:1\nRUN useradd --password=hunter2 app && usermod -phunter2 app\n', at: ['--password=hunter2', '-phunter2'] },
    { code: 'FROM a:1\nRUN ["usermod", "-p", "hunter2", "app"]\n', at: 'hunter2', fixed: 'FROM a:1\nRUN ["usermod", "app"]\n' },
  ],
});
