import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { readImage } from '../../../../src/image/read-image.ts';
import { openImagePath } from '../../../../src/image/sources/open.ts';
import type { ReadOptions, SourceImage } from '../../../../src/image/sources/source.ts';
import { ImageSourceError } from '../../../../src/image/sources/source.ts';
import { blobPath, buildImage, digestOf, toDockerArchive, toHybridArchive, toJson, toOciLayout, writeFiles } from '../../../support/image-builder.ts';
import type { TarFile } from '../../../support/tar-builder.ts';
import { buildTar } from '../../../support/tar-builder.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';

const image = buildImage({
  layers: [{ files: [{ path: 'a', content: 'one' }] }, { files: [{ path: 'b', content: 'two' }] }, { files: [{ path: 'a', content: 'one' }] }],
  references: ['team/app:1'],
});

interface Read extends SourceImage {
  /** How often each layer's bytes were handed on, and whether all of them held what their digest says. */
  readonly handed: number;
}

async function read(target: string, options: ReadOptions = {}, reference?: string): Promise<Read> {
  let handed = 0;
  const source = await openImagePath(target, reference);
  const { source: described, problems } = await readImage(
    {
      kind: source.kind,
      read: (sink, readOptions) =>
        source.read(
          {
            stream: (...args) => {
              handed++;
              return sink.stream(...args);
            },
            seekable: (...args) => {
              handed++;
              return sink.seekable(...args);
            },
          },
          readOptions,
        ),
    },
    { analyzers: [], detectors: [] },
    options,
  );
  return { ...described, problems, handed };
}

function refusal(code: string, pattern: RegExp) {
  return (error: unknown): boolean => {
    assert.ok(error instanceof ImageSourceError, String(error));
    assert.equal(error.code, code, error.message);
    assert.match(error.message, pattern);
    return true;
  };
}

function write(directory: string, bytes: Uint8Array): string {
  const file = path.join(directory, `image-${digestOf(bytes).slice(7, 19)}`);
  writeFileSync(file, bytes);
  return file;
}

const forms: Record<string, TarFile[]> = {
  'docker save, old': toDockerArchive(image),
  'docker save, new': toHybridArchive(image),
  'OCI archive': toOciLayout(image),
  'OCI archive, nested': toOciLayout(image, { nested: true, attestation: true }),
};

for (const [name, files] of Object.entries(forms)) {
  test(`${name}: plain, gzip and zstd; equal layers are handed on once`, async (t) => {
    const directory = temporaryDirectory(t);
    for (const bytes of [buildTar(files), gzipSync(buildTar(files)), zstdCompressSync(buildTar(files))]) {
      const result = await read(write(directory, bytes));
      assert.deepEqual(result.problems, []);
      assert.equal(result.layers.length, 3);
      assert.equal(result.handed, 2);
      assert.deepEqual(result.platform, { os: 'linux', architecture: 'amd64' });
      if (!name.includes('nested')) assert.equal(result.reference, 'team/app:1');
      assert.equal(result.digest, name === 'docker save, old' ? image.configDigest : image.manifestDigest);
    }
  });
}

test('OCI layout in a folder, its layers plain or compressed', async (t) => {
  for (const compression of ['none', 'gzip', 'zstd'] as const) {
    const directory = temporaryDirectory(t);
    writeFiles(directory, toOciLayout(buildImage({ layers: [{ files: [{ path: 'a' }], compression }] })));
    const result = await read(directory);
    assert.deepEqual([result.problems, result.layers.length, result.handed], [[], 1, 1]);
  }
});

