import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { gunzipSync } from 'node:zlib';
import { analyzers } from '../../src/image/inventory/analyzers.generated.ts';
import type { ImageContents } from '../../src/image/read-image.ts';
import { readImage } from '../../src/image/read-image.ts';
import { openImagePath } from '../../src/image/sources/open.ts';
import { buildImage, toDockerArchive, toHybridArchive, toOciLayout } from '../support/image-builder.ts';
import { needsSharedData, sharedData } from '../support/shared-data.ts';
import { buildTar } from '../support/tar-builder.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

/** Real root file systems in images of every form, their packages against what the distribution's own tool prints. */

const MAX_BUFFER = 1 << 30;

function has(command: string): boolean {
  return (process.env.PATH ?? '').split(path.delimiter).some((folder) => existsSync(path.join(folder, command)));
}

function needs(data: string, ...commands: string[]): { skip: string | false } {
  const lacking = commands.filter((command) => !has(command));
  return lacking.length > 0 ? { skip: `not installed here: ${lacking.join(', ')}` } : needsSharedData(data);
}

/** Returns a root file system's uncompressed tar. */
function loadTar(data: string): Uint8Array {
  const file = sharedData(data) ?? '';
  return file.endsWith('.xz') ? execFileSync('xz', ['-dc', file], { maxBuffer: MAX_BUFFER }) : gunzipSync(readFileSync(file));
}

async function scan(directory: string, files: Parameters<typeof buildTar>[0]): Promise<ImageContents> {
  const file = path.join(directory, 'image.tar');
  writeFileSync(file, buildTar(files));
  return readImage(await openImagePath(file), { analyzers, detectors: [] });
}

/** A distribution's own packages are none of somebody else. */
function assertAllOwn({ packages }: ImageContents): void {
  assert.deepEqual(
    packages.filter(({ thirdParty }) => thirdParty === true).map(({ name }) => name),
    [],
  );
}

function namesOf({ packages }: ImageContents): string[] {
  return packages.filter(({ type }) => type === 'deb' || type === 'apk').map(({ name, version }) => `${name} ${version}`);
}

for (const name of ['debian-12.tar.xz', 'debian-11-lite.tar.xz', 'ubuntu-22.04.tar.xz', 'ubuntu-20.04-lite.tar.xz']) {
  test(`${name}: the packages that dpkg-query lists`, needs(`rootfs/${name}`, 'xz', 'tar', 'dpkg-query'), async (t) => {
    const directory = temporaryDirectory(t);
    const tar = loadTar(`rootfs/${name}`);
    execFileSync('tar', ['-x', '-C', directory, '--wildcards', '*var/lib/dpkg/*'], { input: tar });
    const printed = execFileSync('dpkg-query', [`--admindir=${directory}/var/lib/dpkg`, '-W', '-f', '${Package} ${Version}\n'], { encoding: 'utf8' });
    const image = buildImage({ layers: [{ files: tar, compression: 'gzip' }] });
    const contents = await scan(directory, toOciLayout(image));
    assert.deepEqual(namesOf(contents).sort(), printed.trim().split('\n').sort());
    assert.deepEqual(contents.problems, []);
    assert.equal(contents.distro?.id, name.split('-')[0]);
    assert.equal(contents.packages.length, namesOf(contents).length, 'language packages that dpkg owns are not told twice');
    assertAllOwn(contents);
  });
}

