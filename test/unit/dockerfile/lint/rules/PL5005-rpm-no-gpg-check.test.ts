import { rule } from '../../../../../src/dockerfile/lint/rules/PL5005-rpm-no-gpg-check.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: ['FROM a:1\nRUN yum install a && sed -i s/gpgcheck=0/gpgcheck=1/ b && echo repo_gpgcheck=0 && dnf --setopt=gpgcheck=1 install a\n'],
  invalid: [
    { code: 'FROM a:1\nRUN yum -y --nogpgcheck install a\n', at: '--nogpgcheck', safelyFixed: 'FROM a:1\nRUN yum -y install a\n' },
    { code: 'FROM a:1\nRUN dnf --setopt=*.gpgcheck=0 install a\n', at: '--setopt=*.gpgcheck=0' },
    { code: 'FROM a:1\nRUN echo gpgcheck=0 >> /etc/yum.conf\n', at: 'gpgcheck=0', safelyFixed: 'FROM a:1\nRUN echo gpgcheck=1 >> /etc/yum.conf\n' },
    { code: 'FROM a:1\nCOPY <<E /etc/yum.repos.d/a.repo\n[a]\ngpgcheck = 0\nE\n', at: 'gpgcheck = 0' },
  ],
});
