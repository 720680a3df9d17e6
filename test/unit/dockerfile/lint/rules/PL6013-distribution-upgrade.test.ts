import { rule } from '../../../../../src/dockerfile/lint/rules/PL6013-distribution-upgrade.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: ['FROM a:1\nRUN apt-get upgrade -y && zypper -n up && dnf upgrade -y && echo apt-get dist-upgrade && apt-get install -y dist-upgrade\n'],
  invalid: [
    { code: 'FROM a:1\nRUN apt-get -y dist-upgrade\n', at: 'dist-upgrade', fixed: 'FROM a:1\nRUN apt-get -y upgrade\n' },
    { code: 'FROM a:1\nRUN apt full-upgrade -y && zypper --non-interactive dist-upgrade\n', at: ['full-upgrade', 'dist-upgrade'] },
    { code: 'FROM a:1\nRUN dnf distro-sync -y\n', at: 'distro-sync' },
  ],
});
