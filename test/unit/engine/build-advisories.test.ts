import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { openAdvisoryStore } from '../../../src/advisories/store/bolt-store.ts';
import { buildAdvisories, NothingToBuildError } from '../../../src/engine/build-advisories.ts';
import { distributionSamples } from '../advisories/feeds/distribution-samples.ts';
import { buildTar } from '../../support/tar-builder.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { buildZip } from '../../support/zip-builder.ts';

const now = new Date('2026-01-02T03:04:05Z');
const secdb = (release: string, fix: string): string =>
  JSON.stringify({ distroversion: release, packages: [{ pkg: { name: 'busybox', secfixes: { [fix]: ['CVE-2024-0001'] } } }] });

async function folderWith(t: TestContext, files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const root = temporaryDirectory(t);
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(root, name)), { recursive: true });
    await writeFile(path.join(root, name), content);
  }
  return root;
}

test('reads folders and archives of every kind, also in one another, and writes one database', async (t) => {
  const root = await folderWith(t, {
    'plain/v3.17/main.json': secdb('v3.17', '1-r0'),
    'v3.18/main.json.gz': gzipSync(secdb('v3.18', '1-r0')),
    'v3.19/community.json.zst': zstdCompressSync(secdb('v3.19', '1-r0')),
    'a.tar.gz': gzipSync(
      buildTar([
        { path: 'v3.20/main.json', content: secdb('v3.20', '1-r0') },
        { path: 'notes.txt', content: 'x' },
      ]),
    ),
    'b.zip': buildZip([{ name: 'v3.21/main.json', content: secdb('v3.21', '1-r0') }]),
    'c.tar': buildTar([{ path: 'inner.tgz', content: gzipSync(buildTar([{ path: 'edge/main.json', content: secdb('edge', '2-r0') }])) }]),
  });
  const output = path.join(temporaryDirectory(t), 'made/own.db');
  const built = await buildAdvisories({ from: [root], file: output, now });
  assert.deepEqual(
    { ...built, sizeBytes: 0, file: '', inputBytes: 0 },
    {
      file: '',
      sizeBytes: 0,
      inputBytes: 0,
      builtAt: '2026-01-02T03:04:05.000Z',
      advisories: 6,
      vulnerabilities: 0,
      buckets: 6,
      passedOver: 1,
      feeds: [
        {
          id: 'alpine-secdb',
          source: 'Alpine Secdb',
          licence: 'published without a licence; facts only',
          files: 6,
          buckets: { 'alpine 3.17': 1, 'alpine 3.18': 1, 'alpine 3.19': 1, 'alpine 3.20': 1, 'alpine 3.21': 1, 'alpine edge': 1 },
          other: 0,
        },
      ],
      problems: [],
      problemCount: 0,
    },
  );
  const store = openAdvisoryStore(output);
  try {
    assert.equal(store.used.source, 'own build of 1 feed');
    assert.deepEqual(store.advisories('alpine edge', 'busybox'), [{ id: 'CVE-2024-0001', advisory: { fixedVersion: '2-r0', status: 'fixed' } }]);
  } finally {
    store.close();
  }
  assert.deepEqual(await readdir(path.dirname(output)), ['own.db']);
});

test('every distribution’s feed gives the database something', async (t) => {
  const root = await folderWith(t, Object.fromEntries(Object.values(distributionSamples).map(([name, text]) => [name, text])));
  const built = await buildAdvisories({ from: [root], file: path.join(temporaryDirectory(t), 'own.db'), now });
  assert.deepEqual(built.problems, []);
  assert.deepEqual(
    built.feeds.filter(({ buckets, other }) => Object.keys(buckets).length > 0 || other > 0).map(({ id }) => id),
    Object.keys(distributionSamples).sort(),
  );
});

test('the same files give the same bytes', async (t) => {
  const root = await folderWith(t, { 'v3.20/main.json': secdb('v3.20', '1-r0'), 'v3.21/main.json': secdb('v3.21', '1-r0') });
  const directory = temporaryDirectory(t);
  const files = ['a.db', 'b.db'].map((name) => path.join(directory, name));
  for (const file of files) await buildAdvisories({ from: [root], file, now });
  const [a, b] = await Promise.all(files.map((file) => readFile(file)));
  assert.ok(a !== undefined && b?.equals(a));
});

