import assert from 'node:assert/strict';
import test from 'node:test';
import type { ImagePath } from '../../../../../../src/foundation/model/brand.ts';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/language/python-egg-info.ts';

test('wants egg-info as a file, in a folder, and in an unpacked egg', () => {
  for (const path of ['a/b-1.egg-info', 'a/b.egg-info/PKG-INFO', 'a/b.egg/EGG-INFO/PKG-INFO'])
    assert.equal(analyzer.wants(path as ImagePath), true, path);
  for (const path of ['a/b.egg-info/top_level.txt', 'PKG-INFO', 'a/PKG-INFO']) assert.equal(analyzer.wants(path as ImagePath), false, path);
});

test('name and version as written', () => {
  const bytes = new TextEncoder().encode('Metadata-Version: 1.1\nName: six\nVersion: 1.16.0\nLicense: MIT\n');
  assert.deepEqual(analyzer.analyze({ path: 'six-1.16.0.egg-info' as ImagePath, bytes }).value.packages, [
    { type: 'pypi', name: 'six', version: '1.16.0', licenses: ['MIT'] },
  ]);
});
