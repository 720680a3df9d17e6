import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { openAdvisoryStore } from '../../../../src/advisories/store/bolt-store.ts';
import { writeAdvisoryStore } from '../../../../src/advisories/store/build-store.ts';
import { compactStore } from '../../../../src/advisories/store/compact-store.ts';
import type { AdvisoryRecord } from '../../../../src/advisories/store/record.ts';
import type { AdvisoryStore } from '../../../../src/advisories/store/store.ts';
import { AdvisoryStoreError } from '../../../../src/advisories/store/store.ts';
import { omit } from '../../../../src/foundation/base/omit.ts';
import { createBoltWriter, writeBolt, type BoltTree } from '../../../../src/foundation/formats/bolt-writer.ts';
import { toAdvisoryId } from '../../../../src/foundation/model/brand.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';

const used = { source: 'a test', builtAt: '2026-01-02T00:00:00.000Z', full: true };
const buckets = ['debian 12', 'Red Hat', 'npm::GitHub Security Advisory npm'];
const packageNames = Array.from({ length: 400 }, (_, i) => `package-${i}`);
const ids = Array.from({ length: 3000 }, (_, i) => toAdvisoryId(`CVE-2024-${i}`));

function sampleRecords(): AdvisoryRecord[] {
  const affected = ids.flatMap((id, i): AdvisoryRecord[] => {
    const packageName = packageNames[i % packageNames.length] ?? '';
    return [
      { kind: 'affected', bucket: 'debian 12', packageName, id, advisory: { fixedVersion: `1.${i}`, vendorIds: [`DSA-${i % 50}`] } },
      { kind: 'affected', bucket: 'npm::GitHub Security Advisory npm', packageName, id, advisory: { vulnerableVersions: [`<1.${i}`] } },
      {
        kind: 'affected',
        bucket: 'Red Hat',
        packageName,
        id: toAdvisoryId(`RHSA-${i}`),
        advisory: { fixedVersion: '1', cves: [{ id }], cpes: ['cpe:/o:redhat'] },
      },
    ];
  });
  const details = ids.map((id, i): AdvisoryRecord => ({
    kind: 'vulnerability',
    id,
    detail: {
      severity: 'high',
      vendorSeverities: { nvd: 'high', debian: 'low' },
      ratings: [{ source: 'nvd', score: 9.8, cvssVector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }],
      title: `What is wrong in ${i}`,
      description: `A long story of ${i}, ${'which goes on and on, '.repeat(20)}and ends.`,
      references: Array.from({ length: 8 }, (_, n) => `https://example.org/${i}/${n}`),
      publishedAt: '2024-01-02T03:04:05Z',
    },
  }));
  const products: AdvisoryRecord = { kind: 'redhat-products', of: 'repository', name: 'rhel-9', cpes: ['cpe:/o:redhat'] };
  return [...affected, ...details, products];
}

function withoutProse(detail: ReturnType<AdvisoryStore['detail']>): unknown {
  return detail === undefined ? undefined : omit(detail, 'title', 'description', 'references');
}

test('gives the same answers in a fraction of the space, and no prose', async (t) => {
  const directory = temporaryDirectory(t);
  const [file, output] = [path.join(directory, 'a.db'), path.join(directory, 'compact.db')];
  writeFileSync(file, writeAdvisoryStore(sampleRecords(), used));
  const { sizeBytes, originalBytes } = await compactStore({ file, output });
  assert.deepEqual([originalBytes, sizeBytes], [statSync(file).size, statSync(output).size]);
  assert.ok(sizeBytes < 0.15 * originalBytes, `${sizeBytes} of ${originalBytes}`);
  assert.deepEqual(readdirSync(directory).sort(), ['a.db', 'compact.db']);

  const [whole, compact] = [openAdvisoryStore(file), openAdvisoryStore(output)];
  t.after(() => {
    whole.close();
    compact.close();
  });
  assert.deepEqual([compact.used, compact.isCompact, whole.isCompact], [used, true, false]);
  assert.deepEqual(compact.buckets(''), whole.buckets(''));
  for (const bucket of buckets) {
    assert.deepEqual(compact.dataSource(bucket), whole.dataSource(bucket));
    for (const name of [...packageNames, 'package', 'package-', 'zzz', 'a']) {
      assert.deepEqual(compact.advisories(bucket, name), whole.advisories(bucket, name), `${bucket} ${name}`);
    }
  }
  for (const id of [...ids, toAdvisoryId('CVE-1'), toAdvisoryId('ZZZ')]) assert.deepEqual(compact.detail(id), withoutProse(whole.detail(id)), id);
  assert.deepEqual(compact.redhatProducts('repository', 'rhel-9'), whole.redhatProducts('repository', 'rhel-9'));
  assert.equal(compact.redhatProducts('repository', 'rhel-9').length, 1);
  assert.equal(compact.redhatProductName(0), 'cpe:/o:redhat');
});

