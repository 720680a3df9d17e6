import assert from 'node:assert/strict';
import test from 'node:test';
import type { ImagePath } from '../../../../../../src/foundation/model/brand.ts';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/os/dpkg-file-list.ts';

test('wants lists of plain and of foreign packages', () => {
  for (const path of ['var/lib/dpkg/info/curl.list', 'var/lib/dpkg/info/libc6:amd64.list']) assert.equal(analyzer.wants(path as ImagePath), true);
  for (const path of ['var/lib/dpkg/info/curl.md5sums', 'etc/apt/sources.list']) assert.equal(analyzer.wants(path as ImagePath), false);
});

test('the paths, as paths of the image', () => {
  const bytes = new TextEncoder().encode('/.\n/usr\n/usr/lib/x.egg-info\n');
  const { value } = analyzer.analyze({ path: 'var/lib/dpkg/info/x.list' as ImagePath, bytes });
  assert.deepEqual([...(value.ownedPaths ?? [])], ['usr', 'usr/lib/x.egg-info']);
});
