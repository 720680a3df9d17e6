import { rule } from '../../../../../src/dockerfile/lint/rules/PL2016-kernel-protection-off.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN setenforce 1 && getenforce && systemctl disable nginx && systemctl enable apparmor && echo setenforce 0 && apparmor_parser -r /a\n',
    'FROM a:1\nRUN sysctl kernel.yama.ptrace_scope && sysctl -w kernel.yama.ptrace_scope=1 vm.overcommit_memory=0 && echo 0 > /proc/sys/vm/swappiness\n',
    'FROM a:1\nRUN sed -i s/SELINUX=disabled/SELINUX=enforcing/ /a && echo "net.core.somaxconn = 1" > /etc/sysctl.d/a.conf\n',
  ],
  invalid: [
    { code: 'FROM a:1\nRUN setenforce 0\nUSER 1\n', at: 'setenforce', fixed: 'FROM a:1\nUSER 1\n' },
    { code: 'FROM a:1\nRUN a && setenforce Permissive || true\n', at: 'setenforce', fixed: 'FROM a:1\nRUN a || true\n' },
    { code: 'FROM a:1\nRUN systemctl mask apparmor.service; aa-disable /usr/sbin/a\n', at: ['systemctl', 'aa-disable'] },
    { code: 'FROM a:1\nRUN service apparmor stop && apparmor_parser -R /a\n', at: ['service', 'apparmor_parser'] },
    {
      code: 'FROM a:1\nRUN sysctl -w kernel.randomize_va_space=0\n',
      at: 'kernel.randomize_va_space=0',
      fixed: 'FROM a:1\nRUN sysctl -w kernel.randomize_va_space=2\n',
    },
    {
      code: 'FROM a:1\nRUN echo 0 > /proc/sys/kernel/kptr_restrict && b\n',
      at: '> /proc/sys/kernel/kptr_restrict',
      fixed: 'FROM a:1\nRUN true && b\n',
    },
    {
      code: 'FROM a:1\nRUN printf "vm.swappiness=1\\nfs.protected_symlinks = 0\\n" > /etc/sysctl.d/a.conf\n',
      at: 'fs.protected_symlinks = 0',
      fixed: 'FROM a:1\nRUN printf "vm.swappiness=1\\nfs.protected_symlinks = 1\\n" > /etc/sysctl.d/a.conf\n',
    },
    { code: 'FROM a:1\nCOPY <<E /etc/selinux/config\nSELINUX=permissive\nE\n', at: 'SELINUX=permissive' },
    { code: "FROM a:1\nRUN sed -i 's/^SELINUX=.*/SELINUX=disabled/g' /etc/selinux/config\n", at: 'SELINUX=disabled' },
  ],
});
