import { rule } from '../../../../../src/dockerfile/lint/rules/PL2005-passwordless-sudo.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1 AS b\nRUN echo "c ALL=(ALL) NOPASSWD: ALL" >> /etc/sudoers\nFROM d:1\ncopy --from=b /e /e\n',
    'FROM a:1\nRUN grep NOPASSWD: /etc/sudoers; echo NOPASSWD; echo "NOPASSWD: is bad"\n',
    'FROM a:1\nRUN echo "app ALL=(ALL) ALL" > /etc/sudoers.d/app && sed -i "s/NOPASSWD://" /etc/sudoers\n',
    'FROM a:1\n# app ALL=(ALL) NOPASSWD:ALL\nRUN true\n',
    'FROM a:1\nRUN echo "permit persist app" > /etc/doas.conf && echo nopass\n',
  ],
  invalid: [
    {
      code: 'FROM a:1 AS b\nRUN echo "c ALL=(ALL) NOPASSWD: ALL" >> /etc/sudoers\nFROM b AS d\nCOPY --from=b /e /e\n',
      at: 'NOPASSWD:',
    },
    {
      code: 'FROM a:1\nRUN echo "app ALL=(ALL:ALL) NOPASSWD: ALL" >> /etc/sudoers\n',
      at: 'NOPASSWD:',
      fixed: 'FROM a:1\nRUN echo "app ALL=(ALL:ALL) PASSWD: ALL" >> /etc/sudoers\n',
    },
    { code: 'FROM a:1\nRUN echo "app ALL = NOPASSWD: /bin/a" | tee /etc/sudoers.d/app\n', at: 'NOPASSWD:' },
    { code: "FROM a:1\nRUN echo '%wheel ALL=(ALL) NOPASSWD:SETENV: ALL' >/etc/sudoers.d/w\n", at: 'NOPASSWD:' },
    { code: 'FROM a:1\nRUN printf "a\\napp ALL=(root) SETENV:NOPASSWD:ALL\\n" > /etc/sudoers.d/a\n', at: 'NOPASSWD:' },
    { code: 'FROM a:1\nARG L="app ALL=(ALL) NOPASSWD: ALL"\nRUN echo "$L" > /etc/sudoers.d/a\n', at: '$L' },
    { code: 'FROM a:1\nCOPY <<E /etc/sudoers.d/a\nDefaults:app !authenticate\nE\n', at: '!authenticate' },
    { code: "FROM a:1\nRUN echo 'permit nopass keepenv app' > /etc/doas.conf\n", at: 'nopass' },
  ],
});