test('takes the lists beside it along, and what trivy-db wrote', async (t) => {
  const directory = temporaryDirectory(t);
  const [file, output] = [path.join(directory, 'trivy.db'), path.join(directory, 'compact.db')];
  const json = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
  const advisory = { FixedVersion: '1', VendorIDs: ['DSA-1'] };
  const tree = new Map<string, BoltTree>([
    ['debian 12', new Map([['zlib', new Map([['CVE-2024-1', json(advisory)]])]])],
    [
      'vulnerability',
      new Map([
        ['CVE-2024-1', json({ Title: 't', Severity: 'HIGH' })],
        ['CVE-2024-2', json({ Severity: 'LOW' })],
      ]),
    ],
  ]);
  writeFileSync(file, writeBolt(tree));
  writeFileSync(path.join(directory, 'metadata.json'), '{"Version":2,"UpdatedAt":"2024-05-06T07:08:09Z"}');
  await compactStore({ file, output, extras: { kevAddedAt: () => '2024-01-01', epss: () => ({ probability: 0.5, percentile: 0.6 }) } });
  const store = openAdvisoryStore(output);
  t.after(() => {
    store.close();
  });
  assert.deepEqual(store.used, { source: file, builtAt: '2024-05-06T07:08:09Z', full: true });
  assert.deepEqual(store.advisories('debian 12', 'zlib'), [
    { id: 'CVE-2024-1', advisory: { fixedVersion: '1', vendorIds: ['DSA-1'], status: 'fixed' } },
  ]);
  assert.deepEqual(store.detail(toAdvisoryId('CVE-2024-1')), {
    severity: 'high',
    kevAddedAt: '2024-01-01',
    epss: { probability: 0.5, percentile: 0.6 },
  });
  assert.equal(store.detail(toAdvisoryId('CVE-2024-2')), undefined, 'what affects nobody is left out');
});

test('the same database gives the same bytes', async (t) => {
  const directory = temporaryDirectory(t);
  const file = path.join(directory, 'a.db');
  writeFileSync(file, writeAdvisoryStore(sampleRecords().slice(0, 300), used));
  await compactStore({ file, output: path.join(directory, '1.db') });
  await compactStore({ file, output: path.join(directory, '2.db') });
  assert.ok(readFileSync(path.join(directory, '1.db')).equals(readFileSync(path.join(directory, '2.db'))));
});

test('what cannot be compacted leaves what was there', async (t) => {
  const directory = temporaryDirectory(t);
  const [file, output] = [path.join(directory, 'a.db'), path.join(directory, 'compact.db')];
  writeFileSync(file, writeAdvisoryStore(sampleRecords(), used));
  await compactStore({ file, output });
  const before = readFileSync(output);
  await assert.rejects(compactStore({ file: output, output }), /compact already/);
  await assert.rejects(compactStore({ file, output, signal: AbortSignal.abort() }), { name: 'AbortError' });
  truncateSync(file, 100_000);
  await assert.rejects(compactStore({ file, output }), { name: 'AdvisoryStoreError', code: 'truncated' });
  assert.ok(readFileSync(output).equals(before));
});

test('a damaged block is an error, not an empty answer', (t) => {
  const file = path.join(temporaryDirectory(t), 'a.db');
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  const leaf = (key: string, value: Uint8Array) => ({ key: encode(key), value, isBucket: false });
  const pieces: [number, Uint8Array][] = [];
  const writer = createBoltWriter({ write: (position, bytes) => pieces.push([position, bytes]) });
  const root = [
    { key: encode('plimsoll'), value: writer.writeBucket([leaf('metadata', encode('{"Version":2,"Compact":true}'))]), isBucket: true },
    { key: encode('vulnerability'), value: writer.writeBucket([leaf('CVE-1', encode('no zstd'))]), isBucket: true },
  ];
  const bytes = new Uint8Array(writer.finish(root));
  for (const [position, piece] of pieces) bytes.set(piece, position);
  writeFileSync(file, bytes);
  const store = openAdvisoryStore(file);
  t.after(() => {
    store.close();
  });
  assert.throws(
    () => store.detail(toAdvisoryId('CVE-1')),
    (error) => error instanceof AdvisoryStoreError && error.code === 'malformed',
  );
});
