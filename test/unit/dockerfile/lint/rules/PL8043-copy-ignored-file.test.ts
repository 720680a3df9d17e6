import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lintText } from '../../../../../src/dockerfile/lint/lint.ts';
import { rule } from '../../../../../src/dockerfile/lint/rules/PL8043-copy-ignored-file.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  // What ONBUILD copies comes from another build's context.
  skip: ['ONBUILD'],
  valid: [
    'FROM a:1\nCOPY ./temp tmpl /a/\nCOPY tmp* /a/\nADD https://h/tmp /a\nCOPY --from=b tmp /a\n',
    'FROM a:1\nONBUILD COPY tmp /a\nCOPY ../tmp /a\nCOPY $X/tmp /a\nCOPY <<tmp /a\nb\ntmp\n',
  ],
  invalid: [
    { code: 'FROM a:1\nCOPY tmp /a\n', at: 'tmp' },
    { code: 'FROM a:1\nARG D=tmp\nCOPY a.js /$D/b.txt /a/\n', at: '/$D/b.txt' },
    { code: 'FROM a:1\nADD node_modules/ a/b.log /a/\n', at: ['node_modules/', 'a/b.log'] },
  ],
});

test('PL8043: reads .dockerignore as the builder does', () => {
  const report = (dockerignore: string, source: string): number =>
    lintText(`FROM a:1\nCOPY ${source} /x\n`, { rules: [rule], dockerignore }).diagnostics.length;
  const kept = [
    ['a', 'a'],
    ['/a/', './a/b/c'],
    ['*/b', 'a/b/c'],
    ['a/**/d', 'a/b/c/d'],
    ['**/d', 'd'],
    ['*.l?g', 'b.log'],
    ['*', '.'],
    ['**\r\n', './'],
    ['*\n!a', 'b'],
    ['*\n!a/b', 'c/d'],
  ] as const;
  for (const [dockerignore, source] of kept) assert.equal(report(dockerignore, source), 1, `${dockerignore} keeps out ${source}`);
  const taken = [
    ['a/b', 'a'],
    ['*/b', 'b'],
    ['*.log', 'a/b.log'],
    ['# a', 'a'],
    ['.*', '.'],
    ['*\n!a', 'a/b'],
    ['*\n!a/b', 'a'],
    ['*\n!**/*.js', 'a'],
    ['*\n!a', '.'],
    ['', 'a'],
  ] as const;
  for (const [dockerignore, source] of taken) assert.equal(report(dockerignore, source), 0, `${dockerignore} lets in ${source}`);
});

test('PL8043: says nothing where no .dockerignore is known', () => {
  assert.deepEqual(lintText('FROM a:1\nCOPY tmp /a\n', { rules: [rule] }).diagnostics, []);
});
