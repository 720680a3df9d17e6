import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { ImagePath } from '../../../../../../src/foundation/model/brand.ts';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/language/go-version.ts';

const read = (text: string | Uint8Array): readonly string[] =>
  (analyzer.analyze({ path: 'usr/local/go/VERSION' as ImagePath, bytes: Buffer.from(text) }).value.packages ?? []).map(
    ({ name, version }) => `${name} ${version}`,
  );

test('the version of an installation of Go', () => {
  assert.deepEqual(read('go1.17.5'), ['go 1.17.5']);
  assert.deepEqual(read('go1.22.1\ntime 2024-02-29T18:18:48Z\n'), ['go 1.22.1']);
  assert.deepEqual(read('go1.21rc2\n'), ['go 1.21.0-rc.2']);
});

test('another file of this name says nothing', () => {
  assert.equal(analyzer.wants('usr/local/go/VERSION' as ImagePath), true);
  assert.equal(analyzer.wants('usr/local/go/VERSION.cache' as ImagePath), false);
  for (const text of ['', '1.2.3\n', 'gopher 1\n']) assert.deepEqual(read(text), [], text);
});

test('random bytes do not throw', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void read(bytes)));
});
