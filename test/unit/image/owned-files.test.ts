import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { analyzers } from '../../../src/image/inventory/analyzers.generated.ts';
import { readImage } from '../../../src/image/read-image.ts';
import { openImagePath } from '../../../src/image/sources/open.ts';
import { buildImage, toDockerArchive } from '../../support/image-builder.ts';
import { buildTar } from '../../support/tar-builder.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const lock = (name: string): string => JSON.stringify({ lockfileVersion: 3, packages: { [`node_modules/${name}`]: { version: '1.0.0' } } });

test('what the distribution owns is not told again, be it a package or a lock file that came with one', async (t) => {
  const owned = ['/usr/lib/node_modules/a/package.json', '/usr/share/nodejs/a/npm-shrinkwrap.json', '/var/lib/dpkg/status'];
  const file = path.join(temporaryDirectory(t), 'image.tar');
  const files = [
    { path: 'var/lib/dpkg/status', content: 'Package: node-a\nStatus: install ok installed\nVersion: 1-1\nArchitecture: all\n' },
    { path: 'var/lib/dpkg/info/node-a.list', content: `${owned.join('\n')}\n` },
    { path: 'usr/lib/node_modules/a/package.json', content: '{"name":"a","version":"1.0.0"}' },
    { path: 'usr/share/nodejs/a/npm-shrinkwrap.json', content: lock('of-the-distribution') },
    { path: 'app/package-lock.json', content: lock('of-the-application') },
  ];
  writeFileSync(file, buildTar(toDockerArchive(buildImage({ layers: [{ files }] }))));
  const { packages } = await readImage(await openImagePath(file), { analyzers, detectors: [] });
  assert.deepEqual(
    packages.map(({ type, name }) => `${type} ${name}`),
    ['deb node-a', 'npm of-the-application'],
  );
});
