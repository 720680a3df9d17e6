import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { ImagePath } from '../../../../../../src/foundation/model/brand.ts';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/os/rpm-berkeley-db.ts';
import { buildBerkeleyDb, buildPackageHeader } from '../../../../../support/rpm-builder.ts';

const path = 'var/lib/rpm/Packages' as ImagePath;

test('wants Packages alone', () => {
  for (const wanted of [path, 'usr/lib/sysimage/rpm/Packages']) assert.equal(analyzer.wants(wanted as ImagePath), true);
  for (const other of ['var/lib/rpm/Packages.db', 'var/lib/rpm/Name']) assert.equal(analyzer.wants(other as ImagePath), false);
});

test('packages of a table of either byte order; the number that rpm keeps beside them is none', () => {
  const headers = [buildPackageHeader('a'), buildPackageHeader('b', '2', '1', { 1118: [`/${'x'.repeat(2000)}/`], 1117: ['f'], 1116: [0] })];
  for (const littleEndian of [true, false]) {
    const { value, problems } = analyzer.analyze({ path, bytes: buildBerkeleyDb(headers, { littleEndian, pageBytes: 4096 }) });
    assert.deepEqual([value.packages?.map(({ name }) => name), [...(value.ownedPaths ?? [])].length, problems], [['a', 'b'], 1, []]);
  }
});

test('any bytes are read without throwing', () => {
  const good = buildBerkeleyDb([buildPackageHeader('a')]);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(good.length - 1), (bytes, at) => {
      const bad = Uint8Array.from(good);
      bad.set(bytes.subarray(0, bad.length - at), at);
      for (const candidate of [bytes, bad]) {
        const { value } = analyzer.analyze({ path, bytes: candidate });
        assert.ok([...(value.ownedPaths ?? [])].length <= candidate.length);
      }
    }),
  );
});
