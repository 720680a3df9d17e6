import { rule } from '../../../../../src/dockerfile/lint/rules/PL8007-copy-many-to-file.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: ['FROM a:1\nCOPY a b /c/\nCOPY a b .\nCOPY a b ..\nCOPY a b c/.\nCOPY a /b\nCOPY a b $C\n', 'FROM a:1\nENV C=/c/\nCOPY a b $C\n'],
  invalid: [
    { code: 'FROM a:1\nCOPY --chown=1 a b /c\n', at: '/c', fixed: 'FROM a:1\nCOPY --chown=1 a b /c/\n' },
    { code: 'FROM a:1\nADD ["a", "b", "/c d"]\n', at: '/c d', fixed: 'FROM a:1\nADD ["a", "b", "/c d/"]\n' },
    { code: 'FROM a:1\nENV C=/c\nCOPY a b $C\n', at: '$C', fixed: 'FROM a:1\nENV C=/c\nCOPY a b $C/\n' },
  ],
});
