import { rule } from '../../../../../src/dockerfile/lint/rules/PL8006-add-instead-of-copy.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nADD a.tar.gz b.tgz /c/\nADD https://example.com/a /b\nADD git@example.com:a/b /c\nADD https://example.com/a.git#v1 /b\n',
    'FROM a:1\nADD $A /b\nADD a\nCOPY a /b\n',
  ],
  invalid: [
    { code: 'FROM a:1\nADD a /b\n', at: 'ADD', fixed: 'FROM a:1\nCOPY a /b\n' },
    { code: 'FROM a:1\nadd --chown=1 ["a", "b", "/c/"]\n', at: 'add', fixed: 'FROM a:1\ncopy --chown=1 ["a", "b", "/c/"]\n' },
    { code: 'FROM a:1\nARG A=x\nADD --keep-git-dir=true $A /b\n', at: 'ADD' },
    { code: 'FROM a:1\nADD . /app\n', at: 'ADD' },
  ],
});
