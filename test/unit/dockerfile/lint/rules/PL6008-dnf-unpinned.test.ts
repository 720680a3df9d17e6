import { rule } from '../../../../../src/dockerfile/lint/rules/PL6008-dnf-unpinned.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN dnf module install a:1/b && microdnf module enable a\n',
    'FROM a:1\nRUN dnf -y --setopt install_weak_deps=False install a-1.2 $B && dnf module enable c && yum install -y a\n',
  ],
  invalid: [
    { code: 'FROM a:1\nRUN microdnf module install tomcat\n', at: 'tomcat' },
    { code: 'FROM a:1\nRUN dnf in -y a\n', at: 'a' },
    { code: 'FROM a:1\nRUN microdnf install -y a b-1\n', at: 'a', fixed: 'FROM a:1\nRUN microdnf install -y a-CHOOSE-A-VERSION b-1\n' },
    { code: 'FROM a:1\nRUN dnf --nodocs install -y a\n', at: 'a' },
  ],
});
