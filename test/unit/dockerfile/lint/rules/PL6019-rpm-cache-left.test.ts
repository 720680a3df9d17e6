import { rule } from '../../../../../src/dockerfile/lint/rules/PL6019-rpm-cache-left.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN dnf install -y a && dnf clean all; yum -y install b && yum clean all; zypper -n in c && zypper cc -a\n',
    'FROM a:1\nRUN yum install -y a && rm -rf /var/cache/yum/*\n',
    'FROM a:1\nRUN dnf makecache && dnf info a\n',
    'FROM a:1 AS b\nRUN dnf install -y a\nFROM c:1\n',
  ],
  invalid: [
    {
      code: 'FROM a:1\nRUN dnf clean all && dnf install -y b\n',
      at: 'install',
      fixed: 'FROM a:1\nRUN dnf clean all && dnf install -y b && dnf clean all\n',
    },
    { code: 'FROM a:1\nRUN yum -y install b && yum clean all && yum -y install c\n', at: 'install' },
    { code: 'FROM a:1\nRUN dnf install -y b && microdnf clean all\n', at: 'install' },
    { code: 'FROM a:1\nRUN rm -rf /var/cache/libdnf5 && microdnf install -y b\n', at: 'install' },
    { code: 'FROM a:1\nRUN dnf -y up\n', at: 'up' },
    { code: 'FROM a:1\nRUN dnf install -y a\n', at: 'install', fixed: 'FROM a:1\nRUN dnf install -y a && dnf clean all\n' },
    {
      code: 'FROM a:1\nRUN microdnf update -y && microdnf install -y a && b\n',
      at: 'update',
      fixed: 'FROM a:1\nRUN microdnf update -y && microdnf install -y a && microdnf clean all && b\n',
    },
    {
      code: 'FROM a:1\nRUN zypper -n in a && zypper -n in b\n',
      at: 'in',
      fixed: 'FROM a:1\nRUN zypper -n in a && zypper -n in b && zypper clean --all\n',
    },
  ],
});
