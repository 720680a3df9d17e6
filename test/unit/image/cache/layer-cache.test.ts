import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import type { TestContext } from 'node:test';
import { LayerCache } from '../../../../src/image/cache/layer-cache.ts';
import { detectors } from '../../../../src/image/content/detectors.generated.ts';
import { analyzers } from '../../../../src/image/inventory/analyzers.generated.ts';
import type { Analyzer } from '../../../../src/image/inventory/analyzer.ts';
import type { ImageInterests } from '../../../../src/image/interests.ts';
import type { ImageContents } from '../../../../src/image/read-image.ts';
import { readImage } from '../../../../src/image/read-image.ts';
import { openImagePath } from '../../../../src/image/sources/open.ts';
import { createImageMemory } from '../../../../src/engine/image-memory.ts';
import type { BuiltImage, LayerSpec } from '../../../support/image-builder.ts';
import { buildImage, toDockerArchive, toOciLayout } from '../../../support/image-builder.ts';
import { buildSampleImage } from '../../../support/sample-image.ts';
import type { TarFile } from '../../../support/tar-builder.ts';
import { buildTar } from '../../../support/tar-builder.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';

class Memory extends Map<string, string> {
  read(key: string): Promise<string | undefined> {
    return Promise.resolve(this.get(key));
  }
  write(key: string, value: string): Promise<void> {
    this.set(key, value);
    return Promise.resolve();
  }
  trim(): Promise<void> {
    return Promise.resolve();
  }
}

/** Interests whose analyzer writes down what it is given. */
function listening(): { readonly interests: ImageInterests; readonly given: string[] } {
  const given: string[] = [];
  const listener: Analyzer = {
    id: 'listener',
    version: 1,
    scope: 'file',
    wants: (file) => file.endsWith('.pkg'),
    analyze: ({ path: file, bytes }) => {
      given.push(file);
      return { value: { packages: [{ type: 'npm', name: new TextDecoder().decode(bytes), version: '1' }] }, problems: [] };
    },
  };
  return { given, interests: { analyzers: [listener], detectors: [] } };
}

async function read(t: TestContext, files: readonly TarFile[], interests: ImageInterests, cache?: LayerCache): Promise<ImageContents> {
  const file = path.join(temporaryDirectory(t), 'image.tar');
  writeFileSync(file, buildTar(files));
  return readImage(await openImagePath(file), interests, {}, cache);
}

const layer = (name: string, rest: Partial<LayerSpec> = {}): LayerSpec => ({ files: [{ path: `${name}.pkg`, content: name }], ...rest });

for (const [form, toFiles, compression] of [
  ['a docker save archive', toDockerArchive, 'none'],
  ['an OCI layout of gzip layers', toOciLayout, 'gzip'],
  ['an OCI layout of zstd layers', toOciLayout, 'zstd'],
] as const) {
  test(`${form}: of a new image on a known base, only the new layer is looked at, and the result is the same`, async (t) => {
    const { interests, given } = listening();
    const cache = new LayerCache(new Memory(), interests, 'test');
    const base = [layer('one', { compression }), layer('two', { compression })];
    await read(t, toFiles(buildImage({ layers: base })), interests, cache);
    assert.deepEqual(given.splice(0), ['one.pkg', 'two.pkg']);
    const image = toFiles(buildImage({ layers: [...base, layer('three', { compression })] }));
    const remembered = await read(t, image, interests, cache);
    assert.deepEqual(given.splice(0), ['three.pkg']);
    assert.deepEqual(remembered, await read(t, image, interests));
  });
}

test('the whole sample image is the same remembered as read', async (t) => {
  const file = path.join(temporaryDirectory(t), 'sample.tar');
  writeFileSync(file, buildSampleImage());
  const interests = { analyzers, detectors };
  const cache = new LayerCache(new Memory(), interests, 'test');
  const source = await openImagePath(file);
  const first = await readImage(source, interests, {}, cache);
  assert.ok(first.packages.length > 0 && first.hits.length > 0);
  assert.deepEqual(await readImage(source, interests, {}, cache), first);
});

test('a link into a layer that is remembered is followed', async (t) => {
  const { interests, given } = listening();
  const cache = new LayerCache(new Memory(), interests, 'test');
  const base: LayerSpec = { files: [{ path: 'store/0123', content: 'linked' }] };
  await read(t, toDockerArchive(buildImage({ layers: [base] })), interests, cache);
  const top: LayerSpec = { files: [{ path: 'a.pkg', type: 'hardlink', linkTarget: 'store/0123' }] };
  const contents = await read(t, toDockerArchive(buildImage({ layers: [base, top] })), interests, cache);
  assert.deepEqual([given, contents.packages.map(({ name }) => name)], [['a.pkg'], ['linked']]);
});

