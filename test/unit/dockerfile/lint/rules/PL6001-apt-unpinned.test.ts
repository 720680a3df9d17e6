import { rule } from '../../../../../src/dockerfile/lint/rules/PL6001-apt-unpinned.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN apt-get install -y a=1 b=2.* c/bookworm ./d.deb $E e-; echo apt-get install f; apt-get -t stable update\n',
    'FROM a:1\nRUN apt-get install --only-upgrade -y -t x a=1\n',
  ],
  invalid: [
    {
      code: 'FROM a:1\nRUN apt-get install -y a b=1 c\n',
      at: 'a',
      fixed: 'FROM a:1\nRUN apt-get install -y a=CHOOSE-A-VERSION b=1 c=CHOOSE-A-VERSION\n',
    },
    { code: 'FROM a:1\nRUN sudo apt -y install "a"\n', at: '"a"', fixed: 'FROM a:1\nRUN sudo apt -y install "a=CHOOSE-A-VERSION"\n' },
    { code: 'FROM a:1\nRUN aptitude install a && apt-get install b\n', at: ['a', 'b'] },
    { code: 'FROM a:1\nRUN ["apt-get", "install", "-y", "a"]\n', at: 'a' },
  ],
});