for (const name of ['alpine-3.10.3.tar.gz', 'alpine-3.14.10.tar.gz', 'alpine-3.18.9.tar.gz', 'alpine-3.20.3.tar.gz']) {
  const options = process.getuid?.() === 0 ? needs(`rootfs/${name}`, 'tar', 'chroot') : { skip: 'only root may chroot to run apk' };
  test(`${name}: the packages that apk info lists`, options, async (t) => {
    const directory = temporaryDirectory(t);
    const tar = loadTar(`rootfs/${name}`);
    const root = path.join(directory, 'root');
    mkdirSync(root);
    execFileSync('tar', ['-x', '-C', root], { input: tar });
    const printed = execFileSync('chroot', [root, '/sbin/apk', 'info', '-v'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const image = buildImage({ layers: [{ files: tar, compression: 'zstd' }] });
    for (const files of [toDockerArchive(image), toHybridArchive(image)]) {
      const contents = await scan(directory, files);
      assert.deepEqual(
        namesOf(contents)
          .map((line) => line.replace(' ', '-'))
          .sort(),
        printed.trim().split('\n').sort(),
      );
      assert.deepEqual(contents.problems, []);
      assertAllOwn(contents);
      assert.deepEqual([contents.distro?.id, contents.distro?.versionId], ['alpine', /alpine-(.*)\.tar/.exec(name)?.[1]]);
    }
  });
}

for (const [name, versionId] of [
  ['almalinux-8-micro-s390x-20231122.tar.xz', '8.9'],
  ['almalinux-9-micro-aarch64-20220901.tar.xz', '9.0'],
] as const) {
  test(`${name}: the packages that rpm lists`, needs(`rootfs/${name}`, 'xz', 'tar', 'rpm'), async (t) => {
    const directory = temporaryDirectory(t);
    const tar = loadTar(`rootfs/${name}`);
    execFileSync('tar', ['-x', '-C', directory, '--wildcards', '*var/lib/rpm/*'], { input: tar });
    const contents = await scan(directory, toOciLayout(buildImage({ layers: [{ files: tar, compression: 'zstd' }] })));
    const lines = contents.packages.map(({ type, name: own, version, architecture }) => `${type} ${own} ${version} ${architecture ?? ''}`);
    // Imported keys are no packages: see how-to-add-an-analyzer.md.
    const printed = queryRpm(`${directory}/var/lib/rpm`, 'rpm %{NAME} %{EPOCHNUM}:%{VERSION}-%{RELEASE} %{ARCH}').filter(
      (line) => !line.includes(' gpg-pubkey '),
    );
    assert.deepEqual(lines.sort(), printed.map((line) => line.replace(' 0:', ' ')).sort());
    assert.deepEqual(contents.problems, []);
    assertAllOwn(contents);
    assert.deepEqual([contents.distro?.id, contents.distro?.versionId], ['almalinux', versionId]);
  });
}

/** Returns what rpm itself prints of each package of a database. */
function queryRpm(database: string, format: string): string[] {
  return execFileSync('rpm', ['--dbpath', database, '-qa', '--queryformat', `${format}\n`], { encoding: 'utf8' })
    .trim()
    .split('\n');
}

test('busybox-musl.tar.gz: no packages, and a distribution that is busybox', needs('rootfs/busybox-musl.tar.gz'), async (t) => {
  const tar = loadTar('rootfs/busybox-musl.tar.gz');
  const { packages, problems, distro } = await scan(temporaryDirectory(t), toDockerArchive(buildImage({ layers: [{ files: tar }] })));
  assert.deepEqual([packages.filter(({ type }) => type !== 'generic'), problems], [[], []]);
  assert.equal(distro?.id, 'busybox');
  assert.match(distro.versionId, /^1\.\d+\.\d+$/);
});

test('an archive that docker save wrote', needsSharedData('rootfs/docker-archive-alpine-3.10.tar.gz'), async (t) => {
  const packed = sharedData('rootfs/docker-archive-alpine-3.10.tar.gz') ?? '';
  const unpacked = path.join(temporaryDirectory(t), 'image');
  writeFileSync(unpacked, gunzipSync(readFileSync(packed)));
  const [streamed, inPlace] = await Promise.all(
    [packed, unpacked].map(async (file) => readImage(await openImagePath(file), { analyzers, detectors: [] })),
  );
  assert.ok(streamed && inPlace);
  assert.deepEqual(streamed.packages, inPlace.packages);
  assert.deepEqual([inPlace.source.reference, inPlace.packages.length, inPlace.problems], ['alpine:3.10', 14, []]);
  assert.equal(inPlace.layers[0]?.createdBy?.includes('ADD file'), true);
});
