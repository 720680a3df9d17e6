import { rule } from '../../../../../src/dockerfile/lint/rules/PL8037-heredoc-not-closed.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: ['FROM a:1\nRUN <<E cat\nx\nE\nCOPY <<-"F" <<G /x/\ny\n\tF\nz\nG\n', 'FROM a:1\nRUN echo "<<E"; cat <<< x\n'],
  invalid: [
    { code: 'FROM a:1\nRUN <<E\na\nE \nCMD b\n', at: '<<E' },
    { code: 'FROM a:1\nCOPY <<E /a\nb\n\tE\n', at: '<<E' },
  ],
});
