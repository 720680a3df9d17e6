import { rule } from '../../../../../src/dockerfile/lint/rules/PL8044-command-without-effect.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN apt-get install ssh vim nano && which vim\nCMD ["top"]\n',
    'FROM a:1\nRUN top -b -n1\nRUN nvim --headless +PlugInstall +qa\nRUN vim -c qa\nRUN top --version\n',
    'FROM a:1\nRUN echo | less\nRUN ps ax && a\nRUN free -m > /b\nRUN a=$(uptime)\n',
    'FROM a:1\nRUN systemctl enable ssh\nRUN /etc/init.d/a start && service b start && c\nRUN service --status-all\n',
    'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nSHELL ["powershell"]\nRUN ps; more a\n',
  ],
  invalid: [
    { code: 'FROM a:1\nRUN top\n', at: 'top' },
    { code: 'FROM a:1\nRUN ["ps", "-d"]\n', at: 'ps' },
    { code: 'FROM a:1\nRUN vim /etc/a.conf && nano\n', at: ['vim', 'nano'] },
    { code: 'FROM a:1\nRUN sudo reboot\n', at: 'reboot' },
    { code: 'FROM a:1\nRUN a && systemctl restart nginx\n', at: 'systemctl' },
    { code: 'FROM a:1\nRUN /usr/sbin/service apache2 start\n', at: '/usr/sbin/service' },
    { code: 'FROM a:1\nRUN ifconfig -a\n', at: 'ifconfig' },
  ],
});
