import { rule } from '../../../../../src/dockerfile/lint/rules/PL6015-missing-yes.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN apt-get install -y a && apt-get -qqy install b && apt-get install --assume-yes c && apt-get -q=2 install d && apt-get update && apt-get clean\n',
    'FROM a:1\nRUN echo \'APT::Get::Assume-Yes "true";\' > /etc/apt/apt.conf.d/90 && apt-get install a\n',
    'FROM a:1\nRUN yum -y install a && dnf install b -y && microdnf install --assumeyes c && dnf makecache && dnf info d\n',
    'FROM a:1\nRUN zypper -n in a && zypper in -y b && zypper ref && zypper --non-interactive up\n',
    'FROM a:1\nRUN apt-get -o APT::Get::Assume-Yes=true install a && yes | apt-get remove b && apt-get -s install c\n',
  ],
  invalid: [
    { code: 'FROM a:1\nRUN apt-get install a\n', at: 'install', safelyFixed: 'FROM a:1\nRUN apt-get install -y a\n' },
    {
      code: 'FROM a:1\nRUN apt-get -q upgrade && apt-get purge --auto-remove b\n',
      at: ['upgrade', 'purge'],
      safelyFixed: 'FROM a:1\nRUN apt-get -q upgrade -y && apt-get purge -y --auto-remove b\n',
    },
    {
      code: 'FROM a:1\nRUN yum install a && dnf remove b\n',
      at: ['install', 'remove'],
      safelyFixed: 'FROM a:1\nRUN yum install -y a && dnf remove -y b\n',
    },
    { code: 'FROM a:1\nRUN zypper in a\n', at: 'in', safelyFixed: 'FROM a:1\nRUN zypper in -y a\n' },
    { code: 'FROM a:1\nRUN ["apt-get", "install", "a"]\n', at: 'install' },
  ],
});
