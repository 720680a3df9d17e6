import assert from 'node:assert/strict';
import test from 'node:test';
import type { ImagePath } from '../../../../../../src/foundation/model/brand.ts';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/os/rpm-ndb.ts';
import { buildNdb, buildPackageHeader } from '../../../../../support/rpm-builder.ts';

const path = 'usr/lib/sysimage/rpm/Packages.db' as ImagePath;

test('wants Packages.db alone', () => {
  for (const wanted of [path, 'var/lib/rpm/Packages.db']) assert.equal(analyzer.wants(wanted as ImagePath), true);
  for (const other of ['var/lib/rpm/Packages', 'usr/lib/sysimage/rpm/Index.db']) assert.equal(analyzer.wants(other as ImagePath), false);
});

test('its packages; of a database that is damaged those that can be read', () => {
  const bytes = Uint8Array.from(buildNdb([buildPackageHeader('a'), buildPackageHeader('b')]));
  const names = (): unknown => analyzer.analyze({ path, bytes }).value.packages?.map(({ name }) => name);
  assert.deepEqual(names(), ['a', 'b']);
  bytes[4096] = 0;
  assert.deepEqual(names(), ['b']);
  assert.equal(analyzer.analyze({ path, bytes }).problems.length, 1);
});
