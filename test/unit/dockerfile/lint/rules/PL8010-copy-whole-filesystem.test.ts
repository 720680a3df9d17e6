import { rule } from '../../../../../src/dockerfile/lint/rules/PL8010-copy-whole-filesystem.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: ['FROM a:1\nCOPY / /a\nCOPY --from=b /a /\nCOPY --from=b /./a/ /\n', 'FROM a:1\nCOPY --from=b $X /\n'],
  invalid: [
    { code: 'FROM a:1 AS b\nFROM scratch\nCOPY --from=b / /\n', at: '/' },
    { code: 'FROM a:1\nCOPY --chown=1 --from=b:1 /. /a /x/\nCOPY --from=b ["/*", "/x"]\n', at: ['/.', '/*'] },
  ],
});
