import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import test, { type TestContext } from 'node:test';
import { analyzers } from '../../../src/image/inventory/analyzers.generated.ts';
import { readImage } from '../../../src/image/read-image.ts';
import { openImagePath } from '../../../src/image/sources/open.ts';
import { buildImage, toDockerArchive } from '../../support/image-builder.ts';
import { buildBerkeleyDb, buildPackageHeader } from '../../support/rpm-builder.ts';
import type { TarFile } from '../../support/tar-builder.ts';
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

/** Returns what is listed of an image of one layer: type, name, whether others built it, and who brought it. */
async function list(t: TestContext, files: readonly TarFile[]): Promise<string[]> {
  const file = path.join(temporaryDirectory(t), 'image.tar');
  writeFileSync(file, buildTar(toDockerArchive(buildImage({ layers: [{ files }] }))));
  const { packages } = await readImage(await openImagePath(file), { analyzers, detectors: [] });
  return packages.map(({ type, name, thirdParty, broughtBy }) =>
    [type, name, ...(thirdParty === true ? ['of others'] : []), ...(broughtBy === undefined ? [] : [`from ${broughtBy}`])].join(' '),
  );
}

const library = (name: string, folder: string): TarFile => ({
  path: `${folder}/node_modules/${name}/package.json`,
  content: JSON.stringify({ name, version: '1.0.0' }),
});

test('dpkg: a library in a package of somebody else is told, and whose it is', async (t) => {
  const stanza = (name: string, maintainer: string, more = ''): string =>
    `Package: ${name}\nStatus: install ok installed\nSection: web\nVersion: 1-1\nArchitecture: all\nMaintainer: ${maintainer}\n${more}\n`;
  const files: TarFile[] = [
    {
      path: 'var/lib/dpkg/status',
      content: [
        stanza('grafana', 'a <a@example.com>', 'Vendor: Grafana\n'),
        stanza('node-own', 'Debian Javascript Maintainers <pkg-javascript-devel@lists.alioth.debian.org>'),
        stanza('gitlab', 'a <a@example.com>'),
        stanza('nodejs', 'A Person <person@nodesource.com>'),
      ].join(''),
    },
    { path: 'var/lib/dpkg/info/grafana.list', content: '/.\n/usr/share/grafana/node_modules/g/package.json\n' },
    { path: 'var/lib/dpkg/info/node-own.list', content: '/usr/share/nodejs/node_modules/own/package.json\n/opt\n' },
    { path: 'var/lib/dpkg/info/gitlab.list', content: '/opt\n/opt/gitlab\n/usr/share/gl/node_modules/gl/package.json\n' },
    { path: 'var/lib/dpkg/info/nodejs:amd64.list', content: '/usr/lib/node_modules/npm/package.json\n' },
    library('g', 'usr/share/grafana'),
    library('own', 'usr/share/nodejs'),
    library('gl', 'usr/share/gl'),
    library('npm', 'usr/lib'),
    library('mine', 'app'),
  ];
  assert.deepEqual(await list(t, files), [
    'deb gitlab',
    'deb grafana of others',
    'deb node-own',
    'deb nodejs of others',
    'npm g from grafana',
    'npm gl from gitlab',
    'npm mine',
    'npm npm from nodejs',
  ]);
});

test('apk: a package that the distribution would not have built', async (t) => {
  const block = (name: string, commit: string, folder: string): string =>
    `P:${name}\nV:1-r0\n${commit}F:${folder}/node_modules/${name}\nR:package.json\n\n`;
  const files: TarFile[] = [
    {
      path: 'lib/apk/db/installed',
      content: [
        block('own', 'c:abc\n', 'usr/lib'),
        block('other', 'c:def\n', 'usr/share'),
        block('in-opt', 'c:abc\n', 'opt/x'),
        block('uncommitted', '', 'usr/share'),
      ].join(''),
    },
    library('own', 'usr/lib'),
    library('other', 'usr/share'),
    library('in-opt', 'opt/x'),
    library('uncommitted', 'usr/share'),
  ];
  assert.deepEqual(await list(t, files), [
    'apk in-opt of others',
    'apk other',
    'apk own',
    'apk uncommitted of others',
    'npm in-opt from in-opt',
    'npm uncommitted from uncommitted',
  ]);
});

test('rpm: a package of another vendor than the distribution', async (t) => {
  const header = (name: string, vendor: string): Uint8Array =>
    buildPackageHeader(name, '1', '1', { 1011: vendor, 1116: [0], 1117: ['package.json'], 1118: [`/usr/lib/node_modules/${name}/`] });
  const headers = [header('a', 'AlmaLinux'), header('b', 'AlmaLinux'), header('x', 'Example Corp'), header('y', 'Red Hat, Inc.')];
  const files: TarFile[] = [
    { path: 'var/lib/rpm/Packages', content: buildBerkeleyDb(headers) },
    ...['a', 'b', 'x', 'y'].map((name) => library(name, 'usr/lib')),
  ];
  assert.deepEqual(await list(t, files), ['npm x from x', 'rpm a', 'rpm b', 'rpm x of others', 'rpm y']);
});

test('pacman: a package that nobody of the distribution signed', async (t) => {
  const folder = (name: string): string => `var/lib/pacman/local/${name}-1-1`;
  const files = Object.entries({
    own: '%VALIDATION%\npgp\n\n%PACKAGER%\na <a@example.com>\n\n',
    unchecked: '%VALIDATION%\nnone\n\n%PACKAGER%\na <a@archlinux.org>\n\n',
    old: '',
    aur: '%VALIDATION%\nnone\n\n%PACKAGER%\nUnknown Packager\n\n',
  }).flatMap(([name, more]): TarFile[] => [
    { path: `${folder(name)}/desc`, content: `%NAME%\n${name}\n\n%VERSION%\n1-1\n\n${more}` },
    { path: `${folder(name)}/files`, content: `%FILES%\nusr/lib/node_modules/${name}/package.json\n\n` },
    library(name, 'usr/lib'),
  ]);
  assert.deepEqual(await list(t, files), ['alpm aur of others', 'alpm old', 'alpm own', 'alpm unchecked', 'npm aur from aur']);
});
