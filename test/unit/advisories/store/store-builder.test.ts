import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { openAdvisoryStore } from '../../../../src/advisories/store/bolt-store.ts';
import { createStoreBuilder, writeAdvisoryStore } from '../../../../src/advisories/store/build-store.ts';
import { RecordSorter, toByteText, toBytes } from '../../../../src/advisories/store/record-sorter.ts';
import type { AdvisoryRecord } from '../../../../src/advisories/store/record.ts';
import { toAdvisoryId } from '../../../../src/foundation/model/brand.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';

const used = { source: 'a test', builtAt: '2026-01-02T00:00:00.000Z', full: true };

function manyRecords(count: number): AdvisoryRecord[] {
  return Array.from({ length: count }, (_, i): AdvisoryRecord => {
    const id = toAdvisoryId(`CVE-2024-${(i * 7919) % 1000}`);
    if (i % 5 === 0) return { kind: 'vulnerability', id, detail: { vendorSeverities: { [`vendor-${i % 3}`]: 'high' } } };
    const advisory = { fixedVersion: `${i % 17}.0`, vendorIds: [`DSA-${i % 11}`] };
    return { kind: 'affected', bucket: `debian ${i % 3}`, packageName: `päckage-${i % 40}`, id, advisory };
  });
}

test('what goes through the disk gives the same bytes as what stays in memory', async (t) => {
  const directory = temporaryDirectory(t);
  const records = manyRecords(3000);
  const file = path.join(directory, 'built.db');
  const builder = await createStoreBuilder({ file, maxMemoryBytes: 50_000 });
  for (const record of records) assert.equal(builder.add(record), true);
  const built = await builder.finish(used);
  assert.ok(readFileSync(file).equals(writeAdvisoryStore(records, used)));
  assert.equal(built.buckets, 3);
  assert.equal(built.sizeBytes, readFileSync(file).length);
  assert.deepEqual(readdirSync(directory), ['built.db'], 'nothing else is left');
  const store = openAdvisoryStore(file);
  t.after(() => {
    store.close();
  });
  assert.ok(store.advisories('debian 1', 'päckage-1').length > 0);
});

test('a build that is given up, fails or is called off leaves the one before', async (t) => {
  const directory = temporaryDirectory(t);
  const file = path.join(directory, 'built.db');
  const [record] = manyRecords(2).slice(1);
  assert.ok(record);
  const build = async (): Promise<Awaited<ReturnType<typeof createStoreBuilder>>> => {
    const builder = await createStoreBuilder({ file, maxMemoryBytes: 10 });
    builder.add(record);
    return builder;
  };
  await (await build()).finish(used);
  const before = readFileSync(file);
  await (await build()).discard();
  await assert.rejects((await build()).finish(used, AbortSignal.abort()), { name: 'AbortError' });
  assert.ok(readFileSync(file).equals(before));
  assert.deepEqual(readdirSync(directory), ['built.db']);
});

test('names that no database can hold are left out', async (t) => {
  const builder = await createStoreBuilder({ file: path.join(temporaryDirectory(t), 'built.db') });
  const id = toAdvisoryId('CVE-1');
  const affected = (bucket: string, packageName: string): boolean =>
    builder.add({ kind: 'affected', bucket, packageName, id, advisory: { fixedVersion: '1' } });
  assert.equal(affected('debian 12', ''), false);
  assert.equal(affected('', 'zlib'), false);
  assert.equal(affected('debian 12', 'z\0lib'), false);
  assert.equal(affected('debian 12', 'z'.repeat(40_000)), false);
  assert.equal(affected('vulnerability', 'zlib'), false, 'a name of the schema');
  assert.equal(affected('debian 12', '__proto__'), true);
  assert.equal(builder.add({ kind: 'vulnerability', id: toAdvisoryId(''), detail: {} }), false);
  assert.equal((await builder.finish(used)).advisories, 1);
});

test('sorts as bytes are sorted, keeps what was said first in front', () => {
  const key = fc.string({ maxLength: 8, unit: 'grapheme' });
  fc.assert(
    fc.property(fc.array(key, { maxLength: 60 }), fc.integer({ min: 1, max: 4000 }), (keys, maxBytes) => {
      let bytes = Buffer.alloc(0);
      const spill = {
        get sizeBytes() {
          return bytes.length;
        },
        write(position: number, more: Uint8Array) {
          assert.equal(position, bytes.length);
          bytes = Buffer.concat([bytes, more]);
        },
        read: (position: number, length: number) => bytes.subarray(position, position + length),
      };
      const sorter = new RecordSorter(() => spill, maxBytes);
      for (const [index, text] of keys.entries()) sorter.add(toByteText(text), `value ${index} ü`);
      const groups = [...sorter.groups()].map((group) => ({ key: Buffer.from(toBytes(group.key)).toString(), values: group.values }));
      const expected = [...new Set(keys)]
        .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
        .map((text) => ({ key: text, values: keys.flatMap((other, index) => (other === text ? [`value ${index} ü`] : [])) }));
      assert.deepEqual(groups, expected);
    }),
    { numRuns: 100 },
  );
});
