import assert from 'node:assert/strict';
import { copyFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { bundleAdvisories } from '../../../scripts/bundle-advisories.ts';
import { openAdvisoryStore } from '../../../src/advisories/store/bolt-store.ts';
import { writeAdvisoryStore } from '../../../src/advisories/store/build-store.ts';
import { formatKevList } from '../../../src/advisories/store/kev-list.ts';
import { newestOf, openAdvisories } from '../../../src/engine/advisories.ts';
import { toAdvisoryId } from '../../../src/foundation/model/brand.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const id = toAdvisoryId('CVE-2024-0001');

function store(file: string, builtAt: string, full = true): string {
  const records = [{ kind: 'affected', bucket: 'debian 12', packageName: 'zlib', id, advisory: { fixedVersion: '1.3' } }] as const;
  writeFileSync(file, writeAdvisoryStore(records, { source: path.basename(file), builtAt, full }));
  return file;
}

test('of the downloaded database and the one of the release the newer one counts', (t) => {
  const folder = temporaryDirectory(t);
  const older = store(path.join(folder, 'older.db'), '2024-01-01T00:00:00Z');
  const newer = store(path.join(folder, 'newer.db'), '2025-01-01T00:00:00Z');
  const undated = store(path.join(folder, 'undated.db'), '');
  const damaged = path.join(folder, 'damaged.db');
  writeFileSync(damaged, 'damaged');
  assert.deepEqual([newestOf([older, newer]), newestOf([newer, older])], [newer, newer]);
  assert.deepEqual([newestOf([damaged, older]), newestOf([undated, older])], [older, older]);
  const same = path.join(folder, 'same.db');
  copyFileSync(newer, same);
  assert.equal(newestOf([same, newer]), same, 'the downloaded one, when it is the same');
  assert.deepEqual([newestOf([damaged]), newestOf([])], [damaged, undefined]);
});

test('a database that is named is used with the lists beside it', (t) => {
  const folder = temporaryDirectory(t);
  const file = store(path.join(folder, 'own.db'), '2024-01-01T00:00:00Z');
  writeFileSync(path.join(folder, 'kev.json'), formatKevList({ origin: { source: 'x', publishedAt: '' }, addedAt: new Map([[id, '2025-05-05']]) }));
  const opened = openAdvisories(file);
  t.after(() => {
    opened.close();
  });
  assert.deepEqual([opened.used.source, opened.detail(id)], ['own.db', { kevAddedAt: '2025-05-05' }]);
});

test('a release brings a full database along, compacted, with the lists beside it', async (t) => {
  const [folder, dist] = [temporaryDirectory(t), temporaryDirectory(t)];
  const file = store(path.join(folder, 'full.db'), '2024-01-01T00:00:00Z');
  writeFileSync(path.join(folder, 'kev.json'), formatKevList({ origin: { source: 'x', publishedAt: '' }, addedAt: new Map([[id, '2025-05-05']]) }));
  // The database describes no vulnerability: what is listed of one is kept all the same.
  await bundleAdvisories(file, dist);
  const bundled = openAdvisoryStore(path.join(dist, 'advisories-full.db'));
  t.after(() => {
    bundled.close();
  });
  assert.deepEqual([bundled.isCompact, bundled.used.source, bundled.advisories('debian 12', 'zlib').length], [true, 'full.db', 1]);
  assert.deepEqual(bundled.detail(id), { kevAddedAt: '2025-05-05' });
});

test('a release does not pass off a part for all, nor a database without a date', async (t) => {
  const folder = temporaryDirectory(t);
  await assert.rejects(bundleAdvisories(store(path.join(folder, 'part.db'), '2024-01-01T00:00:00Z', false), folder), /not complete/);
  await assert.rejects(bundleAdvisories(store(path.join(folder, 'undated.db'), ''), folder), /when it was built/);
});
