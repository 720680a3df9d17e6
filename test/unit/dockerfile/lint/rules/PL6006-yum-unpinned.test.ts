import { rule } from '../../../../../src/dockerfile/lint/rules/PL6006-yum-unpinned.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN yum module install -y a:1 && yum module enable a\n',
    'FROM a:1\nRUN yum -y --enablerepo x install a-1.2 $B https://h/c.rpm && yum update a && dnf install -y a\n',
  ],
  invalid: [
    { code: 'FROM a:1\nRUN yum module install -y tomcat\n', at: 'tomcat', fixed: 'FROM a:1\nRUN yum module install -y tomcat:CHOOSE-A-VERSION\n' },
    { code: 'FROM a:1\nRUN yum -y install a b-1\n', at: 'a', fixed: 'FROM a:1\nRUN yum -y install a-CHOOSE-A-VERSION b-1\n' },
  ],
});
