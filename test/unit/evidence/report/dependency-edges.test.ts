import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { resolveDependencies } from '../../../../src/evidence/report/dependency-edges.ts';
import type { InstalledPackage } from '../../../../src/foundation/model/package.ts';
import { installed } from '../bill-report.ts';

const edgesOf = (packages: readonly InstalledPackage[]): object => Object.fromEntries(resolveDependencies(packages));

const npm = (
  name: string,
  version: string,
  file: string,
  dependencies: readonly string[] = [],
  rest: Partial<InstalledPackage> = {},
): InstalledPackage => installed('npm', `pkg:npm/${name}@${version}`, name, file, { dependencies, ...rest });

test('npm: as Node.js looks for them, folder by folder upwards', () => {
  assert.deepEqual(
    edgesOf([
      npm('a', '1', 'app/node_modules/a/package.json', ['b', 'c', 'not-there']),
      npm('b', '2', 'app/node_modules/a/node_modules/b/package.json', ['c', 'b']),
      npm('b', '1', 'app/node_modules/b/package.json', ['a']),
      npm('c', '1', 'app/node_modules/c/package.json', ['b', 'real']),
      npm('real-name', '3', 'node_modules/real/package.json', ['a']),
      npm('d', '1', 'other/node_modules/d/package.json', ['b']),
    ]),
    {
      'pkg:npm/a@1': ['pkg:npm/b@2', 'pkg:npm/c@1'],
      'pkg:npm/b@1': ['pkg:npm/a@1'],
      'pkg:npm/b@2': ['pkg:npm/c@1'],
      'pkg:npm/c@1': ['pkg:npm/b@1', 'pkg:npm/real-name@3'],
    },
  );
});

test('npm: below a store, whose links are not seen, by name in that store', () => {
  assert.deepEqual(
    edgesOf([
      npm('a', '1', 'app/node_modules/.pnpm/a@1/node_modules/a/package.json', ['b', '@x/c']),
      npm('b', '1', 'app/node_modules/.pnpm/b@1/node_modules/b/package.json'),
      npm('b', '2', 'app/node_modules/.pnpm/b@2/node_modules/b/package.json'),
      npm('@x/c', '1', 'app/node_modules/.pnpm/@x+c@1/node_modules/@x/c/package.json'),
      npm('b', '3', 'else/node_modules/.pnpm/b@3/node_modules/b/package.json'),
    ]),
    { 'pkg:npm/a@1': ['pkg:npm/@x/c@1', 'pkg:npm/b@1', 'pkg:npm/b@2'] },
  );
});

test('what a lock file names is in that lock file', () => {
  const declaredOnly = { declaredOnly: true } as const;
  assert.deepEqual(
    edgesOf([
      npm('a', '1', 'one/package-lock.json', ['b', 'c'], declaredOnly),
      npm('b', '1', 'one/package-lock.json', [], declaredOnly),
      npm('b', '2', 'two/package-lock.json', [], declaredOnly),
      npm('c', '1', 'two/package-lock.json', [], declaredOnly),
    ]),
    { 'pkg:npm/a@1': ['pkg:npm/b@1'] },
  );
});

test('Python: the nearest environment, names as indexes compare them', () => {
  const python = (name: string, version: string, folder: string, dependencies: readonly string[] = []): InstalledPackage =>
    installed('pypi', `pkg:pypi/${name.toLowerCase()}@${version}`, name, `${folder}/${name}-${version}.dist-info/METADATA`, { dependencies });
  const venv = 'srv/venv/lib/python3.12/site-packages';
  const system = 'usr/lib/python3/dist-packages';
  assert.deepEqual(
    edgesOf([
      python('web', '1', venv, ['Typing_Extensions', 'six']),
      python('tool', '1', system, ['typing.extensions']),
      python('typing-extensions', '4', venv),
      python('typing-extensions', '3', system),
      python('six', '1', system),
    ]),
    {
      'pkg:pypi/web@1': ['pkg:pypi/six@1', 'pkg:pypi/typing-extensions@4'],
      'pkg:pypi/tool@1': ['pkg:pypi/typing-extensions@3'],
    },
  );
});

test('distributions: the same architecture, else one that fits all, else the one that most packages have', () => {
  const deb = (name: string, architecture: string, dependencies: readonly string[] = [], rest: Partial<InstalledPackage> = {}): InstalledPackage =>
    installed('deb', `pkg:deb/debian/${name}@1?arch=${architecture}`, name, 'var/lib/dpkg/status', { architecture, dependencies, ...rest });
  const id = (name: string, architecture: string): string => `pkg:deb/debian/${name}@1?arch=${architecture}`;
  assert.deepEqual(
    edgesOf([
      deb('libc6', 'amd64'),
      deb('libc6', 'i386'),
      deb('bash', 'amd64', ['libc6', 'gone']),
      deb('wine', 'i386', ['libc6', 'fonts']),
      deb('fonts', 'all', ['libc6']),
      deb('gone', 'amd64', ['libc6'], { configOnly: true }),
    ]),
    {
      [id('bash', 'amd64')]: [id('libc6', 'amd64')],
      [id('wine', 'i386')]: [id('fonts', 'all'), id('libc6', 'i386')],
      [id('fonts', 'all')]: [id('libc6', 'amd64')],
    },
  );
});

test('a package at two places needs what it needs at either', () => {
  assert.deepEqual(
    edgesOf([
      npm('a', '1', 'one/node_modules/a/package.json', ['b']),
      npm('b', '1', 'one/node_modules/b/package.json'),
      npm('a', '1', 'two/node_modules/a/package.json', ['b']),
      npm('b', '2', 'two/node_modules/b/package.json'),
    ]),
    { 'pkg:npm/a@1': ['pkg:npm/b@1', 'pkg:npm/b@2'] },
  );
});

test('law: each edge is between packages of the image, named as the record names it, and the order of packages does not matter', () => {
  const name = fc.constantFrom('a', 'b', 'c', 'd');
  const file = fc.constantFrom(
    'x/package-lock.json',
    'x/node_modules/a/package.json',
    'x/node_modules/a/node_modules/b/package.json',
    'node_modules/c/package.json',
    'x',
  );
  const one = fc.record({ name, file, version: fc.nat(3), dependencies: fc.array(name), declaredOnly: fc.boolean() });
  fc.assert(
    fc.property(fc.array(one, { maxLength: 30 }), (list) => {
      const packages = list.map(({ declaredOnly, dependencies, ...rest }) =>
        npm(rest.name, String(rest.version), rest.file, dependencies, declaredOnly ? { declaredOnly } : {}),
      );
      const purls = new Set<string>(packages.map(({ purl }) => purl));
      const edges = resolveDependencies(packages);
      for (const [from, to] of edges) assert.ok(purls.has(from) && !to.includes(from) && to.every((purl) => purls.has(purl)));
      if (new Set(packages.map(({ files }) => files[0])).size === packages.length) {
        assert.deepEqual(Object.fromEntries(resolveDependencies(packages.toReversed())), Object.fromEntries(edges));
      }
    }),
  );
});

test('thousands of packages of one name, each needed by each, stay few edges', () => {
  const packages = Array.from({ length: 3000 }, (_, i) =>
    installed('pypi', `pkg:pypi/a@${i}`, 'a', `opt/${i}/a.dist-info/METADATA`, { dependencies: ['a'] }),
  );
  const edges = [...resolveDependencies(packages).values()].flat();
  assert.ok(edges.length < 3000 * 8, String(edges.length));
});
