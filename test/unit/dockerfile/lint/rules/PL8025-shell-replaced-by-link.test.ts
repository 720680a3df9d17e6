import { rule } from '../../../../../src/dockerfile/lint/rules/PL8025-shell-replaced-by-link.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  skip: ['ONBUILD'],
  valid: ['FROM a:1\nRUN ln -s /bin/sh /bin/x && ln -s /bin/bash /opt/bin/sh && echo ln -s /bin/bash /bin/sh\n', 'FROM a:1\nRUN ln /a /bin/sh\n'],
  invalid: [
    { code: 'FROM a:1\nRUN ln -sf /bin/bash /bin/sh\n', at: '/bin/sh', fixed: 'FROM a:1\nSHELL ["/bin/bash", "-c"]\n' },
    { code: 'FROM a:1\nRUN rm /bin/sh; sudo ln --symbolic /usr/bin/zsh /usr/bin/sh\n', at: '/usr/bin/sh' },
  ],
});
