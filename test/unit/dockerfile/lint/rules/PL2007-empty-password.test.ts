import { rule } from '../../../../../src/dockerfile/lint/rules/PL2007-empty-password.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1 AS b\nRUN passwd -d c\nFROM e:1\nrun --mount=from=b,target=/b cp /b/f /f\n',
    'FROM a:1\nRUN passwd -l root && passwd --expire app && echo passwd -d && useradd -p x a && useradd -d "" b\n',
    "FROM a:1\nRUN echo 'std::string' && echo 'a::1' && sed -i 's/^root::/root:x:/' /etc/passwd\n",
    'FROM a:1\nRUN curl http://[::1]/ && sed s/a:b/c::d/ x\n',
  ],
  invalid: [
    { code: 'FROM a:1\nRUN passwd -d root && a\n', at: '-d', fixed: 'FROM a:1\nRUN true && a\n' },
    { code: 'FROM a:1\nRUN useradd a && passwd -du a\n', at: '-du', fixed: 'FROM a:1\nRUN useradd a\n' },
    { code: "FROM a:1\nRUN useradd -m -p '' app\n", at: '-p', fixed: 'FROM a:1\nRUN useradd -m app\n' },
    { code: 'FROM a:1\nRUN usermod --password= app\n', at: '--password=', fixed: 'FROM a:1\nRUN usermod app\n' },
    {
      code: 'FROM a:1\nRUN echo "app::0:0:::" >> /rootfs/etc/passwd\n',
      at: 'app::',
      fixed: 'FROM a:1\nRUN echo "app:*:0:0:::" >> /rootfs/etc/passwd\n',
    },
    { code: 'FROM a:1\nCOPY <<E /etc/shadow\nbin:*:1:0:::::\nroot::19000:0:99999:7:::\nE\n', at: 'root::' },
    { code: "FROM a:1\nRUN sed -i 's|root:[^:]*:|root::|' /etc/shadow\n", at: 'root::' },
  ],
});
