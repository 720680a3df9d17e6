import { rule } from '../../../../../src/dockerfile/lint/rules/PL3006-secret-removed-later.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nCOPY a.zip /a.zip\nRUN rm /a.zip\nRUN rm -rf /var/lib/apt/lists/* /root/.npmrc\n',
    'FROM a:1\nCOPY id_rsa /k/id_rsa\nRUN rm /other/id_rsa && echo rm /k/id_rsa\n',
    'FROM a:1\nRUN --mount=type=secret,id=k,target=/k/id_rsa b\nRUN echo x > /tmp/id_rsa && rm /tmp/id_rsa\n',
    'FROM a:1\nRUN rm -f /k/id_rsa\nCOPY id_rsa /k/id_rsa\n',
    'FROM a:1\nCOPY . /app\nRUN rm -rf /app/node_modules /app/token.ts\n',
  ],
  invalid: [
    {
      code: 'FROM a:1\nCOPY id_rsa /k/id_rsa\nRUN b\nRUN c && rm -f /k/id_rsa\nRUN d\n',
      at: '/k/id_rsa',
      fixed: 'FROM a:1\nRUN --mount=type=secret,id=id_rsa,target=/k/id_rsa b\nRUN --mount=type=secret,id=id_rsa,target=/k/id_rsa c\nRUN d\n',
    },
    {
      code: 'FROM a:1\nCOPY k/.netrc /root/\nRUN b\nRUN rm /root/.netrc\nRUN d\n',
      at: '/root/.netrc',
      fixed: 'FROM a:1\nRUN --mount=type=secret,id=.netrc,target=/root/.netrc b\nRUN d\n',
    },
    { code: 'FROM a:1\nCOPY a.token b.txt /t/\nRUN rm -rf /t/a.token /t/b.txt\n', at: '/t/a.token' },
    { code: 'FROM a:1\nWORKDIR /app\nCOPY . .\nRUN rm -rf .git\n', at: '.git' },
    { code: 'FROM a:1\nCOPY . /app\nRUN rm -rf /app/.git /app/.env\n', at: ['/app/.git', '/app/.env'] },
    { code: 'FROM a:1\nCOPY id_rsa /root/.ssh/\nRUN rm -rf ~/.ssh\n', at: '~/.ssh' },
    { code: 'FROM a:1\nRUN echo a > ~/.npmrc\nRUN npm ci; rm -f ~/.npmrc\n', at: '~/.npmrc' },
    { code: 'FROM a:1\nCOPY settings.xml /root/.m2/settings.xml\nRUN shred -u /root/.m2/settings.xml\n', at: '/root/.m2/settings.xml' },
    { code: 'FROM a:1 AS b\nCOPY .env /\nFROM b\nRUN unlink /.env\n', at: '/.env' },
  ],
});
