import { rule } from '../../../../../src/dockerfile/lint/rules/PL6016-apt-recommends.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN apt-get install -y --no-install-recommends a && apt-get update && apt-get install -f && apt-get -o APT::Install-Recommends=0 install b\n',
    'FROM a:1\nRUN echo \'APT::Install-Recommends "0";\' > /etc/apt/apt.conf.d/90\nRUN apt-get install -y a\n',
  ],
  invalid: [
    { code: 'FROM a:1\nRUN apt-get install -y a\n', at: 'install', fixed: 'FROM a:1\nRUN apt-get install --no-install-recommends -y a\n' },
    { code: 'FROM a:1\nRUN apt -y install a && aptitude install b\n', at: ['install', 'install'] },
  ],
});
