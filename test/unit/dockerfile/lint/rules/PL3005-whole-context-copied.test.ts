import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lintText } from '../../../../../src/dockerfile/lint/lint.ts';
import { rule } from '../../../../../src/dockerfile/lint/rules/PL3005-whole-context-copied.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nCOPY ./src ./\nCOPY --from=b . /a\nCOPY .npmrc.sample .\nADD https://example.com/. /a\n',
    'FROM a:1 AS b\nCOPY . .\nFROM c:1\nCOPY --from=b /a /a\n',
    'FROM a:1\nCOPY --exclude=.git --exclude=.env . /a\n',
  ],
  invalid: [
    { code: 'FROM a:1\nCOPY . /a/\n', at: '.', fixed: 'FROM a:1\nCOPY REPLACE_WITH_WHAT_IS_NEEDED/ /a/\n' },
    { code: 'FROM a:1\nCOPY --chown=1 ./ ./\n', at: './' },
    { code: 'FROM a:1\nADD * /a/\n', at: '*' },
    { code: 'FROM a:1\nCOPY ["package.json", ".", "/a/"]\n', at: '.' },
    { code: 'FROM a:1 AS b\nCOPY . /a\nFROM b\nRUN c\n', at: '.' },
  ],
});

test('PL3005: a .dockerignore that keeps .git and .env out is enough', () => {
  const report = (dockerignore: string): readonly string[] =>
    lintText('FROM a:1\nCOPY . .\n', { rules: [rule], dockerignore }).diagnostics.map(({ message }) => message);
  for (const text of ['.git\n.env\n', '/.git/\r\n.env*\r\n', '**/.git\n**/.env\n', '*\n!src\n', '.*\n', '# all\n**\n', '.git/**\n.env?\n.en[a-z]\n'])
    assert.deepEqual(report(text), [], text);
  assert.match(report('node_modules\n').join(), /does not name \.git and \.env/);
  assert.match(report('.git\n# .env\n').join(), /does not name \.env$/);
  assert.match(report('*\n!.env\n').join(), /does not name \.env$/);
  assert.match(report('.git/x\n.env\n').join(), /does not name \.git$/);
});
