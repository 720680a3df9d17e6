import assert from 'node:assert/strict';
import test from 'node:test';
import { analyzers } from '../../../src/image/inventory/analyzers.generated.ts';
import type { ImageContents } from '../../../src/image/read-image.ts';
import { readImage } from '../../../src/image/read-image.ts';
import { openImagePath } from '../../../src/image/sources/open.ts';
import type { FileEntry } from '../../../src/image/content/detector.ts';
import type { ImageSpec } from '../../support/image-builder.ts';
import { buildImage, toDockerArchive, toOciLayout, writeFiles } from '../../support/image-builder.ts';
import type { TarFile } from '../../support/tar-builder.ts';
import { buildTar } from '../../support/tar-builder.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import type { HiveKeySpec } from '../../support/hive-builder.ts';
import { buildHive } from '../../support/hive-builder.ts';
import { buildSoftwareHive } from '../../support/windows-hives.ts';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { TestContext } from 'node:test';

const folder = (name: string): TarFile => ({ path: name, type: 'directory', pax: { 'MSWINDOWS.fileattr': '16' } });

const base: readonly TarFile[] = [
  folder('Files'),
  { path: 'Files/Windows/System32/ntoskrnl.exe', content: 'MZ' },
  {
    path: 'Files/Windows/System32/config/SOFTWARE',
    content: buildSoftwareHive({ version: { CurrentBuild: '20348', UBR: 1 }, programs: { a: { DisplayName: 'Tool', DisplayVersion: '1.0' } } }),
  },
  folder('Hives'),
  {
    path: 'Hives/Software_Base',
    content: buildSoftwareHive({
      version: { CurrentBuild: '20348', UBR: 1, ProductName: 'Windows Server 2022 Datacenter' },
      updates: { 'Package_for_KB5000001~31bf3856ad364e35~amd64~~20348.1.1.1': { CurrentState: 0x70 } },
      programs: { a: { DisplayName: 'Tool', DisplayVersion: '1.0' } },
    }),
  },
  folder('UtilityVM'),
  { path: 'UtilityVM/Files/node_modules/vm/package.json', content: '{"name":"vm","version":"9.9.9"}' },
];
const update: readonly TarFile[] = [
  folder('Files'),
  folder('Hives'),
  {
    path: 'Hives/Software_Delta',
    content: buildSoftwareHive({
      version: { UBR: 2762 },
      updates: { 'Package_for_KB5044281~31bf3856ad364e35~amd64~~20348.2762.1.9': { CurrentState: 0x70 } },
    }),
  },
];
const application: readonly TarFile[] = [
  folder('Files'),
  { path: 'Files/app/node_modules/left/package.json', content: '{"name":"left","version":"1.0.0"}' },
  { path: 'Files/app/node_modules/right/package.json', type: 'hardlink', linkTarget: 'Files/app/node_modules/left/package.json' },
  {
    path: 'Files/ProgramData/chocolatey/lib/git.install/git.install.nuspec',
    content: '<?xml version="1.0"?><package><metadata><id>git.install</id><version>2.46.0</version></metadata></package>',
  },
  // A folder C:\Hives is no registry.
  { path: 'Files/Hives/Software_Base', content: buildSoftwareHive({ version: { CurrentBuild: '99999', UBR: 9 } }) },
  folder('Hives'),
  {
    path: 'Hives/Software_Delta',
    content: buildSoftwareHive({ programs: { b: { DisplayName: 'Web Server', DisplayVersion: '3.1' } } }),
  },
];
const removal: readonly TarFile[] = [folder('Files'), { path: 'Files/app/node_modules/.wh.left' }];

const spec = (...layers: (readonly TarFile[])[]): ImageSpec => ({
  os: 'windows',
  layers: layers.map((files) => ({ files })),
  references: ['app:1'],
});

async function readArchive(t: TestContext, bytes: Uint8Array, entries?: FileEntry[]): Promise<ImageContents> {
  const file = path.join(temporaryDirectory(t), 'image.tar');
  writeFileSync(file, bytes);
  const seen = {
    id: 'seen',
    version: 1,
    scope: 'every-layer' as const,
    inspectEntry: (entry: FileEntry) => {
      entries?.push(entry);
      return [];
    },
  };
  return readImage(await openImagePath(file), { analyzers, detectors: [seen] });
}

const summary = ({ packages }: ImageContents): unknown => packages.map(({ purl, layer }) => [purl, layer]);

const expected = [
  ['pkg:generic/Tool@1.0', 0],
  ['pkg:generic/Web%20Server@3.1', 2],
  ['pkg:generic/git.install@2.46.0', 2],
  ['pkg:npm/left@1.0.0', 2],
  ['pkg:generic/microsoft/KB5000001@20348.1.1.1?arch=amd64&distro=windows-10.0.20348.2762', 0],
  ['pkg:generic/microsoft/KB5044281@20348.2762.1.9?arch=amd64&distro=windows-10.0.20348.2762', 1],
];