test('what is no image is said to be none, with what to do', async (t) => {
  const directory = temporaryDirectory(t);
  await assert.rejects(openImagePath(path.join(directory, 'nothing')), refusal('not-found', /does not exist/));
  await assert.rejects(openImagePath(write(directory, Buffer.from('text, '.repeat(200)))), refusal('not-an-image', /not a tar archive.*docker save/));
  await assert.rejects(openImagePath(write(directory, new Uint8Array(0))), refusal('not-an-image', /is empty/));
  await assert.rejects(openImagePath(directory), refusal('not-an-image', /no OCI image layout/));
  await assert.rejects(
    read(write(directory, buildTar([{ path: 'etc/passwd', content: 'x' }]))),
    refusal('not-an-image', /neither manifest.json nor index.json/),
  );
  await assert.rejects(
    read(write(directory, gzipSync(buildTar([{ path: 'etc/passwd', content: 'x' }])))),
    refusal('not-an-image', /neither manifest.json nor index.json/),
  );
  await assert.rejects(read(write(directory, gzipSync('no tar'))), refusal('not-an-image', /not a tar archive/));
  await assert.rejects(read(write(directory, buildTar([{ path: 'repositories', content: '{}' }]))), refusal('not-an-image', /older than 1.10/));
});

test('an archive cut anywhere is an error or a problem, never a clean answer', async (t) => {
  const directory = temporaryDirectory(t);
  for (const files of [forms['docker save, old'] ?? [], forms['docker save, new'] ?? []]) {
    const whole = buildTar(files, { end: false });
    for (let cut = 300; cut < whole.length - 1024; cut += 1009) {
      await assertNotClean(write(directory, whole.subarray(0, cut)), `cut at ${cut}`);
    }
    const gzip = gzipSync(whole);
    for (let cut = 30; cut < gzip.length; cut += 211) await assertNotClean(write(directory, gzip.subarray(0, cut)), `gzip cut at ${cut}`);
  }
});

async function assertNotClean(file: string, name: string): Promise<void> {
  try {
    const result = await read(file);
    // repositories, the last of the old layout, is of no use to anyone.
    assert.ok(result.problems.length > 0 || result.layers.length === 3, name);
  } catch (error) {
    assert.ok(error instanceof ImageSourceError, `${name}: ${String(error)}`);
  }
}

