import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSpdxExpression, isSpdxId } from '../../../../src/evidence/report/spdx-license.ts';

test('expressions of known identifiers, and nothing else', () => {
  for (const good of ['MIT', 'GPL-2.0-or-later', '(MIT OR Apache-2.0) AND Zlib', 'GPL-2.0-only WITH Linux-syscall-note', 'GPL-2.0+'])
    assert.ok(isSpdxExpression(good), good);
  for (const bad of ['', 'GPL', 'MIT OR', 'OR MIT', 'MIT Apache-2.0', '(MIT', 'MIT)', '()', 'mit', 'MIT AND homemade', `${'('.repeat(3000)}MIT`])
    assert.ok(!isSpdxExpression(bad), bad.slice(0, 20));
  assert.ok(isSpdxId('BSD-3-Clause') && !isSpdxId('BSD'));
});
