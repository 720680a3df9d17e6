import { rule } from '../../../../../src/dockerfile/lint/rules/PL5004-apt-unauthenticated.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN apt-get purge -y -f --force-yes b && apt-get -y autoremove --allow-unauthenticated\n',
    'FROM a:1\nRUN echo "deb [ trusted=yes ] file:///a ./" > /etc/apt/sources.list.d/a.list\n',
    'FROM a:1\nRUN apt-get install --allow-unauthenticated=false a && echo "deb [arch=amd64] x" && echo trusted=yes && apt-get -o APT::Get::AllowUnauthenticated=false update\n',
  ],
  invalid: [
    {
      code: 'FROM a:1\nRUN echo \'Acquire::AllowInsecureRepositories "true";\' > /etc/apt/apt.conf.d/99\n',
      at: 'true',
      safelyFixed: 'FROM a:1\nRUN echo \'Acquire::AllowInsecureRepositories "false";\' > /etc/apt/apt.conf.d/99\n',
    },
    {
      code: 'FROM a:1\nRUN apt-get install -y --allow-unauthenticated a\n',
      at: '--allow-unauthenticated',
      safelyFixed: 'FROM a:1\nRUN apt-get install -y a\n',
    },
    { code: 'FROM a:1\nRUN apt install --force-yes a\n', at: '--force-yes', fixed: 'FROM a:1\nRUN apt install -y a\n' },
    { code: 'FROM a:1\nRUN apt-get -oAcquire::AllowInsecureRepositories=true update\n', at: '-oAcquire::AllowInsecureRepositories=true' },
    {
      code: 'FROM a:1\nRUN apt-get update -o "Acquire::AllowDowngradeToInsecureRepositories=1"\n',
      at: '"Acquire::AllowDowngradeToInsecureRepositories=1"',
      safelyFixed: 'FROM a:1\nRUN apt-get update\n',
    },
    {
      code: 'FROM a:1\nRUN echo "deb [trusted=yes] https://x /" >> /etc/apt/sources.list\n',
      at: 'trusted=yes',
      fixed: 'FROM a:1\nRUN echo "deb [signed-by=/etc/apt/keyrings/REPLACE.gpg] https://x /" >> /etc/apt/sources.list\n',
    },
  ],
});