test('documents that are not what they should be', async (t) => {
  const directory = temporaryDirectory(t);
  const archive = (manifest: unknown, extra: TarFile[] = []): string =>
    write(directory, buildTar([...extra, { path: 'manifest.json', content: typeof manifest === 'string' ? manifest : toJson(manifest) }]));
  await assert.rejects(read(archive('{')), refusal('malformed', /manifest.json .* it is not JSON/));
  await assert.rejects(read(archive({})), refusal('malformed', /not a list of images/));
  await assert.rejects(read(archive([])), refusal('not-an-image', /lists no image/));
  await assert.rejects(read(archive([{ Config: 'x.json', Layers: [] }])), refusal('malformed', /lacks the image's config/));
  await assert.rejects(read(archive([{ Config: '../../etc/passwd', Layers: [] }])), refusal('malformed', /lacks the image's config/));
  const config = (document: unknown): TarFile[] => [{ path: 'x.json', content: toJson(document) }];
  await assert.rejects(read(archive([{ Config: 'x.json', Layers: [] }], config([]))), refusal('malformed', /not a JSON object/));
  await assert.rejects(
    read(archive([{ Config: 'x.json', Layers: [] }], config({ rootfs: { diff_ids: ['sha256:no'] } }))),
    refusal('malformed', /diff_ids/),
  );
  await assert.rejects(
    read(archive([{ Config: 'x.json', Layers: ['a'] }], config({ rootfs: { diff_ids: [] } }))),
    refusal('malformed', /1 layers but 0 diff_ids/),
  );
});

test('a layer that the archive lacks is a problem, and the others are read', async (t) => {
  const files = (forms['docker save, old'] ?? []).filter(
    ({ path: file, type = 'file' }, index) => !(file.endsWith('layer.tar') && type === 'file' && index < 5),
  );
  for (const bytes of [buildTar(files), gzipSync(buildTar(files))]) {
    const result = await read(write(temporaryDirectory(t), bytes));
    assert.deepEqual(
      result.problems.map(({ code, layer }) => [code, layer]),
      [
        ['missing-layer', 0],
        ['missing-layer', 2],
      ],
    );
    assert.equal(result.handed, 1);
  }
});

test('a link in circles is a missing layer', async (t) => {
  const config = toJson({ os: 'linux', architecture: 'amd64', rootfs: { diff_ids: [`sha256:${'0'.repeat(64)}`] } });
  const files: TarFile[] = [
    { path: 'c.json', content: config },
    { path: 'a/layer.tar', type: 'symlink', linkTarget: '../b/layer.tar' },
    { path: 'b/layer.tar', type: 'symlink', linkTarget: '../a/layer.tar' },
    { path: 'manifest.json', content: toJson([{ Config: 'c.json', Layers: ['a/layer.tar'] }]) },
  ];
  const result = await read(write(temporaryDirectory(t), buildTar(files)));
  assert.deepEqual(
    result.problems.map(({ code }) => code),
    ['missing-layer'],
  );
});

test('media types: an unknown layer is a problem, an unknown manifest or config an error', async (t) => {
  const directory = temporaryDirectory(t);
  const odd = buildImage({ layers: [{ files: [], mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip+encrypted' }, { files: [{ path: 'a' }] }] });
  const result = await read(write(directory, buildTar(toOciLayout(odd))));
  assert.deepEqual(
    result.problems.map(({ code, layer }) => [code, layer]),
    [['unsupported-media-type', 0]],
  );
  const index = (mediaType: string, digest: string): TarFile => ({
    path: 'index.json',
    content: toJson({ manifests: [{ mediaType, digest, size: 1 }] }),
  });
  await assert.rejects(
    read(write(directory, buildTar([index('application/vnd.example', digestOf(Buffer.from('x')))]))),
    refusal('unsupported-media-type', /vnd.example/),
  );
  const chart = toJson({ config: { mediaType: 'application/vnd.cncf.helm.config.v1+json', digest: image.configDigest, size: 1 }, layers: [] });
  const files = [index('application/vnd.oci.image.manifest.v1+json', digestOf(chart)), { path: blobPath(digestOf(chart)), content: chart }];
  await assert.rejects(read(write(directory, buildTar(files))), refusal('unsupported-media-type', /helm/));
});

test('documents and layers that were changed are told', async (t) => {
  const directory = temporaryDirectory(t);
  const change = (target: string): TarFile[] =>
    toOciLayout(image).map((file) =>
      file.path === blobPath(target) ? { ...file, content: Buffer.concat([Buffer.from(file.content as Uint8Array), Buffer.from(' ')]) } : file,
    );
  for (const [target, layer] of [
    [image.manifestDigest, undefined],
    [image.configDigest, undefined],
    [image.layers[1]?.digest ?? '', 1],
  ] as const) {
    const result = await read(write(directory, buildTar(change(target))));
    assert.deepEqual(
      result.problems.map(({ code, layer: index }) => [code, index]),
      [['digest-mismatch', layer]],
    );
  }
});

test('platforms: the one asked for, else this machine’s, else the only one', async (t) => {
  const directory = temporaryDirectory(t);
  const [amd64, arm64, s390x] = ['amd64', 'arm64', 's390x'].map((architecture) => buildImage({ layers: [], architecture }));
  assert.ok(amd64 && arm64 && s390x);
  const many = write(directory, buildTar(toOciLayout([s390x, arm64, amd64], { nested: true, attestation: true })));
  assert.equal((await read(many, { platform: { os: 'linux', architecture: 'arm64', variant: 'v8' } })).digest, arm64.manifestDigest);
  assert.equal((await read(many, { platform: { os: 'linux', architecture: 's390x' } })).digest, s390x.manifestDigest);
  await assert.rejects(
    read(many, { platform: { os: 'windows', architecture: 'amd64' } }),
    refusal('no-such-platform', /linux\/s390x, linux\/arm64, linux\/amd64.*--platform/),
  );
  const one = write(directory, buildTar(toOciLayout(s390x, { nested: true, attestation: true })));
  assert.equal((await read(one)).platform.architecture, 's390x');
  for (const files of [toOciLayout(s390x), toDockerArchive(s390x)]) {
    await assert.rejects(
      read(write(directory, buildTar(files)), { platform: { os: 'linux', architecture: 'amd64' } }),
      refusal('no-such-platform', /It has: linux\/s390x/),
    );
  }
});

test('several images: the one that is named, else the first with a problem that names the others', async (t) => {
  const directory = temporaryDirectory(t);
  const [one, two] = ['one:1', 'docker.io/library/two:latest'].map((reference) =>
    buildImage({ layers: [{ files: [{ path: reference }] }], references: [reference] }),
  );
  assert.ok(one && two);
  for (const files of [toDockerArchive([one, two]), toOciLayout([one, two])]) {
    const archive = write(directory, buildTar(files));
    const first = await read(archive);
    assert.deepEqual(
      first.problems.map(({ code }) => code),
      ['other'],
    );
    assert.match(first.problems[0]?.message ?? '', /2 images; only one:1 .* not docker.io\/library\/two:latest/);
    const named = await read(archive, {}, 'two');
    assert.deepEqual([named.reference, named.problems, named.layers[0]?.diffId], ['two', [], two.layers[0]?.diffId]);
    await assert.rejects(read(archive, {}, 'three'), refusal('not-found', /holds no image three.*one:1/));
  }
});

test('indexes that nest without end are refused', async (t) => {
  let entry = { mediaType: 'application/vnd.oci.image.manifest.v1+json', digest: image.manifestDigest, size: 1 };
  const files: TarFile[] = toOciLayout(image).filter(({ path: file }) => file !== 'index.json');
  for (let depth = 0; depth < 7; depth++) {
    const index = toJson({ manifests: [entry], depth });
    files.push({ path: blobPath(digestOf(index)), content: index });
    entry = { mediaType: 'application/vnd.oci.image.index.v1+json', digest: digestOf(index), size: 1 };
  }
  files.push({ path: 'index.json', content: toJson({ manifests: [entry] }) });
  await assert.rejects(read(write(temporaryDirectory(t), buildTar(files))), refusal('malformed', /nested/));
});

test('nothing outside a layout’s folder is opened', async (t) => {
  const directory = temporaryDirectory(t);
  const layout = path.join(directory, 'layout');
  mkdirSync(layout);
  writeFileSync(path.join(directory, 'secret.json'), toJson([{ Config: 'c', Layers: [] }]));
  writeFiles(layout, [
    {
      path: 'index.json',
      content: toJson({ manifests: [{ mediaType: 'application/vnd.oci.image.manifest.v1+json', digest: 'sha256:../../../secret', size: 1 }] }),
    },
  ]);
  await assert.rejects(read(layout), refusal('malformed', /no valid digest/));
});

test('a folder named like a file, and a path through a link', async (t) => {
  const directory = temporaryDirectory(t);
  const file = write(directory, buildTar(forms['docker save, old'] ?? []));
  symlinkSync(file, path.join(directory, 'link'));
  assert.equal((await read(path.join(directory, 'link'))).layers.length, 3);
  await assert.rejects(openImagePath('/dev/null'), refusal('not-an-image', /neither a file nor a folder/));
});

test('progress goes from 0 to 1', async (t) => {
  const fractions: (number | undefined)[] = [];
  await read(write(temporaryDirectory(t), buildTar(forms['docker save, new'] ?? [])), { onProgress: ({ fraction }) => fractions.push(fraction) });
  assert.equal(fractions[0], 0);
  assert.equal(fractions.at(-1), 1);
  assert.deepEqual(
    fractions,
    fractions.toSorted((a, b) => (a ?? 0) - (b ?? 0)),
  );
});
