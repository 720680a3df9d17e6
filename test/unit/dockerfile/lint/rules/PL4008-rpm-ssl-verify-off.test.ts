import { rule } from '../../../../../src/dockerfile/lint/rules/PL4008-rpm-ssl-verify-off.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN dnf config-manager setopt main.sslverify=1\n',
    'FROM a:1\nRUN yum --setopt=sslverify=1 install a && echo "sslverify = yes" >> /etc/yum.conf && git config http.sslVerify false && echo proxy_sslverify=0\n',
    'FROM a:1\nRUN sed -i s/sslverify=0/sslverify=1/ /etc/yum.conf && zypper ar "https://h/r?ssl_verify=yes" a\n',
  ],
  invalid: [
    {
      code: 'FROM a:1\nRUN dnf-config-manager --save --setopt=a.sslverify=False\n',
      at: '--setopt=a.sslverify=False',
      safelyFixed: 'FROM a:1\nRUN dnf-config-manager --save\n',
    },
    {
      code: 'FROM a:1\nRUN dnf config-manager setopt a.sslverify=0\n',
      at: 'a.sslverify=0',
      safelyFixed: 'FROM a:1\nRUN dnf config-manager setopt a.sslverify=1\n',
    },
    { code: 'FROM a:1\nRUN yum --setopt=sslverify=0 install a\n', at: '--setopt=sslverify=0', safelyFixed: 'FROM a:1\nRUN yum install a\n' },
    { code: 'FROM a:1\nRUN dnf install --setopt=ours.sslverify=False a\n', at: '--setopt=ours.sslverify=False' },
    { code: 'FROM a:1\nRUN yum-config-manager --save --setopt=sslverify=false\n', at: '--setopt=sslverify=false' },
    {
      code: 'FROM a:1\nRUN printf "[main]\\nsslverify=0\\n" > /etc/dnf/dnf.conf\n',
      at: 'sslverify=0',
      safelyFixed: 'FROM a:1\nRUN printf "[main]\\nsslverify=1\\n" > /etc/dnf/dnf.conf\n',
    },
    { code: 'FROM a:1\nCOPY <<E /etc/yum.repos.d/a.repo\n[a]\nsslverify = false\nE\n', at: 'sslverify = false' },
    { code: "FROM a:1\nRUN zypper ar 'https://h/r?ssl_verify=no' a\n", at: 'ssl_verify=no' },
  ],
});
