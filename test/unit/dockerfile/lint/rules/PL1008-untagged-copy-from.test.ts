import { rule } from '../../../../../src/dockerfile/lint/rules/PL1008-untagged-copy-from.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  skip: ['ONBUILD'],
  valid: [
    'FROM a:1 AS Build\nFROM b:1\nCOPY --from=build /a /a\nCOPY --from=0 /a /a\nCOPY a b\n',
    'FROM a:1\nCOPY --from=localhost:5000/a:1 /a /a\nCOPY --from=$X /a /a\nCOPY --from= /a /a\n',
    'FROM a:1\nRUN --mount=type=cache,target=/from=x b\n',
    'FROM a:1\nARG V=2\nCOPY --from=a/b:$V /a /a\n',
  ],
  invalid: [
    {
      code: 'FROM a:1\nCOPY --from=localhost:5000/b /a /a\n',
      at: 'localhost:5000/b',
      fixed: 'FROM a:1\nCOPY --from=localhost:5000/b:CHOOSE-A-VERSION /a /a\n',
    },
    { code: 'FROM a:1\nCOPY --link --from=b:latest /a /a\n', at: 'b:latest', fixed: 'FROM a:1\nCOPY --link --from=b:CHOOSE-A-VERSION /a /a\n' },
    { code: 'FROM a:1\nRUN --mount=from=b,target=/b /b/c\n', at: 'b', fixed: 'FROM a:1\nRUN --mount=from=b:CHOOSE-A-VERSION,target=/b /b/c\n' },
    { code: 'FROM a:1\nARG I=b\nCOPY --from=$I /a /a\n', at: '$I' },
  ],
});
