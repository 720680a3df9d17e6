import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import test, { type TestContext } from 'node:test';
import { analyzers } from '../../../src/image/inventory/analyzers.generated.ts';
import { readImage } from '../../../src/image/read-image.ts';
import { openImagePath } from '../../../src/image/sources/open.ts';
import { buildImage, toDockerArchive } from '../../support/image-builder.ts';
import type { TarFile } from '../../support/tar-builder.ts';
import { buildTar } from '../../support/tar-builder.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

async function licensesOf(t: TestContext, ...layers: readonly (readonly TarFile[])[]): Promise<unknown> {
  const file = path.join(temporaryDirectory(t), 'image.tar');
  writeFileSync(file, buildTar(toDockerArchive(buildImage({ layers: layers.map((files) => ({ files })) }))));
  const { packages, problems } = await readImage(await openImagePath(file), { analyzers, detectors: [] });
  assert.deepEqual(problems, []);
  return Object.fromEntries(packages.map(({ name, licenses }) => [name, licenses]));
}

const status: TarFile = {
  path: 'var/lib/dpkg/status',
  content: ['gcc-12-base', 'libstdc++6', 'zlib1g']
    .map((name) => `Package: ${name}\nStatus: install ok installed\nSection: libs\nMaintainer: A <a@debian.org>\nVersion: 1\nArchitecture: amd64\n\n`)
    .join(''),
};
const copyright = (name: string, license: string): TarFile => ({
  path: `usr/share/doc/${name}/copyright`,
  content: `Format: x\n\nLicense: ${license}\n`,
});
const base = [
  status,
  copyright('gcc-12-base', 'GPL-3+'),
  copyright('zlib1g', 'Zlib'),
  { path: 'usr/share/doc/libstdc++6', type: 'symlink', linkTarget: 'gcc-12-base' } as const,
];

test('licences come from the documentation, also through the link of a folder', async (t) => {
  assert.deepEqual(await licensesOf(t, base), { 'gcc-12-base': ['GPL-3+'], 'libstdc++6': ['GPL-3+'], zlib1g: ['Zlib'] });
});

test('the file of the highest layer counts, and one that was deleted does not', async (t) => {
  const above = [copyright('zlib1g', 'Zlib and MIT'), { path: 'usr/share/doc/gcc-12-base/.wh.copyright' }];
  assert.deepEqual(await licensesOf(t, base, above), { 'gcc-12-base': undefined, 'libstdc++6': undefined, zlib1g: ['Zlib and MIT'] });
});

test('an image without documentation says nothing of licences', async (t) => {
  assert.deepEqual(await licensesOf(t, base, [{ path: 'usr/share/.wh.doc' }]), {
    'gcc-12-base': undefined,
    'libstdc++6': undefined,
    zlib1g: undefined,
  });
});
