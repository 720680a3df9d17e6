import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { buildStarterStore, formatTable, MAX_STARTER_STORE_BYTES, parseTable } from '../../../scripts/build-advisories.ts';
import { matchPackages } from '../../../src/advisories/matching/match.ts';
import { openAdvisoryStore } from '../../../src/advisories/store/bolt-store.ts';
import type { Purl } from '../../../src/foundation/model/brand.ts';
import type { Distro } from '../../../src/foundation/model/image.ts';
import type { InstalledPackage, PackageType } from '../../../src/foundation/model/package.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const data = path.join(import.meta.dirname, '../../../data');
const tables = readdirSync(data).filter((name) => name.endsWith('.tsv'));

test('every table names its source and date, and is sorted without repeats', () => {
  assert.ok(tables.length > 15);
  for (const name of tables) {
    const text = readFileSync(path.join(data, name), 'utf8');
    const { meta, rows } = parseTable(name, text);
    assert.ok(meta.get('source'), name);
    const header = text.split('\n').find((line) => !line.startsWith('#')) ?? '';
    assert.equal(formatTable(meta, header.split('\t'), rows), text, `${name} is as the script writes it`);
    assert.equal(
      new Set(rows.map((row) => row.slice(0, name === 'vulnerabilities.tsv' ? 1 : 2).join('\t'))).size,
      rows.length,
      `${name} has no repeats`,
    );
  }
});

test('compiles to the same bytes each time, small enough to ship', () => {
  const bytes = buildStarterStore();
  assert.ok(bytes.length <= MAX_STARTER_STORE_BYTES);
  assert.deepEqual(buildStarterStore(), bytes);
});

test('a table that is not as its header says is refused', () => {
  assert.throws(() => parseTable('x.tsv', '# as-of: 2026-01-01\na\tb\n1\t2\t3\n'), /record 1 has not 2 columns/);
  assert.throws(() => parseTable('x.tsv', 'a\tb\n1\t2\n'), /as-of/);
});

const cases: readonly (readonly [type: PackageType, name: string, version: string, distro: Distro | undefined, id: string, fixedVersion: string])[] =
  [
    ['deb', 'glibc', '2.36-9+deb12u1', { id: 'debian', versionId: '12', idLike: [] }, 'CVE-2023-4911', '2.36-9+deb12u3'],
    ['deb', 'openssl', '1.1.1n-0+deb11u3', { id: 'debian', versionId: '11', idLike: [] }, 'CVE-2023-0286', '1.1.1n-0+deb11u4'],
    ['deb', 'openssl', '3.0.2-0ubuntu1', { id: 'ubuntu', versionId: '22.04', idLike: ['debian'] }, 'CVE-2022-3602', '3.0.2-0ubuntu1.7'],
    ['deb', 'gnutls28', '3.6.13-2ubuntu1', { id: 'ubuntu', versionId: '20.04', idLike: ['debian'] }, 'CVE-2020-13777', '3.6.13-2ubuntu1.1'],
    ['apk', 'openssl', '1.1.1d-r0', { id: 'alpine', versionId: '3.10.3', idLike: [] }, 'CVE-2020-1967', '1.1.1g-r0'],
    ['apk', 'openssl', '3.3.2-r0', { id: 'alpine', versionId: '3.20.3', idLike: [] }, 'CVE-2024-9143', '3.3.2-r1'],
    ['npm', 'lodash', '4.17.20', undefined, 'CVE-2021-23337', '4.17.21'],
    ['npm', 'minimist', '1.2.5', undefined, 'CVE-2021-44906', '1.2.6'],
    ['pypi', 'Jinja2', '2.11.2', undefined, 'CVE-2020-28493', '2.11.3'],
    ['pypi', 'PyYAML', '5.3.1', undefined, 'CVE-2020-14343', '5.4'],
    ['pypi', 'requests', '2.30.0', undefined, 'CVE-2023-32681', '2.31.0'],
  ];

test('finds what outdated images of each kind have', (t) => {
  const file = path.join(temporaryDirectory(t), 'advisories.db');
  writeFileSync(file, buildStarterStore());
  const store = openAdvisoryStore(file);
  t.after(() => {
    store.close();
  });
  assert.match(store.used.source, /^starter set \(Alpine to \d{4}-\d\d-\d\d, Debian to /);
  assert.equal(store.used.full, false);
  assert.ok(!Number.isNaN(Date.parse(store.used.builtAt)));
  for (const [type, name, version, distro, id, fixedVersion] of cases) {
    const installed: InstalledPackage = { purl: `pkg:${type}/${name}@${version}` as Purl, type, name, version, files: [], layer: 0 };
    const match = (candidate: InstalledPackage) =>
      matchPackages({ packages: [candidate], ...(distro === undefined ? {} : { distro }), store, now: new Date('2027-01-01') });
    const { vulnerabilities, problems } = match(installed);
    assert.deepEqual(problems, []);
    assert.equal(vulnerabilities.find((found) => found.id === id)?.fixedVersion, fixedVersion, `${name} ${version} ${id}`);
    assert.ok(
      !match({ ...installed, version: fixedVersion }).vulnerabilities.some((found) => found.id === id),
      `${name} ${fixedVersion} has no ${id}`,
    );
  }
});
