import { rule } from '../../../../../src/dockerfile/lint/rules/PL6005-gem-unpinned.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN gem install a:1 -- --with-x y\n',
    'FROM a:1\nRUN gem install a:1 && gem install -v 1 b && gem install c --version=1 && gem install ./d.gem && gem update --system\n',
  ],
  invalid: [
    { code: 'FROM a:1\nRUN gem i b:1 a\n', at: 'a' },
    { code: 'FROM a:1\nRUN gem install --no-document a b:1\n', at: 'a', fixed: 'FROM a:1\nRUN gem install --no-document a:CHOOSE-A-VERSION b:1\n' },
    { code: 'FROM a:1\nRUN gem install -i /x a\n', at: 'a' },
  ],
});
