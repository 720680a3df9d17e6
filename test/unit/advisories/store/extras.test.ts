import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { openAdvisoryStore } from '../../../../src/advisories/store/bolt-store.ts';
import { writeAdvisoryStore } from '../../../../src/advisories/store/build-store.ts';
import { formatEpssIndex, openEpssIndex } from '../../../../src/advisories/store/epss-index.ts';
import { EPSS_FILE, KEV_FILE, openExtras } from '../../../../src/advisories/store/extras-files.ts';
import { formatKevList, parseKevList } from '../../../../src/advisories/store/kev-list.ts';
import { toAdvisoryId } from '../../../../src/foundation/model/brand.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';

const origin = { source: 'https://example.org/list', publishedAt: '2026-01-02T00:00:00.000Z', etag: '"7"' };

test('probabilities come back as they were, whatever their order', () => {
  const id = fc
    .tuple(fc.integer({ min: 1999, max: 2100 }), fc.integer({ min: 1, max: 20_000_000 }))
    .map(([year, number]) => `CVE-${year}-${String(number).padStart(4, '0')}`);
  const share = fc.integer({ min: 0, max: 1_000_000 }).map((n) => n / 1_000_000);
  fc.assert(
    fc.property(fc.array(fc.tuple(id, share, share), { maxLength: 60 }), (rows) => {
      const scores = new Map(rows.map(([name, probability, percentile]) => [name, { probability, percentile }] as const));
      const index = openEpssIndex(formatEpssIndex(scores, origin));
      assert.deepEqual(index?.origin, origin);
      for (const [name, score] of scores) assert.deepEqual(index.get(name), score);
      assert.equal(index.get('CVE-1998-1'), undefined);
      assert.equal(index.get('GHSA-xxxx'), undefined);
    }),
    { numRuns: 60 },
  );
});

test('ids that no CVE has are left out, and never taken for another', () => {
  const score = { probability: 0.5, percentile: 0.5 };
  const index = openEpssIndex(
    formatEpssIndex(
      [
        ['CVE-1989-1', score],
        ['CVE-2118-1', score],
        ['CVE-2024-33554432', score],
        ['GHSA-1', score],
      ],
      origin,
    ),
  );
  assert.equal(index?.count, 0);
  const neighbours = formatEpssIndex(
    [
      ['CVE-2024-16777217', { probability: 0.1, percentile: 0.1 }],
      ['CVE-2025-1', { probability: 0.2, percentile: 0.2 }],
    ],
    origin,
  );
  assert.deepEqual(openEpssIndex(neighbours)?.get('CVE-2024-16777217'), { probability: 0.1, percentile: 0.1 });
  const edge = openEpssIndex(formatEpssIndex([['CVE-2117-33554431', score]], origin));
  assert.deepEqual(edge?.get('CVE-2117-33554431'), score);
});

test('a damaged index is none', () => {
  const bytes = formatEpssIndex([['CVE-2024-1', { probability: 0.1, percentile: 0.2 }]], origin);
  for (let length = 0; length < bytes.length; length += 1) {
    const cut = openEpssIndex(bytes.subarray(0, length));
    assert.ok(cut === undefined || cut.count === 0, `cut at ${length}`);
  }
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 8 }), (edits) => {
      const damaged = bytes.slice();
      for (const [offset, value] of edits) damaged[offset] = value;
      openEpssIndex(damaged)?.get('CVE-2024-1');
    }),
  );
});

test('a list of exploited vulnerabilities comes back; anything else is none', () => {
  const list = {
    origin,
    addedAt: new Map([
      [toAdvisoryId('CVE-2024-2'), '2024-02-02'],
      [toAdvisoryId('CVE-2024-1'), '2024-01-01'],
    ]),
  };
  assert.deepEqual(parseKevList(formatKevList(list)), list);
  assert.equal(formatKevList(list), formatKevList({ ...list, addedAt: new Map([...list.addedAt].reverse()) }));
  for (const text of ['', '{', 'null', '[]', '{"format":2}', '{"format":1,"exploited":{}}']) assert.equal(parseKevList(text), undefined, text);
});

test('lists add to what the database says, and say what it does not', (t) => {
  const directory = temporaryDirectory(t);
  const [both, older, unknown] = ['CVE-2024-1', 'CVE-2024-2', 'CVE-2024-3'].map(toAdvisoryId);
  assert.ok(both !== undefined && older !== undefined && unknown !== undefined);
  const affected = [both, older].map((id) => ({ kind: 'affected', bucket: 'debian 12', packageName: 'zlib', id, advisory: {} }) as const);
  const detail = { severity: 'high', kevAddedAt: '2020-01-01', epss: { probability: 0.1, percentile: 0.1 } } as const;
  const records = [...affected, ...[both, older].map((id) => ({ kind: 'vulnerability', id, detail }) as const)];
  const file = path.join(directory, 'a.db');
  writeFileSync(file, writeAdvisoryStore(records, { source: 'test', builtAt: '', full: true }));
  const read = (): unknown[] => {
    const store = openAdvisoryStore(file, openExtras(directory));
    const found = [both, older, unknown].map((id) => store.detail(id));
    store.close();
    return found;
  };
  assert.deepEqual(read(), [detail, detail, undefined], 'without lists');

  writeFileSync(
    path.join(directory, KEV_FILE),
    formatKevList({
      origin,
      addedAt: new Map([
        [both, '2021-01-01'],
        [unknown, '2022-02-02'],
      ]),
    }),
  );
  writeFileSync(path.join(directory, EPSS_FILE), formatEpssIndex([[both, { probability: 0.9, percentile: 0.99 }]], origin));
  assert.deepEqual(read(), [
    { ...detail, kevAddedAt: '2021-01-01', epss: { probability: 0.9, percentile: 0.99 } },
    detail,
    { kevAddedAt: '2022-02-02' },
  ]);
  writeFileSync(path.join(directory, EPSS_FILE), 'damaged');
  assert.deepEqual(read()[1], detail, 'a damaged list is as if there were none');
});
