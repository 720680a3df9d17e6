import assert from 'node:assert/strict';
import { renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { Worker } from 'node:worker_threads';
import { openAdvisoryStore } from '../../../../src/advisories/store/bolt-store.ts';
import { writeAdvisoryStore } from '../../../../src/advisories/store/build-store.ts';
import type { AdvisoryRecord } from '../../../../src/advisories/store/record.ts';
import { toAdvisoryId } from '../../../../src/foundation/model/brand.ts';
import { MAX_BOLT_CACHE_BYTES } from '../../../../src/foundation/base/limits.ts';
import { openBolt } from '../../../../src/foundation/formats/bolt-reader.ts';
import { writeBolt } from '../../../../src/foundation/formats/bolt-writer.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';

const PACKAGES = 3000;

function write(t: TestContext, fixedVersion: string): string {
  const records = Array.from({ length: PACKAGES }, (_, i): AdvisoryRecord => ({
    kind: 'affected',
    bucket: 'debian 12',
    packageName: `package-${i}`,
    id: toAdvisoryId(`CVE-2024-${i}`),
    advisory: { fixedVersion },
  }));
  const file = path.join(temporaryDirectory(t), 'a.db');
  writeFileSync(file, writeAdvisoryStore(records, { source: fixedVersion, builtAt: '', full: true }));
  return file;
}

/** What a thread of its own reads of every package. */
async function readInThread(file: string): Promise<readonly string[]> {
  const code = `
    import { parentPort, workerData } from 'node:worker_threads';
    const { openAdvisoryStore } = await import(workerData.module);
    const store = openAdvisoryStore(workerData.file);
    const versions = new Set();
    for (let i = 0; i < ${PACKAGES}; i += 1) for (const { advisory } of store.advisories('debian 12', 'package-' + i)) versions.add(advisory.fixedVersion);
    store.close();
    parentPort.postMessage([...versions]);`;
  const module = new URL('../../../../src/advisories/store/bolt-store.ts', import.meta.url).href;
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`), { workerData: { file, module } });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

test('several threads read at once; who has it open when another takes its place reads on in the old one', async (t) => {
  const [file, newer] = [write(t, '1'), write(t, '2')];
  const store = openAdvisoryStore(file);
  t.after(() => {
    store.close();
  });
  const threads = [readInThread(file), readInThread(file)];
  const own = new Set(Array.from({ length: PACKAGES }, (_, i) => store.advisories('debian 12', `package-${i}`)[0]?.advisory.fixedVersion));
  assert.deepEqual([[...own], ...(await Promise.all(threads))], [['1'], ['1'], ['1']]);
  renameSync(newer, file);
  assert.equal(store.advisories('debian 12', 'package-7')[0]?.advisory.fixedVersion, '1');
  assert.deepEqual(await readInThread(file), ['2']);
});

test('keeps no more pages than it may, whatever is read', () => {
  const value = new Uint8Array(3000);
  const entries = Array.from({ length: 4000 }, (_, i) => [`key-${String(i).padStart(6, '0')}`, value] as const);
  const bytes = writeBolt(new Map([['b', new Map(entries)]]));
  let reads = 0;
  const opened = openBolt({
    sizeBytes: bytes.length,
    readPage(position, length) {
      reads += length;
      return bytes.subarray(position, position + length);
    },
  });
  assert.ok('reader' in opened);
  const bucket = opened.reader.root.bucket(new TextEncoder().encode('b'));
  const walk = (): number => [...(bucket?.entries() ?? [])].length;
  assert.equal(walk(), 4000);
  const once = reads;
  assert.ok(once > 2 * MAX_BOLT_CACHE_BYTES, 'the file is larger than what is kept');
  walk();
  assert.ok(reads > 1.5 * once, 'what was let go is read again');
});
