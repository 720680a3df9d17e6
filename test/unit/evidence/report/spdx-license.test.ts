import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { toSpdxExpression, toSpdxId } from '../../../../src/evidence/report/spdx-license.ts';

test('expressions of known identifiers come out as they went in', () => {
  for (const good of ['MIT', '(MIT OR Apache-2.0) AND Zlib', '((MIT))', 'GPL-2.0-only WITH Linux-syscall-note', 'GPL-2.0+', 'Zlib+'])
    assert.equal(toSpdxExpression(good), good);
});

test('spelling and white space are those of the list', () => {
  assert.equal(toSpdxExpression('  apache-2.0 and ( mit  or\tbsd-3-clause )'), 'Apache-2.0 AND (MIT OR BSD-3-Clause)');
  assert.equal(toSpdxId('bsd-3-clause'), 'BSD-3-Clause');
});

test('anything else is no expression', () => {
  for (const bad of [
    '',
    'GPL',
    'MIT OR',
    'OR MIT',
    'MIT Apache-2.0',
    '(MIT',
    'MIT)',
    '()',
    '(MIT OR)',
    'MIT AND homemade',
    'MIT WITH Zlib',
    '(MIT) WITH LLVM-exception',
    'MIT WITH LLVM-exception WITH LLVM-exception',
    'LLVM-exception',
    'MIT AnD Zlib',
    '+',
    `${'('.repeat(3000)}MIT`,
  ])
    assert.equal(toSpdxExpression(bad), undefined, bad.slice(0, 20));
  assert.equal(toSpdxId('BSD'), undefined);
  assert.equal(toSpdxId('LLVM-exception'), undefined);
});

test('law: what came out is an expression, and comes out again', () => {
  const token = fc.constantFrom('MIT', 'zlib', 'GPL-2.0+', '(', ')', 'AND', 'or', 'WITH', 'LLVM-exception', 'x');
  fc.assert(
    fc.property(fc.array(token, { maxLength: 9 }), (tokens) => {
      const expression = toSpdxExpression(tokens.join(' '));
      assert.equal(expression === undefined ? undefined : toSpdxExpression(expression), expression);
    }),
  );
});
