import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { parseNixStoreName } from '../../src/foundation/formats/nix-store.ts';
import { analyzers } from '../../src/image/inventory/analyzers.generated.ts';
import { readImage } from '../../src/image/read-image.ts';
import { openRootDirectory } from '../../src/image/sources/root-directory.ts';
import { needs } from '../setup/needs.ts';
import { buildTar } from '../support/tar-builder.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

/** Package managers of other distributions than this machine's, asked about what they themselves installed. */

const PACKAGES = [
  { name: 'plain', version: '1.0-1', more: '', file: 'usr/lib/node_modules/plain/package.json' },
  {
    name: 'with-epoch',
    version: '2:1.0.r3.gabcdef-2',
    more: 'license = MIT\nlicense = custom:x\ndepend = plain>=1\ndepend = none',
    file: 'usr/bin/x',
  },
  { name: 'lib.with_odd+name', version: '20240101-1.1', more: 'pkgbase = split', file: 'usr/lib/libx.so' },
];

const options = process.getuid?.() === 0 ? needs('pacman') : { skip: 'only root may install with pacman' };
test('pacman: the packages that pacman -Q lists', options, async (t) => {
  const directory = temporaryDirectory(t);
  const root = path.join(directory, 'root');
  mkdirSync(path.join(root, 'var/lib/pacman'), { recursive: true });
  const files = PACKAGES.map(({ name, version, more, file }) => {
    const info = `pkgname = ${name}\npkgver = ${version}\npkgdesc = x\nbuilddate = 1700000000\npackager = Unknown Packager\nsize = 1\narch = x86_64\n${more}\n`;
    const target = path.join(directory, `${name}.pkg.tar`);
    writeFileSync(
      target,
      buildTar([
        { path: '.PKGINFO', content: info },
        { path: file, content: JSON.stringify({ name, version: '1.0.0' }) },
      ]),
    );
    return target;
  });
  const pacman = (...args: readonly string[]): string =>
    execFileSync('pacman', ['--root', root, '--dbpath', `${root}/var/lib/pacman`, '--config', '/dev/null', ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  pacman('-U', '--noconfirm', '--nodeps', '--nodeps', ...files);
  const { packages, problems } = await readImage(openRootDirectory(root), { analyzers, detectors: [] });
  const installed = packages.filter(({ type }) => type === 'alpm');
  assert.deepEqual(
    installed.map(({ name, version }) => `${name} ${version}`),
    pacman('-Q').trim().split('\n').sort(),
  );
  assert.deepEqual(
    installed.map(({ sourcePackage, licenses, dependencies, thirdParty }) => [sourcePackage?.name, licenses, dependencies, thirdParty]),
    [
      ['split', undefined, undefined, true],
      [undefined, undefined, undefined, true],
      [undefined, ['MIT', 'custom:x'], ['plain', 'none'], true],
    ],
  );
  assert.deepEqual(
    packages.filter(({ type }) => type === 'npm').map(({ name, broughtBy }) => [name, broughtBy]),
    [['plain', 'plain']],
  );
  assert.deepEqual(problems, []);
});

test('Nix: names of its store are taken apart as Nix does', needs('nix'), () => {
  const names = [
    'hello-2.12.1',
    'bash-5.2p26',
    'python3.11-requests-2.31.0',
    'nss-cacert-3.98',
    'foo-unstable-2023-01-01',
    'libX11-1.8.7',
    'glibc-2.39-52',
    'perl5.38.2-URI-5.21',
    'gcc-wrapper-13.2.0',
    'x-1',
    'source',
    'system-path',
  ];
  const printed = execFileSync(
    'nix-instantiate',
    [
      '--eval',
      '--strict',
      '--json',
      '--store',
      'dummy://',
      '-E',
      `map builtins.parseDrvName [ ${names.map((name) => JSON.stringify(name)).join(' ')} ]`,
    ],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const expected = (JSON.parse(printed) as { name: string; version: string }[]).map(({ name, version }) =>
    version === '' ? undefined : { name, version },
  );
  assert.deepEqual(
    names.map((name) => parseNixStoreName(`${'0'.repeat(32)}-${name}`)),
    expected,
  );
});
