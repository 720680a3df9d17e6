import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import type { TestContext } from 'node:test';
import type { Detector, DetectorHit } from '../../../src/image/content/detector.ts';
import { analyzers } from '../../../src/image/inventory/analyzers.generated.ts';
import type { ImageContents } from '../../../src/image/read-image.ts';
import { readImage } from '../../../src/image/read-image.ts';
import { openImagePath } from '../../../src/image/sources/open.ts';
import type { ImageSpec } from '../../support/image-builder.ts';
import { buildImage, toDockerArchive, toHybridArchive, toOciLayout } from '../../support/image-builder.ts';
import { buildTar } from '../../support/tar-builder.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const osRelease = 'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian 12"\n';

function status(...packages: [name: string, version: string][]): string {
  return packages.map(([name, version]) => `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: ${version}\n\n`).join('');
}

async function read(
  t: TestContext,
  spec: ImageSpec,
  detectors: readonly Detector[] = [],
  form: (image: ReturnType<typeof buildImage>) => Parameters<typeof buildTar>[0] = toDockerArchive,
): Promise<ImageContents> {
  const file = path.join(temporaryDirectory(t), 'image.tar');
  writeFileSync(file, buildTar(form(buildImage(spec))));
  return readImage(await openImagePath(file), { analyzers, detectors });
}

const packagesOf = ({ packages }: ImageContents): string[] => packages.map(({ purl, layer, files }) => `${purl} ${layer} ${files.join()}`);

test('a package belongs to the first layer whose database lists that version and goes on listing it', async (t) => {
  const contents = await read(t, {
    layers: [
      {
        files: [
          { path: 'etc/os-release', content: osRelease },
          { path: 'var/lib/dpkg/status', content: status(['base', '1'], ['upgraded', '1'], ['again', '1'], ['removed', '1']) },
        ],
        createdBy: 'ADD rootfs',
      },
      { files: [{ path: 'unrelated' }], createdBy: 'COPY' },
      { files: [{ path: 'var/lib/dpkg/status', content: status(['base', '1'], ['upgraded', '2'], ['added', '1']) }], createdBy: 'RUN apt' },
      {
        files: [{ path: 'var/lib/dpkg/status', content: status(['base', '1'], ['upgraded', '2'], ['added', '1'], ['again', '1']) }],
        createdBy: 'RUN apt again',
      },
    ],
  });
  assert.deepEqual(packagesOf(contents), [
    'pkg:deb/debian/added@1?arch=amd64&distro=debian-12 2 var/lib/dpkg/status',
    'pkg:deb/debian/again@1?arch=amd64&distro=debian-12 3 var/lib/dpkg/status',
    'pkg:deb/debian/base@1?arch=amd64&distro=debian-12 0 var/lib/dpkg/status',
    'pkg:deb/debian/upgraded@2?arch=amd64&distro=debian-12 2 var/lib/dpkg/status',
  ]);
  assert.deepEqual(contents.distro, { id: 'debian', versionId: '12', idLike: [], prettyName: 'Debian 12' });
  assert.deepEqual(
    contents.layers.map(({ createdBy }) => createdBy),
    ['ADD rootfs', 'COPY', 'RUN apt', 'RUN apt again'],
  );
  assert.deepEqual(contents.problems, []);
});

test('a database that was deleted and written anew begins anew', async (t) => {
  const contents = await read(t, {
    layers: [
      { files: [{ path: 'var/lib/dpkg/status', content: status(['a', '1']) }] },
      { files: [{ path: 'var/lib/.wh.dpkg' }] },
      { files: [{ path: 'var/lib/dpkg/status', content: status(['a', '1']) }] },
    ],
  });
  assert.deepEqual(
    contents.packages.map(({ layer }) => layer),
    [2],
  );
});

