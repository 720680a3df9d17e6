import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { readImage } from '../../../../src/image/read-image.ts';
import { openImagePath } from '../../../../src/image/sources/open.ts';
import { buildImage, toDockerArchive, toJson } from '../../../support/image-builder.ts';
import { buildTar } from '../../../support/tar-builder.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';

test('LayerSources say where a layer is that may not be saved with the image', async (t) => {
  const image = buildImage({ os: 'windows', layers: [{ files: [{ path: 'Files/a' }] }, { files: [{ path: 'Files/b' }] }] });
  const files = toDockerArchive(image);
  const base = image.layers[0]?.diffId ?? '';
  const basePath = files.find(({ path: name }) => name.endsWith('layer.tar'))?.path;
  const [manifest] = JSON.parse(
    new TextDecoder().decode(files.find(({ path: name }) => name === 'manifest.json')?.content as Uint8Array),
  ) as object[];
  for (const [sources, expected] of [
    [{ [base]: { urls: ['https://mcr.example.com/v2/x/blobs/y'], digest: image.layers[1]?.digest } }, /^layer 1 of 2 .*left at mcr\.example\.com; /],
    [{ [base]: { urls: [] } }, /^layer 1 of 2 .*: the image was not saved whole$/],
    [{ [base]: null }, /: the image was not saved whole$/],
    [['__proto__'], /: the image was not saved whole$/],
  ] as const) {
    const file = path.join(temporaryDirectory(t), 'image.tar');
    const kept = files.filter(({ path: name }) => name !== basePath && name !== 'manifest.json');
    writeFileSync(file, buildTar([...kept, { path: 'manifest.json', content: toJson([{ ...manifest, LayerSources: sources }]) }]));
    const { problems } = await readImage(await openImagePath(file), { analyzers: [], detectors: [] });
    assert.deepEqual(
      problems.map(({ code, layer }) => [code, layer]),
      [['missing-layer', 0]],
    );
    assert.match(problems[0]?.message ?? '', expected);
  }
});
