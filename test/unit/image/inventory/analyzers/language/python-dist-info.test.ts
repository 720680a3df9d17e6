import assert from 'node:assert/strict';
import test from 'node:test';
import type { ImagePath } from '../../../../../../src/foundation/model/brand.ts';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/language/python-dist-info.ts';

test('wants METADATA of a dist-info folder', () => {
  assert.equal(analyzer.wants('usr/lib/python3/site-packages/a-1.dist-info/METADATA' as ImagePath), true);
  for (const path of ['a.dist-info/RECORD', 'METADATA', 'a.dist-info/x/METADATA']) assert.equal(analyzer.wants(path as ImagePath), false);
});

test('name and version as written; what lacks them is told', () => {
  const analyze = (text: string): ReturnType<typeof analyzer.analyze> =>
    analyzer.analyze({ path: 'a.dist-info/METADATA' as ImagePath, bytes: new TextEncoder().encode(text) });
  assert.deepEqual(analyze('Metadata-Version: 2.1\nName: Jinja2\nVersion: 3.1.2\n\nbody').value.packages, [
    { type: 'pypi', name: 'Jinja2', version: '3.1.2' },
  ]);
  assert.equal(analyze('Name: Jinja2\n').problems.length, 1);
});
