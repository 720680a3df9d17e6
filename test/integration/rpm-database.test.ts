import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import test, { type TestContext } from 'node:test';
import type { ImagePath } from '../../src/foundation/model/brand.ts';
import { analyzers } from '../../src/image/inventory/analyzers.generated.ts';
import type { AnalyzedRecords } from '../../src/image/inventory/analyzer.ts';
import { needs } from '../setup/needs.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

/** Databases that the rpm of this machine writes, in the formats that it was built with, against what it prints of them. */

const SPECS = [
  { name: 'plain', tags: 'Version: 1.0\nRelease: 1', files: ['/usr/share/plain/a', '/usr/share/plain/b'] },
  {
    name: 'with-epoch',
    tags: 'Version: 2.0\nRelease: 3.el9\nEpoch: 7\nVendor: Somebody, Inc.\nRequires: plain >= 1, needed-by-none\nProvides: virtual',
    files: ['/opt/x'],
  },
  {
    name: 'zero-epoch',
    tags: 'Version: 2.0\nRelease: 3.el9\nEpoch: 0\nModularityLabel: nodejs:18:8060020220523155437:ad008a3a\nRequires: virtual',
    files: [],
  },
  {
    name: 'many',
    tags: 'Version: 1\nRelease: 1',
    files: Array.from({ length: 3000 }, (_, index) => `/usr/lib/many/a-rather-long-file-name-${index}`),
  },
];

function buildPackages(directory: string): string[] {
  for (const { name, tags, files } of SPECS) {
    const build = files.map((file) => `mkdir -p %{buildroot}${path.dirname(file)}\n: > %{buildroot}${file}`).join('\n');
    const spec = `Name: ${name}\nSummary: x\nLicense: MIT and ${name}\nBuildArch: noarch\n${tags}\n%description\nx\n%install\n${build}\n%files\n${files.join('\n')}\n`;
    const file = path.join(directory, `${name}.spec`);
    writeFileSync(file, spec);
    execFileSync('rpmbuild', ['-bb', '--define', `_topdir ${directory}/build`, file], { stdio: 'ignore' });
  }
  const folder = path.join(directory, 'build', 'RPMS', 'noarch');
  return readdirSync(folder).map((file) => path.join(folder, file));
}

function readDatabase(folder: string): AnalyzedRecords {
  for (const file of readdirSync(folder)) {
    const wanted = `var/lib/rpm/${file}` as ImagePath;
    const analyzer = analyzers.find((candidate) => candidate.wants(wanted));
    if (analyzer === undefined) continue;
    const { value, problems } = analyzer.analyze({ path: wanted, bytes: readFileSync(path.join(folder, file)) });
    assert.deepEqual(problems, []);
    return value;
  }
  throw new Error(`no analyzer wants a file of ${folder}`);
}

function writeAndCompare(t: TestContext, backend: string, packages: readonly string[]): void {
  const folder = temporaryDirectory(t);
  const rpm = (...args: string[]): string =>
    execFileSync('rpm', ['--define', `_db_backend ${backend}`, '--dbpath', folder, ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  rpm('--initdb');
  if (readdirSync(folder).every((file) => file.startsWith('.'))) {
    t.skip(`the rpm of this machine does not write ${backend}`);
    return;
  }
  rpm('--install', '--justdb', '--nodeps', '--ignorearch', ...packages);
  rpm('--erase', '--justdb', '--nodeps', 'plain');
  rpm('--install', '--justdb', '--nodeps', '--ignorearch', ...packages.filter((file) => file.includes('plain')));
  const value = readDatabase(folder);
  const printed = rpm('-qa', '--queryformat', '%{NAME} %{EPOCHNUM}:%{VERSION}-%{RELEASE} %{ARCH} %{VENDOR} %{LICENSE} %{MODULARITYLABEL}\\n');
  const found = value.packages?.map(
    ({ name, version, architecture, vendor, licenses, modularityLabel }) =>
      `${name} ${version.includes(':') ? '' : '0:'}${version} ${architecture ?? '(none)'} ${vendor ?? '(none)'} ${licenses?.join() ?? '(none)'} ${modularityLabel ?? '(none)'}`,
  );
  assert.deepEqual(found?.sort(), printed.trim().split('\n').sort());
  const vendorPaths = [...(value.vendorPaths ?? [])];
  assert.deepEqual(vendorPaths, [['opt/x', 'with-epoch']], 'the one package of another vendor than most');
  assert.deepEqual(
    [...(value.ownedPaths ?? []), ...vendorPaths.map(([file]) => file)].map((file) => `/${file}`).sort(),
    rpm('-qal')
      .trim()
      .split('\n')
      .filter((line) => line.startsWith('/'))
      .sort(),
  );
  assert.deepEqual(
    Object.fromEntries(value.packages?.flatMap(({ name, dependencies }) => (dependencies === undefined ? [] : [[name, dependencies]])) ?? []),
    { 'with-epoch': ['plain'], 'zero-epoch': ['with-epoch'] },
  );
}

test('databases that rpm writes', needs('rpm'), async (t) => {
  const packages = buildPackages(temporaryDirectory(t));
  for (const backend of ['sqlite', 'ndb']) {
    await t.test(backend, (inner) => {
      writeAndCompare(inner, backend, packages);
    });
  }
});
