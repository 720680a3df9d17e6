import { rule } from '../../../../../src/dockerfile/lint/rules/PL2009-file-capabilities.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    "FROM a:1\nRUN setcap 'cap_net_bind_service=-ep' /a && setcap cap_chown-e /a && setcap = /a\n",
    'FROM a:1\nRUN setcap -r /a && setcap -q -r /a && setcap -q -v cap_chown+ep /a && getcap /a && echo setcap cap_net_raw+ep /a && apk add libcap-setcap\n',
  ],
  invalid: [
    { code: 'FROM a:1\nRUN setcap "cap_chown-e cap_net_raw+ep" /a\n', at: 'setcap' },
    { code: 'FROM a:1\nRUN setcap "$CAPS" /a\n', at: 'setcap' },
    { code: 'FROM a:1\nRUN setcap cap_net_raw+ep /a\nRUN b\n', at: 'setcap', fixed: 'FROM a:1\nRUN b\n' },
    {
      code: 'FROM a:1\nRUN a \\\n  && setcap cap_net_bind_service=+ep "$(which node)" \\\n  && b\n',
      at: 'setcap',
      fixed: 'FROM a:1\nRUN a \\\n  && b\n',
    },
    { code: 'FROM a:1\nRUN a; sudo /usr/sbin/setcap -q cap_setuid+ep /a; b\n', at: '/usr/sbin/setcap', fixed: 'FROM a:1\nRUN a; true; b\n' },
    { code: 'FROM a:1\nRUN bash -c "a && setcap cap_sys_admin=ep /a"\n', at: 'setcap', fixed: 'FROM a:1\nRUN bash -c "a"\n' },
    { code: 'FROM a:1\nRUN ["setcap", "cap_sys_ptrace+ep", "/a"]\nRUN b\n', at: 'setcap', fixed: 'FROM a:1\nRUN b\n' },
    { code: 'FROM a:1\nRUN if a; then setcap cap_chown+ep /a; fi\n', at: 'setcap', fixed: 'FROM a:1\nRUN if a; then true; fi\n' },
  ],
});