test('language packages: one a file, gone when deleted, and not told twice when dpkg or apk owns them', async (t) => {
  const metadata = (name: string): string => `Metadata-Version: 2.1\nName: ${name}\nVersion: 1.0\n\n`;
  const contents = await read(t, {
    layers: [
      {
        files: [
          { path: 'etc/os-release', content: osRelease },
          { path: 'usr/lib/python3/dist-packages/owned-1.0.egg-info', content: metadata('owned') },
          { path: 'usr/lib/python3/dist-packages/moved-1.0.dist-info/METADATA', content: metadata('moved') },
          {
            path: 'var/lib/dpkg/info/python3-owned.list',
            content: '/.\n/usr\n/usr/lib/python3/dist-packages/owned-1.0.egg-info\n/lib/python3/dist-packages/moved-1.0.dist-info/METADATA\n',
          },
          { path: 'usr/local/lib/python3/site-packages/Own_Thing-1.0.dist-info/METADATA', content: metadata('Own_Thing') },
          { path: 'app/node_modules/gone/package.json', content: '{"name":"gone","version":"1.0.0"}' },
          { path: 'app/node_modules/@scope/kept/package.json', content: '{"name":"@scope/kept","version":"2.0.0"}' },
          { path: 'opt/node_modules/@scope/kept/package.json', content: '{"name":"@scope/kept","version":"2.0.0"}' },
        ],
      },
      { files: [{ path: 'app/node_modules/.wh.gone' }] },
    ],
  });
  assert.deepEqual(packagesOf(contents), [
    'pkg:npm/%40scope/kept@2.0.0 0 app/node_modules/@scope/kept/package.json',
    'pkg:npm/%40scope/kept@2.0.0 0 opt/node_modules/@scope/kept/package.json',
    'pkg:pypi/own-thing@1.0 0 usr/local/lib/python3/site-packages/Own_Thing-1.0.dist-info/METADATA',
  ]);
});

const hit: DetectorHit = { id: 'secret:x', category: 'sensitive-file', severity: 'high', title: 'x' };
const secrets: Detector = {
  id: 'secrets',
  version: 1,
  scope: 'every-layer',
  wantsContent: ({ path: file }) => file.endsWith('key'),
  inspectContent: (_, bytes) => (bytes.length > 0 ? [hit] : []),
};
const final: Detector = { id: 'final', version: 1, scope: 'final-filesystem', inspectEntry: ({ mode }) => ((mode & 0o4000) === 0 ? [] : [hit]) };
const config: Detector = {
  id: 'config',
  version: 1,
  scope: 'final-filesystem',
  inspectConfig: ({ user }) => (user === 'root' ? [{ ...hit, historyIndex: 2 }] : []),
};

test('hits: those of deleted files stay where bytes count, go where only the final filesystem does', async (t) => {
  const contents = await read(
    t,
    {
      layers: [
        {
          files: [
            { path: 'a.key', content: 'x' },
            { path: 'b.key', content: 'x' },
            { path: 'su', mode: 0o4755 },
            { path: 'sudo', mode: 0o4755 },
          ],
        },
        { files: [{ path: '.wh.a.key' }, { path: '.wh.su' }] },
      ],
      config: { User: 'root' },
      history: [{ created_by: 'ADD' }, { created_by: 'ENV', empty_layer: true }, { created_by: 'RUN rm' }],
    },
    [secrets, final, config],
  );
  assert.deepEqual(
    contents.hits.map(({ detectorId, layer, path: file, deletedLater }) => [detectorId, layer, file, deletedLater]),
    [
      ['config', 1, undefined, false],
      ['secrets', 0, 'a.key', true],
      ['secrets', 0, 'b.key', false],
      ['final', 0, 'sudo', false],
    ],
  );
  assert.deepEqual(
    contents.layers.map(({ historyIndex }) => historyIndex),
    [0, 2],
  );
});

test('a layer that is there twice is looked at once', async (t) => {
  const files = [{ path: 'a.key', content: 'x' }];
  for (const form of [toDockerArchive, toHybridArchive]) {
    const contents = await read(t, { layers: [{ files }, { files }] }, [secrets], form);
    assert.deepEqual(
      contents.hits.map(({ layer, deletedLater }) => [layer, deletedLater]),
      [[0, false]],
    );
    assert.equal(contents.layers.length, 2);
    assert.deepEqual(contents.problems, []);
  }
});

