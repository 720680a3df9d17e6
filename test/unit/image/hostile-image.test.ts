import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import test, { type TestContext } from 'node:test';
import { gzipSync } from 'node:zlib';
import { MAX_LAYERS, MAX_PATH_LENGTH } from '../../../src/foundation/base/limits.ts';
import { analyzers } from '../../../src/image/inventory/analyzers.generated.ts';
import { programAnalyzers } from '../../../src/image/inventory/program-analyzers.generated.ts';
import type { ImageContents } from '../../../src/image/read-image.ts';
import { readImage } from '../../../src/image/read-image.ts';
import { openImagePath } from '../../../src/image/sources/open.ts';
import { openRootDirectory } from '../../../src/image/sources/root-directory.ts';
import type { LayerSpec } from '../../support/image-builder.ts';
import { buildImage, toDockerArchive, toOciLayout } from '../../support/image-builder.ts';
import type { TarFile } from '../../support/tar-builder.ts';
import { buildTar } from '../../support/tar-builder.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

/** Images that nobody makes by accident, read whole: each gives what can be read of it and says what cannot. */

async function read(t: TestContext, layers: readonly LayerSpec[], form = toDockerArchive): Promise<ImageContents> {
  const file = path.join(temporaryDirectory(t), 'image.tar');
  writeFileSync(file, buildTar(form(buildImage({ layers }))));
  return readImage(await openImagePath(file), { analyzers, programs: programAnalyzers, detectors: [] });
}

const npm = (name: string, folder = 'app'): TarFile => ({
  path: `${folder}/node_modules/${name}/package.json`,
  content: JSON.stringify({ name, version: '1.0.0' }),
});
const namesOf = ({ packages }: ImageContents): readonly string[] => packages.map(({ name }) => name);
const codesOf = ({ problems }: ImageContents): readonly string[] => [...new Set(problems.map(({ code }) => code))];

test('folders 65,536 deep: what is deeper than paths may be is told, and the rest is read', async (t) => {
  const deep = `${'d/'.repeat(65_536)}x`;
  const folders = Array.from({ length: 300 }, (_, index): TarFile => ({ path: 'e/'.repeat(10 * index + 1), type: 'directory' }));
  const contents = await read(t, [
    { files: [npm('before'), { path: deep, content: 'x' }, ...folders, npm('deepest', `${'e/'.repeat(2990)}e`), npm('after')] },
  ]);
  assert.ok(deep.length > MAX_PATH_LENGTH);
  assert.deepEqual(namesOf(contents), ['after', 'before', 'deepest']);
  assert.equal(contents.problems.length, 1);
  assert.ok(
    contents.problems.every(({ message }) => message.length < 2000),
    'no problem repeats the path',
  );
});

test('folders as deep as Linux makes them, in a root file system', async (t) => {
  const root = temporaryDirectory(t);
  const deepest = 'd/'.repeat(1000);
  execFileSync('mkdir', ['-p', path.join(root, 'etc'), path.join(root, 'usr'), path.join(root, deepest)]);
  writeFileSync(path.join(root, deepest, 'package.json'), '{}');
  const contents = await readImage(openRootDirectory(root), { analyzers, detectors: [] });
  assert.deepEqual(contents.problems, []);
});

test('names with NUL, line ends, `..`, absolute ones and those of Windows stay inside, and break no line', async (t) => {
  const odd = [
    '/abs',
    '../../up',
    'a/../../b',
    'line\nend',
    'tab\tand\u001b[31m',
    'C:\\Windows\\x',
    '\\\\server\\share',
    'con/../aux',
    '\u202egnp',
    '.',
    '-rf *',
    '$(id)',
  ];
  const files = odd.map((name, index) => npm(`p${index}`, name));
  files.push({ path: 'x', pax: { path: 'nul\0byte/node_modules/q/package.json' }, content: '{"name":"q","version":"1.0.0"}' });
  const contents = await read(t, [{ files }]);
  assert.deepEqual(namesOf(contents).filter((name) => name.startsWith('p')).length, odd.length);
  for (const { files: paths } of contents.packages)
    for (const found of paths) assert.ok(!found.startsWith('/') && !found.split('/').includes('..') && !found.includes('\0'), JSON.stringify(found));
  for (const { message } of contents.problems) assert.doesNotMatch(message, /[\0-\x1f\x7f]/);
});

