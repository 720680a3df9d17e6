import { rule } from '../../../../../src/dockerfile/lint/rules/PL8009-copy-from-itself.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  skip: ['ONBUILD'],
  valid: [
    'FROM a:1 AS b\nFROM a:1 AS b\nCOPY --from=b a /a\n',
    'FROM a:1 AS b\nFROM a:1 AS c\nCOPY --from=b a /a\nCOPY --from=0 a /a\nONBUILD COPY --from=c a /a\n',
  ],
  invalid: [
    { code: 'FROM a:1 AS b\nCOPY --from=B a /a\n', at: 'B' },
    { code: 'FROM a:1\nFROM a:1\nRUN --mount=from=1,target=/x y\n', at: '1' },
  ],
});
