import { rule } from '../../../../../src/dockerfile/lint/rules/PL5009-signing-key-unchecked.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN apt-key list && apt-key add /keys/a.asc && cat k.asc | apt-key add - && echo "curl x | apt-key add -"\n',
    'FROM a:1\nRUN gpg --keyserver keys.example.com --recv-keys "9DC858229FC7DD38854AE2D88D81803C0EBFCD88"\n',
    'FROM a:1\nRUN gpg --batch --keyserver hkp://k --recv-keys 0x9DC858229FC7DD38854AE2D88D81803C0EBFCD88 && gpg --keyserver hkp://k --list-keys\n',
    'FROM a:1\nRUN for key in $KEYS; do gpg --keyserver hkps://k --recv-keys "$key"; done\n',
    'FROM a:1\nRUN rpm --import https://a/key && rpm -i http://a/b.rpm && echo gpgkey=https://a\n',
  ],
  invalid: [
    {
      code: 'FROM a:1\nRUN curl -fsSL https://a/k | apt-key add -\n',
      at: 'apt-key',
      fixed: 'FROM a:1\nRUN curl -fsSL https://a/k | gpg --dearmor -o /etc/apt/keyrings/CHOOSE-A-NAME.gpg\n',
    },
    {
      code: 'FROM a:1\nRUN wget -qO - https://a/k | sudo apt-key add -\n',
      at: 'apt-key',
      fixed: 'FROM a:1\nRUN wget -qO - https://a/k | sudo gpg --dearmor -o /etc/apt/keyrings/CHOOSE-A-NAME.gpg\n',
    },
    { code: 'FROM a:1\nRUN apt-key add <(curl -fsSL https://a/k)\n', at: 'apt-key' },
    {
      code: 'FROM a:1\nRUN apt-key adv --keyserver hkp://k.example.com:80 --recv-keys 9DC858229FC7DD38854AE2D88D81803C0EBFCD88\n',
      at: 'hkp://k.example.com:80',
      fixed: 'FROM a:1\nRUN apt-key adv --keyserver hkps://k.example.com --recv-keys 9DC858229FC7DD38854AE2D88D81803C0EBFCD88\n',
    },
    { code: 'FROM a:1\nRUN apt-key adv --keyserver k.example.com --recv 0EBFCD88\n', at: '0EBFCD88' },
    { code: 'FROM a:1\nRUN gpg --keyserver=http://k --recv-keys 0x8D81803C0EBFCD88\n', at: ['--keyserver=http://k', '0x8D81803C0EBFCD88'] },
    { code: 'FROM a:1\nRUN gpg --fetch-keys http://a/k && apt-key adv --fetch-keys http://a/k\n', at: ['http://a/k', 'http://a/k'] },
    { code: 'FROM a:1\nRUN rpm --import "http://a/k"\n', at: '"http://a/k"', fixed: 'FROM a:1\nRUN rpm --import "https://a/k"\n' },
    {
      code: 'FROM a:1\nRUN echo "gpgkey=http://a/k" >> /etc/yum.repos.d/a.repo\n',
      at: 'http',
      fixed: 'FROM a:1\nRUN echo "gpgkey=https://a/k" >> /etc/yum.repos.d/a.repo\n',
    },
  ],
});