test('entries that are there twice: the last counts, whatever kind the first was', async (t) => {
  const twice = npm('a');
  const contents = await read(t, [
    {
      files: [
        { path: twice.path, type: 'directory' },
        { path: twice.path, type: 'symlink', linkTarget: 'elsewhere' },
        { path: twice.path, content: '{"name":"a","version":"0.9.0"}' },
        twice,
        { path: 'app/node_modules/a', type: 'directory' },
        npm('gone'),
        { path: npm('gone').path, type: 'directory' },
      ],
    },
  ]);
  assert.deepEqual(
    contents.packages.map(({ name, version }) => `${name} ${version}`),
    ['a 1.0.0'],
  );
});

test('127 layers, each with a package that the next removes', async (t) => {
  const layers = Array.from({ length: 127 }, (_, index): LayerSpec => ({
    files: [npm(`p${index}`), ...(index === 0 ? [] : [{ path: `app/node_modules/.wh.p${index - 1}` }])],
    compression: index % 2 === 0 ? 'gzip' : 'none',
  }));
  for (const form of [toDockerArchive, toOciLayout]) {
    const contents = await read(t, layers, form);
    assert.deepEqual([namesOf(contents), contents.layers.length, contents.problems], [['p126'], 127, []]);
  }
});

test('more layers than any file system stacks are refused, not read', async (t) => {
  const layers = Array.from({ length: MAX_LAYERS + 1 }, (): LayerSpec => ({ files: new Uint8Array(0) }));
  await assert.rejects(read(t, layers), /names 1025 layers; at most 1024 are read/);
});

test('layers of no bytes, of nothing but the end of a tar, and of compressed nothing', async (t) => {
  const nothing = new Uint8Array(0);
  const contents = await read(t, [
    { files: nothing },
    { files: [] },
    { files: nothing, compression: 'gzip' },
    { files: [npm('a')] },
    { files: nothing, compression: 'zstd' },
  ]);
  assert.deepEqual([namesOf(contents), contents.layers.length], [['a'], 5]);
  assert.deepEqual(contents.problems, []);
});

test('a layer of gzip in gzip in gzip is what it is: no tar', async (t) => {
  const contents = await read(t, [{ files: gzipSync(gzipSync(buildTar([npm('a')]))), compression: 'gzip' }, { files: [npm('b')] }]);
  assert.deepEqual([namesOf(contents), codesOf(contents)], [['b'], ['unreadable-layer']]);
});

test('a layer whose diffId is another’s is told, and both are read', async (t) => {
  const other = `sha256:${'0'.repeat(64)}`;
  const contents = await read(t, [{ files: [npm('a')], diffId: other }, { files: [npm('b')] }]);
  assert.deepEqual([namesOf(contents), codesOf(contents), contents.problems[0]?.layer], [['a', 'b'], ['digest-mismatch'], 0]);
});

test('a sparse claim, a size that lies, and entries that are no files cost nothing', async (t) => {
  const contents = await read(t, [
    { files: [npm('a'), { path: 'dev/sda', type: 'block-device' }, { path: 'pipe', type: 'fifo' }, { ...npm('b'), claimedSize: 2 ** 33 - 1 }] },
    { files: [npm('c')] },
  ]);
  assert.deepEqual(namesOf(contents), ['a', 'c']);
  assert.deepEqual(codesOf(contents), ['limit-exceeded', 'unreadable-layer']);
});
