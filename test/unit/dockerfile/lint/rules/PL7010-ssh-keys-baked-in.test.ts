import { rule } from '../../../../../src/dockerfile/lint/rules/PL7010-ssh-keys-baked-in.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN ssh-keygen -y -f a; ssh-keygen -F host; ssh-keygen -lvf k\nCMD ssh-keygen -A; sshd -D\n',
    'FROM a:1\nCOPY authorized_keys.md ssh_host_rsa_key.pub /x/\nRUN touch /root/.ssh/known_hosts\n',
  ],
  invalid: [
    { code: 'FROM a:1\nRUN ssh-keygen -A\n', at: 'ssh-keygen', fixed: 'FROM a:1\n' },
    { code: 'FROM a:1\nRUN a && sudo ssh-keygen -q -t rsa -N "" -f /k && b\n', at: 'ssh-keygen', fixed: 'FROM a:1\nRUN a && b\n' },
    { code: 'FROM a:1\nCOPY --chmod=600 keys /root/.ssh/authorized_keys\nRUN b\n', at: '/root/.ssh/authorized_keys', fixed: 'FROM a:1\nRUN b\n' },
    { code: 'FROM a:1\nADD ssh_host_ed25519_key /etc/ssh/\n', at: 'ssh_host_ed25519_key' },
    { code: 'FROM a:1\nCOPY a authorized_keys /root/.ssh/\n', at: 'authorized_keys' },
    { code: 'FROM a:1\nRUN curl x | tee -a /home/a/.ssh/authorized_keys\n', at: '/home/a/.ssh/authorized_keys' },
    { code: 'FROM a:1\nRUN echo k >> ~/.ssh/authorized_keys\n', at: '~/.ssh/authorized_keys' },
  ],
});
