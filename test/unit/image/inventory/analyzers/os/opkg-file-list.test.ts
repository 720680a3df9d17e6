import assert from 'node:assert/strict';
import test from 'node:test';
import type { ImagePath } from '../../../../../../src/foundation/model/brand.ts';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/os/opkg-file-list.ts';

test('paths, with and without a mode', () => {
  assert.equal(analyzer.wants('usr/lib/opkg/info/ubus.list' as ImagePath), true);
  assert.equal(analyzer.wants('usr/lib/opkg/info/ubus.control' as ImagePath), false);
  const bytes = new TextEncoder().encode('/usr/lib/x.egg-info\n/etc/init.d/x\t0755\n\n/../../etc/y\n');
  const { value } = analyzer.analyze({ path: 'usr/lib/opkg/info/ubus.list' as ImagePath, bytes });
  assert.deepEqual([...(value.ownedPaths ?? [])], ['usr/lib/x.egg-info', 'etc/init.d/x', 'etc/y']);
});
