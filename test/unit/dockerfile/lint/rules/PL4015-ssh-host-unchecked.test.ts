import { rule } from '../../../../../src/dockerfile/lint/rules/PL4015-ssh-host-unchecked.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN ssh -o StrictHostKeyChecking=yes h && ssh -o StrictHostKeyChecking=accept-new h && echo StrictHostKeyChecking && ssh -o UserKnownHostsFile=/k h\n',
    "FROM a:1\nRUN sed -i 's/StrictHostKeyChecking no/StrictHostKeyChecking yes/' /etc/ssh/ssh_config && echo 'the option StrictHostKeyChecking no is bad'\n",
    'FROM a:1\nRUN ssh-keyscan h > k && echo "0 k" | sha256sum -c && cat k >> known_hosts\n',
    'FROM a:1\nRUN ssh-keyscan h | grep -F "h ssh-ed25519 AAAAC3Nz" >> known_hosts\n',
    'FROM a:1\nRUN ssh-keyscan h > k && diff k known && ssh-keygen -R h\nENV ANSIBLE_HOST_KEY_CHECKING=True\n',
  ],
  invalid: [
    {
      code: 'FROM a:1\nRUN ssh -o StrictHostKeyChecking=no h\n',
      at: 'StrictHostKeyChecking=no',
      fixed: 'FROM a:1\nRUN ssh -o StrictHostKeyChecking=yes h\n',
    },
    { code: 'FROM a:1\nRUN ssh -o "StrictHostKeyChecking no" h\n', at: 'StrictHostKeyChecking no' },
    { code: 'FROM a:1\nRUN rsync -e "ssh -oStrictHostKeyChecking=off -p 22" a h:b\n', at: 'StrictHostKeyChecking=off' },
    { code: 'FROM a:1\nRUN git -c core.sshCommand="ssh -o stricthostkeychecking=no" clone a\n', at: 'stricthostkeychecking=no' },
    { code: 'FROM a:1\nRUN scp -o UserKnownHostsFile=/dev/null a h:b\n', at: 'UserKnownHostsFile=/dev/null' },
    {
      code: 'FROM a:1\nENV A=b GIT_SSH_COMMAND="ssh -i k -o StrictHostKeyChecking=no"\n',
      at: 'StrictHostKeyChecking=no',
      fixed: 'FROM a:1\nENV A=b GIT_SSH_COMMAND="ssh -i k -o StrictHostKeyChecking=yes"\n',
    },
    { code: 'FROM a:1\nRUN export GIT_SSH_COMMAND="ssh -o StrictHostKeyChecking=no" && git clone a\n', at: 'StrictHostKeyChecking=no' },
    { code: 'FROM a:1\nRUN GIT_SSH_COMMAND="ssh -o StrictHostKeyChecking=no" git clone a\n', at: 'StrictHostKeyChecking=no' },
    { code: 'FROM a:1\nRUN printf "Host h\\n\\tStrictHostKeyChecking no\\n" >> ~/.ssh/config\n', at: 'StrictHostKeyChecking no' },
    { code: 'FROM a:1\nCOPY <<E /etc/ssh/ssh_config\nHost *\n  StrictHostKeyChecking off\nE\n', at: '  StrictHostKeyChecking off' },
    {
      code: 'FROM a:1\nRUN mkdir -p ~/.ssh && ssh-keyscan -t rsa github.com >> ~/.ssh/known_hosts\n',
      at: 'ssh-keyscan',
      fixed: 'FROM a:1\nRUN mkdir -p ~/.ssh && echo "github.com REPLACE_WITH_ITS_PUBLISHED_KEY" >> ~/.ssh/known_hosts\n',
    },
    { code: 'FROM a:1\nRUN ANSIBLE_HOST_KEY_CHECKING=false ansible-playbook a.yml\n', at: 'ANSIBLE_HOST_KEY_CHECKING=false' },
  ],
});
