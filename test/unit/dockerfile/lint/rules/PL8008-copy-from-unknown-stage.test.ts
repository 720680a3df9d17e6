import { rule } from '../../../../../src/dockerfile/lint/rules/PL8008-copy-from-unknown-stage.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  skip: ['ONBUILD'],
  valid: [
    'FROM a:1 AS b\nFROM a:1\nCOPY --from=B a /a\nCOPY --from=0 a /a\nRUN --mount=type=bind,from=b,target=/x y\n',
    'FROM a:1\nCOPY --from=x/y a /a\nCOPY --from=x:1 a /a\nCOPY --from=x@sha256:1 a /a\nCOPY --from=$X a /a\nCOPY --from= a /a\n',
    'FROM a:1 AS b\nCOPY --from=b a /a\nONBUILD COPY --from=x a /a\n',
  ],
  invalid: [
    { code: 'FROM a:1 AS build\nFROM a:1\nCOPY --from=buidl a /a\n', at: 'buidl', fixed: 'FROM a:1 AS build\nFROM a:1\nCOPY --from=build a /a\n' },
    { code: 'FROM a:1\nCOPY --from=late a /a\nCOPY --from=1 a /a\nFROM a:1 AS late\n', at: ['late', '1'] },
    { code: 'FROM a:1\nRUN --mount=type=bind,from=nope,target=/x y\n', at: 'nope' },
    { code: 'FROM a:1\nRUN --mount="type=bind,from=nope" y\n', at: '"type=bind,from=nope"' },
  ],
});
