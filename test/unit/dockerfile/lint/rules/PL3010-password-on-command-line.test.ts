import { rule } from '../../../../../src/dockerfile/lint/rules/PL3010-password-on-command-line.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN curl -u bob https://h && curl -u "bob:$P" https://h && curl -H "Authorization: Bearer $T" https://h && curl -H "Accept: a:b" https://h:80/a:b\n',
    'FROM a:1\nRUN mysql -p db && mysql -u root --password= && mkdir -p hunter2 && docker run -p 80:80 a && echo "sshpass -p hunter2"\n',
    'FROM a:1\nRUN PASSWORD=$(cat /run/secrets/p) b && PASSWORD= c && TOKEN=<token> d && export DB_PASSWORD_FILE=/run/secrets/db\n',
    'FROM a:1\nENV PASSWORD=hunter2\nCMD redis-server --requirepass $PASSWORD\n',
    'FROM a:1\nRUN keytool -storepass changeit && openssl req -passin env:P -nodes\n',
  ],
  invalid: [
    {
      code: 'FROM a:1\nRUN curl -u bob:hunter2 https://h\n',
      at: 'hunter2',
      fixed: 'FROM a:1\nRUN --mount=type=secret,id=password,env=PASSWORD curl -u bob:$PASSWORD https://h\n',
    },
    { code: 'FROM a:1\nRUN curl --user "bob:hunter2" h && curl -ubob:hunter2 h && curl -sSu bob:hunter2 h\n', at: ['hunter2', 'hunter2', 'hunter2'] },
    {
      code: 'FROM a:1\nRUN curl -H "Authorization: Bearer abcdef" h\n',
      at: 'abcdef',
      fixed: 'FROM a:1\nRUN --mount=type=secret,id=password,env=PASSWORD curl -H "Authorization: Bearer $PASSWORD" h\n',
    },
    { code: 'FROM a:1\nRUN wget --password=hunter2 h && sshpass -phunter2 ssh h\n', at: ['hunter2', 'hunter2'] },
    { code: 'FROM a:1\nRUN mysqladmin -u root password x -phunter2\n', at: 'hunter2' },
    { code: 'FROM a:1\nRUN docker login -u a -p hunter2 && redis-cli -a hunter2 ping\n', at: ['hunter2', 'hunter2'] },
    { code: "FROM a:1\nRUN openssl rsa -passin 'pass:hunter2'\n", at: 'hunter2' },
    {
      code: 'FROM a:1\nRUN PGPASSWORD="hunter2" psql\n',
      at: '"hunter2"',
      fixed: 'FROM a:1\nRUN --mount=type=secret,id=password,env=PASSWORD PGPASSWORD="$PASSWORD" psql\n',
    },
    { code: 'FROM a:1\nRUN export API_TOKEN=hunter2 && b\n', at: 'hunter2' },
    { code: 'FROM a:1\nRUN ["curl", "-u", "bob:hunter2", "h"]\n', at: 'hunter2' },
  ],
});
