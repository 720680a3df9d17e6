import { rule } from '../../../../../src/dockerfile/lint/rules/PL4005-git-ssl-no-verify.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nARG GIT_SSL_NO_VERIFY\nRUN git config http.sslVerify true && git -c http.sslVerify=true clone x && git clone http.sslVerify false\n',
  ],
  invalid: [
    { code: 'FROM a:1\nENV GIT_SSL_NO_VERIFY=0\n', at: 'GIT_SSL_NO_VERIFY=0', safelyFixed: 'FROM a:1\n' },
    { code: 'FROM a:1\nRUN GIT_SSL_NO_VERIFY= git clone x\n', at: 'GIT_SSL_NO_VERIFY=', safelyFixed: 'FROM a:1\nRUN git clone x\n' },
    {
      code: 'FROM a:1\nRUN export GIT_SSL_NO_VERIFY=1 && git clone x\n',
      at: 'GIT_SSL_NO_VERIFY=1',
      safelyFixed: 'FROM a:1\nRUN unset GIT_SSL_NO_VERIFY && git clone x\n',
    },
    { code: 'FROM a:1\nENV GIT_SSL_NO_VERIFY=true\nRUN git clone x\n', at: 'GIT_SSL_NO_VERIFY=true', safelyFixed: 'FROM a:1\nRUN git clone x\n' },
    { code: 'FROM a:1\nRUN git config --system http.sslVerify 0\n', at: '0', safelyFixed: 'FROM a:1\nRUN git config --system http.sslVerify true\n' },
    { code: 'FROM a:1\nRUN git -C /a -c "http.sslVerify=false" pull\n', at: '"http.sslVerify=false"' },
  ],
});
