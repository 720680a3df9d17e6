import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import type { ImageContents } from '../../../../src/image/read-image.ts';
import { readImage } from '../../../../src/image/read-image.ts';
import { openImagePath } from '../../../../src/image/sources/open.ts';
import type { BuiltImage } from '../../../support/image-builder.ts';
import { buildImage, digestOf, toJson, writeFiles } from '../../../support/image-builder.ts';
import type { TarFile } from '../../../support/tar-builder.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';

const hexOf = (digest: string): string => digest.slice('sha256:'.length);

function toSkopeoFiles(image: BuiltImage): TarFile[] {
  return [
    { path: 'version', content: 'Directory Transport Version: 1.1\n' },
    { path: 'manifest.json', content: image.manifest },
    { path: hexOf(image.configDigest), content: image.config },
    ...image.layers.map(({ digest, stored }) => ({ path: hexOf(digest), content: stored })),
  ];
}

const read = async (directory: string): Promise<ImageContents> => readImage(await openImagePath(directory), { analyzers: [], detectors: [] });

const image = buildImage({
  layers: [{ files: [{ path: 'a', content: 'one' }] }, { files: [{ path: 'b' }], compression: 'gzip' }],
  annotations: { a: 'b' },
});

test('one image', async (t) => {
  const directory = temporaryDirectory(t);
  writeFiles(directory, toSkopeoFiles(image));
  const { source, layers, problems } = await read(directory);
  assert.deepEqual([source.digest, source.annotations, problems], [image.manifestDigest, { a: 'b' }, []]);
  assert.deepEqual(
    layers.map(({ digest }) => digest),
    image.layers.map(({ digest }) => digest),
  );
});

test('several platforms: the index is the folder’s manifest', async (t) => {
  const directory = temporaryDirectory(t);
  const other = buildImage({ layers: [], architecture: 's390x' });
  const entry = ({ manifestDigest, manifest }: BuiltImage, architecture: string): unknown => ({
    ...{ mediaType: 'application/vnd.oci.image.manifest.v1+json', digest: manifestDigest, size: manifest.length },
    platform: { os: 'linux', architecture },
  });
  const index = toJson({ schemaVersion: 2, manifests: [entry(image, 'amd64'), entry(other, 's390x')] });
  writeFiles(directory, [
    ...[image, other].flatMap((each) => [...toSkopeoFiles(each), { path: `${hexOf(each.manifestDigest)}.manifest.json`, content: each.manifest }]),
    { path: 'manifest.json', content: index },
  ]);
  const source = await openImagePath(directory);
  const contents = await readImage(source, { analyzers: [], detectors: [] }, { platform: { os: 'linux', architecture: 's390x' } });
  assert.equal(contents.source.digest, other.manifestDigest);
});

test('a layer that is not there, and a manifest that was changed', async (t) => {
  const directory = temporaryDirectory(t);
  writeFiles(directory, toSkopeoFiles(image));
  rmSync(path.join(directory, hexOf(image.layers[0]?.digest ?? '')));
  assert.deepEqual(
    (await read(directory)).problems.map(({ code }) => code),
    ['missing-layer'],
  );
  writeFileSync(
    path.join(directory, 'manifest.json'),
    new TextDecoder().decode(image.manifest).replace(digestOf(image.config), digestOf(new Uint8Array(1))),
  );
  await assert.rejects(read(directory), /the image config .* is not there/);
});

test('what tells the image from every other, for the memory of images', async (t) => {
  const directory = temporaryDirectory(t);
  writeFiles(directory, toSkopeoFiles(image));
  const identify = async () => (await openImagePath(directory)).identify?.({});
  const first = await identify();
  assert.equal(typeof first, 'string');
  assert.equal(await identify(), first);
  const layer = path.join(directory, hexOf(image.layers[0]?.digest ?? ''));
  writeFileSync(layer, 'other bytes under the same name');
  assert.notEqual(await identify(), first);
  rmSync(path.join(directory, 'manifest.json'));
  writeFileSync(path.join(directory, 'index.json'), '{');
  await assert.rejects(identify(), /cannot be read/);
});
