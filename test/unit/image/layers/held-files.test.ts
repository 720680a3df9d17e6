import assert from 'node:assert/strict';
import test from 'node:test';
import type { ImagePath } from '../../../../src/foundation/model/brand.ts';
import type { Analyzer } from '../../../../src/image/inventory/analyzer.ts';
import { analyzeLayer } from '../../../../src/image/layers/analyze-layer.ts';
import { HeldFiles } from '../../../../src/image/layers/held-files.ts';
import { buildTar, type TarFile } from '../../../support/tar-builder.ts';

/** Tells what it was given. */
const analyzer: Analyzer = {
  id: 'pairs',
  version: 1,
  scope: 'database',
  companion: '-log',
  wants: (path) => path === 'a/db' || path === 'a/db-log',
  analyze: ({ path, bytes, companion }) => ({
    value: {
      packages: [
        {
          type: 'generic',
          name: path,
          version: [bytes, companion].map((part) => (part === undefined ? 'none' : new TextDecoder().decode(part))).join('+'),
        },
      ],
    },
    problems: [],
  }),
};

async function namesIn(...files: TarFile[]): Promise<string[]> {
  const bytes = buildTar(files);
  const stored = (async function* () {
    yield await Promise.resolve(bytes);
  })();
  const { records } = await analyzeLayer(stored, { analyzers: [analyzer], detectors: [] });
  return records.flatMap(({ path, packages }) => packages.map(({ version }) => `${path} ${version}`));
}

test('a file and its companion are given together, in whatever order the layer has them', async () => {
  const database = { path: 'a/db', content: 'd' };
  const log = { path: 'a/db-log', content: 'l' };
  assert.deepEqual(await namesIn(database, log), ['a/db d+l']);
  assert.deepEqual(await namesIn(log, database), ['a/db d+l']);
  assert.deepEqual(await namesIn(database), ['a/db d+none']);
  assert.deepEqual(await namesIn(log), ['a/db-log l+none']);
  assert.deepEqual(await namesIn(database, log, { path: 'a/db', content: 'again' }), ['a/db again+l']);
});

test('what is kept is bounded, and forgotten once it was taken', () => {
  const held = new HeldFiles();
  const large = new Uint8Array(100 * 1024 * 1024);
  assert.equal(held.keep(analyzer, 'a/db' as ImagePath, 0, large), true);
  assert.equal(held.keep(analyzer, 'a/db-log' as ImagePath, 1, large), false);
  assert.equal(held.keep(analyzer, 'a/db' as ImagePath, 2, large), true);
  assert.deepEqual(
    held.takeAll().map(({ number }) => number),
    [2],
  );
  assert.deepEqual(held.takeAll(), []);
});

test('a companion that is told by its name', () => {
  const named: Analyzer = { ...analyzer, companion: { name: 'go.sum' } };
  const files = new HeldFiles();
  for (const path of ['a/go.sum', 'a/go.mod', 'b/go.mod', 'c/go.sum', 'go.mod', 'go.sum']) {
    files.keep(named, path as ImagePath, 0, new TextEncoder().encode(path));
  }
  const pairs = files.takeAll().map(({ file }) => [file.path, file.companion === undefined ? '' : new TextDecoder().decode(file.companion)]);
  assert.deepEqual(pairs, [
    ['a/go.mod', 'a/go.sum'],
    ['b/go.mod', ''],
    ['c/go.sum', ''],
    ['go.mod', 'go.sum'],
  ]);
});