test('bytes that are not those of the digest they are under are looked at, and told', async (t) => {
  const { interests } = listening();
  const cache = new LayerCache(new Memory(), interests, 'test');
  const good = buildImage({ layers: [layer('good')] });
  await read(t, toDockerArchive(good), interests, cache);
  const bad = buildImage({ layers: [layer('evil', { diffId: good.layers[0]?.diffId ?? '' })] });
  const contents = await read(t, toDockerArchive(bad), interests, cache);
  assert.deepEqual([contents.packages.map(({ name }) => name), contents.problems.map(({ code }) => code)], [['evil'], ['digest-mismatch']]);
  // What they really are is kept under their own digest.
  assert.deepEqual((await read(t, toDockerArchive(good), interests, cache)).problems, []);
});

test('damage to compressed bytes of a remembered layer is told', async (t) => {
  const { interests } = listening();
  const cache = new LayerCache(new Memory(), interests, 'test');
  const good = buildImage({ layers: [layer('good', { compression: 'gzip' })] });
  await read(t, toOciLayout(good), interests, cache);
  const damaged: BuiltImage = { ...good, layers: good.layers.map((each) => ({ ...each, stored: Buffer.concat([each.stored, Buffer.from('x')]) })) };
  const contents = await read(t, toOciLayout(damaged), interests, cache);
  assert.deepEqual(
    contents.problems.map(({ code }) => code),
    ['digest-mismatch'],
  );
});

test('what other analyzers, or the same in another version, found is not used; nor is what makes no sense', async (t) => {
  const memory = new Memory();
  const { interests, given } = listening();
  const image = toDockerArchive(buildImage({ layers: [layer('one')] }));
  await read(t, image, interests, new LayerCache(memory, interests, 'test'));
  const newer = { ...interests, analyzers: interests.analyzers.map((analyzer) => ({ ...analyzer, version: 2 })) };
  await read(t, image, newer, new LayerCache(memory, newer, 'test'));
  await read(t, image, interests, new LayerCache(memory, interests, 'another build'));
  assert.equal(given.length, 3);
  for (const nonsense of ['', '{', 'null', '{"walked":{}}', '[]']) {
    for (const key of memory.keys()) memory.set(key, nonsense);
    const contents = await read(t, image, interests, new LayerCache(memory, interests, 'test'));
    assert.deepEqual([contents.packages.length, contents.problems], [1, []]);
  }
});

test('a layer that could not be read to its end is not remembered', async (t) => {
  const memory = new Memory();
  const { interests } = listening();
  const whole = buildTar([{ path: 'a.pkg', content: 'x'.repeat(3000) }]);
  await read(t, toDockerArchive(buildImage({ layers: [{ files: whole.subarray(0, 1000) }] })), interests, new LayerCache(memory, interests, 'test'));
  assert.equal(memory.size, 0);
});

test('an unchanged image is not read a second time; one that changed in place is', async (t) => {
  const { interests, given } = listening();
  const file = path.join(temporaryDirectory(t), 'image.tar');
  const memory = createImageMemory(new Memory(), 'test');
  let reads = 0;
  const contents = async (): Promise<ImageContents> => {
    const source = await openImagePath(file);
    const identity = (await source.identify?.({})) ?? '';
    const known = await memory.recall(identity, 'everything');
    if (known !== undefined) return known;
    reads++;
    const found = await readImage(source, interests, {}, memory.layers(interests));
    await memory.keep(identity, 'everything', found);
    return found;
  };
  writeFileSync(file, buildTar(toDockerArchive(buildImage({ layers: [layer('one')] }))));
  const first = await contents();
  assert.deepEqual(await contents(), first);
  assert.deepEqual([reads, given], [1, ['one.pkg']]);
  writeFileSync(file, buildTar(toDockerArchive(buildImage({ layers: [layer('two')] }))));
  assert.deepEqual(
    (await contents()).packages.map(({ name }) => name),
    ['two'],
  );
  assert.equal(reads, 2);
});

test('what was found of packages alone does not stand for all that can be found, nor what another build found for this one', async (t) => {
  const { interests } = listening();
  const store = new Memory();
  const memory = createImageMemory(store, 'test');
  const contents = await read(t, toDockerArchive(buildImage({ layers: [layer('one')] })), interests);
  await memory.keep('an image', 'packages', contents);
  assert.deepEqual(await memory.recall('an image', 'packages'), contents);
  assert.equal(await memory.recall('an image', 'everything'), undefined);
  assert.equal(await memory.recall('another image', 'packages'), undefined);
  assert.equal(await createImageMemory(store, 'another build').recall('an image', 'packages'), undefined);
});
