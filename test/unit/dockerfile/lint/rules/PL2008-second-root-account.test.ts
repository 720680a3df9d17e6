import { rule } from '../../../../../src/dockerfile/lint/rules/PL2008-second-root-account.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN useradd -u 1000 -g 0 -G 0 app && usermod -g 0 app && usermod -u 0 root && adduser -G root -D app && echo useradd -u 0\n',
    "FROM a:1\nRUN echo 'root:x:0:0:root:/root:/bin/sh' > /etc/passwd && echo 'app:x:0:' >> /etc/group && echo '12:0:0:b'\n",
  ],
  invalid: [
    { code: 'FROM a:1\nRUN useradd -o -u 0 app\n', at: '0', fixed: 'FROM a:1\nRUN useradd -o -u 10001 app\n' },
    { code: 'FROM a:1\nRUN useradd --non-unique --uid=0 app\n', at: '--uid=0', fixed: 'FROM a:1\nRUN useradd --non-unique --uid=10001 app\n' },
    { code: 'FROM a:1\nRUN usermod -ou00 app\n', at: '-ou00', fixed: 'FROM a:1\nRUN usermod -ou10001 app\n' },
    { code: 'FROM a:1\nARG I=0\nRUN adduser -D -u $I app\n', at: '$I' },
    {
      code: 'FROM a:1\nRUN echo "app:x:0:0:App:/app:/bin/sh" >> /etc/passwd\n',
      at: 'app:x:0:',
      fixed: 'FROM a:1\nRUN echo "app:x:10001:0:App:/app:/bin/sh" >> /etc/passwd\n',
    },
    { code: 'FROM a:1\nRUN printf "root:x:0:0::/root:/bin/sh\\ntoor::0:0::/root:/bin/sh\\n" > /etc/passwd\n', at: 'toor::0:' },
  ],
});