test('files under a linked name are read in a second pass, from plain and compressed layers', async (t) => {
  for (const compression of ['none', 'gzip', 'zstd'] as const) {
    const contents = await read(
      t,
      {
        layers: [
          {
            compression,
            files: [
              { path: 'store/01', content: '{"name":"linked","version":"1.0.0"}' },
              { path: 'app/node_modules/linked/package.json', type: 'hardlink', linkTarget: 'store/01' },
              { path: 'store/02', content: 'x' },
              { path: 'home/key', type: 'hardlink', linkTarget: 'store/02' },
              { path: 'usr/share/real-release', content: osRelease },
              { path: 'usr/lib/os-release', type: 'symlink', linkTarget: '../share/real-release' },
              { path: 'etc/os-release', type: 'symlink', linkTarget: '../usr/lib/os-release' },
            ],
          },
          { compression, files: [{ path: 'srv/node_modules/linked/package.json', type: 'hardlink', linkTarget: 'store/01' }] },
        ],
      },
      [secrets],
      toHybridArchive,
    );
    assert.deepEqual(packagesOf(contents), [
      'pkg:npm/linked@1.0.0 0 app/node_modules/linked/package.json',
      'pkg:npm/linked@1.0.0 1 srv/node_modules/linked/package.json',
    ]);
    assert.equal(contents.distro?.id, 'debian');
    assert.deepEqual(
      contents.hits.map(({ path: file }) => file),
      ['home/key'],
    );
  }
});

test('links in circles, to nothing and out of the image end quietly', async (t) => {
  const contents = await read(t, {
    layers: [
      {
        files: [
          { path: 'etc/os-release', type: 'symlink', linkTarget: '../usr/lib/os-release' },
          { path: 'usr/lib/os-release', type: 'symlink', linkTarget: '../../etc/os-release' },
          { path: 'var/lib/dpkg/status', type: 'symlink', linkTarget: '/proc/self/root/etc/passwd' },
          { path: 'node_modules/a/package.json', type: 'hardlink', linkTarget: 'node_modules/b/package.json' },
          { path: 'node_modules/b/package.json', type: 'hardlink', linkTarget: 'node_modules/a/package.json' },
        ],
      },
    ],
  });
  assert.deepEqual([contents.packages, contents.distro, contents.problems], [[], undefined, []]);
});

test('a layer that is not what its digest says is told, by number, and still looked at', async (t) => {
  const layers = [
    { files: [{ path: 'node_modules/a/package.json', content: '{"name":"a","version":"1.0.0"}' }], diffId: `sha256:${'0'.repeat(64)}` },
  ];
  for (const form of [toDockerArchive, toOciLayout]) {
    const contents = await read(t, { layers }, [], form);
    assert.equal(contents.packages.length, 1);
    assert.deepEqual(
      contents.problems.map(({ code, layer }) => [code, layer]),
      [['digest-mismatch', 0]],
    );
  }
});

test('problems name layer and file, with control characters made visible', async (t) => {
  const contents = await read(t, { layers: [{ files: [] }, { files: [{ path: 'x\u001b[31m/node_modules/a/package.json', content: '{' }] }] });
  assert.deepEqual(
    contents.problems.map(({ code, layer, message }) => ({ code, layer, message })),
    [
      {
        code: 'malformed',
        layer: 1,
        message: "x\\x1b[31m/node_modules/a/package.json in layer 2 of 2: the package's manifest cannot be read: it is not JSON",
      },
    ],
  );
});

test('history that does not fit the layers is not guessed at', async (t) => {
  const contents = await read(t, { layers: [{ files: [] }, { files: [] }], history: [{ created_by: 'one' }] });
  assert.deepEqual(
    contents.layers.map(({ createdBy, historyIndex }) => [createdBy, historyIndex]),
    [
      [undefined, undefined],
      [undefined, undefined],
    ],
  );
});

test('an image without layers, and an abort', async (t) => {
  assert.deepEqual((await read(t, { layers: [] })).packages, []);
  const file = path.join(temporaryDirectory(t), 'image.tar');
  writeFileSync(file, buildTar(toDockerArchive(buildImage({ layers: [{ files: [{ path: 'a' }] }] }))));
  const source = await openImagePath(file);
  await assert.rejects(readImage(source, { analyzers, detectors: [] }, { signal: AbortSignal.abort(new Error('enough')) }), /enough/);
});

test('the same image gives the same answer in every form', async (t) => {
  const spec: ImageSpec = {
    layers: [
      {
        files: [
          { path: 'etc/os-release', content: osRelease },
          { path: 'var/lib/dpkg/status', content: status(['b', '1'], ['a', '1']) },
        ],
      },
    ],
    references: ['x:1'],
  };
  const [first, ...others] = await Promise.all([toDockerArchive, toHybridArchive, toOciLayout].map((form) => read(t, spec, [], form)));
  for (const other of others) assert.deepEqual(other.packages, first?.packages);
});