test('files are where a container sees them, the registry tells build, updates and programs', async (t) => {
  const entries: FileEntry[] = [];
  const archive = buildTar(toDockerArchive(buildImage(spec(base, update, application, removal))));
  const contents = await readArchive(t, archive, entries);
  assert.deepEqual(contents.problems, []);
  assert.deepEqual(contents.distro, { id: 'windows', versionId: '10.0.20348.2762', idLike: [], prettyName: 'Windows Server 2022 Datacenter' });
  assert.deepEqual(summary(contents), expected);
  assert.equal(contents.packages.find(({ name }) => name === 'left')?.files[0], 'app/node_modules/right/package.json');
  const paths = entries.map((entry) => entry.path as string);
  assert.ok(paths.includes('Windows/System32/ntoskrnl.exe') && paths.includes('Hives/Software_Base') && paths.includes('Files/Hives/Software_Base'));
  assert.ok(!paths.some((name) => /^UtilityVM|^Files$|^Files\/(?!Hives)/.test(name)), paths.join('\n'));
});

test('the same of an archive that passes by, where only the layers themselves tell that they are of Windows', async (t) => {
  const archive = gzipSync(buildTar(toDockerArchive(buildImage(spec(base, update, application, removal)))));
  assert.deepEqual(summary(await readArchive(t, archive)), expected);
});

test('layers without Windows attributes, of an image that says it is of Windows', async (t) => {
  const bare = application.filter(({ type }) => type !== 'directory');
  const contents = await readArchive(t, buildTar(toDockerArchive(buildImage(spec(bare)))));
  assert.ok(contents.packages.some(({ files }) => files[0] === 'app/node_modules/left/package.json'));
});

test('a folder called Files in a Linux image is a folder', async (t) => {
  const files: readonly TarFile[] = [{ path: 'Files/node_modules/a/package.json', content: '{"name":"a","version":"1.0.0"}' }];
  const contents = await readArchive(t, buildTar(toDockerArchive(buildImage({ layers: [{ files }] }))));
  assert.deepEqual(contents.packages[0]?.files, ['Files/node_modules/a/package.json']);
});

test('base layers that were not saved are named, the rest is read, and the platform tells the build', async (t) => {
  const foreign = 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip';
  const directory = temporaryDirectory(t);
  const built = buildImage({
    ...spec(base, application),
    layers: [{ files: base, mediaType: foreign, urls: ['https://mcr.microsoft.com/v2/windows/servercore/blobs/x'] }, { files: application }],
    osVersion: '10.0.20348.2700',
  });
  const [missing] = built.layers;
  writeFiles(
    directory,
    toOciLayout(built).filter(({ path: name }) => name !== `blobs/${missing?.digest.replace(':', '/') ?? ''}`),
  );
  const contents = await readImage(await openImagePath(directory), { analyzers, detectors: [] });
  assert.deepEqual(
    contents.problems.map(({ code, layer }) => [code, layer]),
    [['missing-layer', 0]],
  );
  assert.match(contents.problems[0]?.message ?? '', /layer 1 of 2 .*base layer of Windows.*mcr\.microsoft\.com/);
  assert.deepEqual(contents.distro, { id: 'windows', versionId: '10.0.20348.2700', idLike: [], prettyName: 'Windows Server 2022' });
  assert.equal(contents.layers[0]?.mediaType, foreign);
  assert.deepEqual(
    contents.packages.map(({ name }) => name),
    ['Web Server', 'git.install', 'left', 'left'],
  );
});

test('what a layer uninstalls is gone, and what it installs anew under the same key is told once', async (t) => {
  const program = (name: string, version: string) => ({ DisplayName: name, DisplayVersion: version });
  const uninstall = (keys: readonly HiveKeySpec[]): Uint8Array => {
    const path = ['Microsoft', 'Windows', 'CurrentVersion'];
    return buildHive({
      name: 'ROOT',
      keys: [path.reduceRight<HiveKeySpec>((below, name) => ({ name, keys: [below] }), { name: 'Uninstall', keys })],
    });
  };
  const delta = (keys: readonly HiveKeySpec[]): readonly TarFile[] => [folder('Hives'), { path: 'Hives/Software_Delta', content: uninstall(keys) }];
  const bottom = [
    folder('Files'),
    { path: 'Hives/Software_Base', content: buildSoftwareHive({ programs: { A: program('A', '1'), B: program('B', '1'), C: program('C', '1') } }) },
  ];
  const contents = await readArchive(
    t,
    buildTar(
      toDockerArchive(
        buildImage(
          spec(
            bottom,
            delta([
              { name: 'a', deleted: true },
              { name: 'B', values: program('B', '2') },
              { name: 'D', values: program('D', '1') },
            ]),
            delta([{ name: 'D', deleted: true }]),
            delta([{ name: 'A', values: program('A', '3') }]),
          ),
        ),
      ),
    ),
  );
  assert.deepEqual(
    contents.packages.map(({ name, version, layer }) => [name, version, layer]),
    [
      ['A', '3', 3],
      ['B', '2', 1],
      ['C', '1', 0],
    ],
  );
});
