import { rule } from '../../../../../src/dockerfile/lint/rules/PL5008-rpm-no-signature.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN rpm -ivh a.rpm && echo --nosignature && rpm -i -- --nosignature\n',
    'FROM a:1\nRUN dnf install -y --nodocs a && rpm -e --nodeps b && zypper -n install a\n',
  ],
  invalid: [
    { code: 'FROM a:1\nRUN rpm -i --nosignature a.rpm\n', at: '--nosignature', safelyFixed: 'FROM a:1\nRUN rpm -i a.rpm\n' },
    { code: 'FROM a:1\nRUN sudo rpm --nodigest --nogpg -U a.rpm\n', at: ['--nodigest', '--nogpg'], safelyFixed: 'FROM a:1\nRUN sudo rpm -U a.rpm\n' },
    { code: 'FROM a:1\nRUN ["rpm", "-i", "--nosignature", "a.rpm"]\n', at: '--nosignature', safelyFixed: 'FROM a:1\nRUN ["rpm", "-i", "a.rpm"]\n' },
    {
      code: 'FROM a:1\nRUN zypper -n in --allow-unsigned-rpm a.rpm\n',
      at: '--allow-unsigned-rpm',
      safelyFixed: 'FROM a:1\nRUN zypper -n in a.rpm\n',
    },
  ],
});