test('a compact database says the same', async (t) => {
  const root = await folderWith(t, { 'v3.20/main.json': secdb('v3.20', '1-r0') });
  const file = path.join(temporaryDirectory(t), 'own.db');
  const built = await buildAdvisories({ from: [root], file, isCompact: true, now });
  assert.equal(built.file, file);
  const store = openAdvisoryStore(file);
  try {
    assert.deepEqual(store.advisories('alpine 3.20', 'busybox'), [{ id: 'CVE-2024-0001', advisory: { fixedVersion: '1-r0', status: 'fixed' } }]);
  } finally {
    store.close();
  }
  assert.deepEqual(await readdir(path.dirname(file)), ['own.db']);
});

test('a feed can be handed a file whatever it is called', async (t) => {
  const root = await folderWith(t, { 'whatever.txt': secdb('v3.20', '1-r0') });
  const file = path.join(temporaryDirectory(t), 'own.db');
  const built = await buildAdvisories({ from: [], forced: [{ feedId: 'alpine-secdb', place: path.join(root, 'whatever.txt') }], file, now });
  assert.deepEqual(built.feeds[0]?.buckets, { 'alpine 3.20': 1 });
});

test('what is damaged, cut short, nested too deep or a bomb is told, and the rest is read', async (t) => {
  const nest = (depth: number): Uint8Array =>
    depth === 0 ? Buffer.from(secdb('v3.2', '1-r0')) : buildTar([{ path: depth === 1 ? 'main.json' : 'n.tar', content: nest(depth - 1) }]);
  const root = await folderWith(t, {
    'good/main.json': secdb('v3.20', '1-r0'),
    'bad/main.json': '<html>not found</html>',
    'cut/main.json.gz': gzipSync(secdb('v3.20', '2-r0')).subarray(0, 40),
    'cut.tar': buildTar([{ path: 'v3.19/main.json', content: secdb('v3.19', '1-r0') }]).subarray(0, 560),
    'cut.zip': buildZip([{ name: 'v3.18/main.json', content: secdb('v3.18', '1-r0') }]).subarray(0, 60),
    'deep.tar': nest(6),
    'bomb/main.json.zst': zstdCompressSync(Buffer.alloc(100_000_000)),
    'not-a.zip': 'hello',
  });
  const built = await buildAdvisories({ from: [root], file: path.join(temporaryDirectory(t), 'own.db'), now });
  assert.deepEqual(built.feeds[0]?.buckets, { 'alpine 3.20': 1 });
  for (const name of ['bad/main.json', 'cut/main.json', 'cut.tar', 'cut.zip', 'deep.tar', 'not-a.zip']) {
    assert.ok(
      built.problems.some((problem) => problem.startsWith(name)),
      `${name} in ${built.problems.join('\n')}`,
    );
  }
  assert.ok(built.problems.some((problem) => problem.startsWith('bomb/main.json: it unpacks to more than')));
  assert.equal(built.problemCount, built.problems.length);
});

test('names in archives reach nobody’s terminal as they are', async (t) => {
  const root = await folderWith(t, {
    'a.tar': buildTar([
      { path: '\u001B[31m/main.json', content: '{' },
      { path: 'v3.20/main.json', content: secdb('v3.20', '1-r0') },
    ]),
  });
  const { problems } = await buildAdvisories({ from: [root], file: path.join(temporaryDirectory(t), 'own.db'), now });
  assert.equal(problems.length, 1);
  assert.ok(!/[\u0000-\u001f]/.test(problems[0] ?? '\0'));
});

test('with nothing to read nothing is written, and what was there stays', async (t) => {
  const root = await folderWith(t, { 'readme.md': 'x' });
  const file = path.join(await folderWith(t, { 'own.db': 'before' }), 'own.db');
  await assert.rejects(buildAdvisories({ from: [root], file, now }), NothingToBuildError);
  assert.equal(await readFile(file, 'utf8'), 'before');
  assert.deepEqual(await readdir(path.dirname(file)), ['own.db']);
});

test('cancelling leaves nothing behind', async (t) => {
  const root = await folderWith(t, { 'v3.20/main.json': secdb('v3.20', '1-r0') });
  const directory = temporaryDirectory(t);
  const controller = new AbortController();
  await assert.rejects(
    buildAdvisories(
      { from: [root], file: path.join(directory, 'own.db'), now },
      {
        signal: controller.signal,
        onProgress: () => {
          controller.abort();
        },
      },
    ),
    /abort/i,
  );
  assert.deepEqual(await readdir(directory), []);
});
