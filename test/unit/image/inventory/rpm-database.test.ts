import assert from 'node:assert/strict';
import test from 'node:test';
import type { ImagePath } from '../../../../src/foundation/model/brand.ts';
import { analyzeRpmDatabase, isInRpmFolder } from '../../../../src/image/inventory/rpm-database.ts';
import { buildPackageHeader, buildRpmHeader, type RpmTagValue } from '../../../support/rpm-builder.ts';

function analyze(...headers: readonly Uint8Array[]): ReturnType<typeof analyzeRpmDatabase> {
  return analyzeRpmDatabase(() => headers);
}

function packageWith(tags: Readonly<Record<number, RpmTagValue>>): unknown {
  return analyze(buildPackageHeader('bash', '5.1.8', '4.el9', tags)).value.packages?.[0];
}

test('the folders of rpm, and the near misses', () => {
  for (const path of ['var/lib/rpm/Packages', 'usr/lib/sysimage/rpm/Packages', 'usr/share/rpm/Packages'])
    assert.equal(isInRpmFolder(path as ImagePath, 'Packages'), true);
  for (const path of ['var/lib/rpm/Packages.db', 'var/lib/rpm/x/Packages', 'x/var/lib/rpm/Packages', 'Packages', 'var/lib/rpm/'])
    assert.equal(isInRpmFolder(path as ImagePath, 'Packages'), false, path);
});

test('an epoch of 0 is no part of the version, another is', () => {
  const versions = [{}, { 1003: 0 }, { 1003: 2 }].map((tags) => (packageWith(tags) as { version: string }).version);
  assert.deepEqual(versions, ['5.1.8-4.el9', '5.1.8-4.el9', '2:5.1.8-4.el9']);
});

test('everything that a package says of itself', () => {
  assert.deepEqual(packageWith({ 1011: 'Red Hat, Inc.', 1014: 'GPLv3+', 1044: 'shells-9-1.el9.src.rpm', 5096: 'a:1:2:c' }), {
    type: 'rpm',
    name: 'bash',
    version: '5.1.8-4.el9',
    architecture: 'x86_64',
    sourcePackage: { name: 'shells', version: '9-1.el9' },
    vendor: 'Red Hat, Inc.',
    modularityLabel: 'a:1:2:c',
    licenses: ['GPLv3+'],
  });
});

test('a source package that is the package itself is not told, whatever its epoch', () => {
  const sources = ['bash-5.1.8-4.el9.src.rpm', 'bash-5.1.8-3.el9.src.rpm', '(none)'].map(
    (source) => (packageWith({ 1003: 1, 1044: source }) as { sourcePackage?: unknown }).sourcePackage,
  );
  assert.deepEqual(sources, [undefined, { name: 'bash', version: '5.1.8-3.el9' }, undefined]);
});

test('imported keys are no packages; a header without a name is a problem', () => {
  const { value, problems } = analyze(
    buildPackageHeader('gpg-pubkey', 'b86b3716', '61e69f29'),
    buildRpmHeader({ 1001: '1', 1002: '1' }),
    buildPackageHeader('bash'),
  );
  assert.deepEqual([value.packages?.map(({ name }) => name), problems.length], [['bash'], 1]);
});

test('dependencies are the packages that provide what is required', () => {
  const { value } = analyze(
    buildPackageHeader('a', '1', '1', { 1047: ['a'], 1049: ['libc.so.6()(64bit)', '/bin/sh', 'rpmlib(X)', 'a', 'b'] }),
    buildPackageHeader('glibc', '1', '1', { 1047: ['libc.so.6()(64bit)', 'b'] }),
    buildPackageHeader('bash', '1', '1', { 1047: ['/bin/sh', 'libc.so.6()(64bit)'] }),
    buildPackageHeader('b', '1', '1'),
  );
  assert.deepEqual(
    value.packages?.map(({ dependencies }) => dependencies),
    [['b', 'bash', 'glibc'], undefined, undefined, undefined],
  );
});

test('the files of all packages, as paths inside the image', () => {
  const { value } = analyze(
    buildPackageHeader('a', '1', '1', { 1116: [0, 1], 1117: ['x', '..'], 1118: ['/usr/lib/', '/'] }),
    buildPackageHeader('b', '1', '1', { 1027: ['/etc/b'] }),
  );
  assert.deepEqual([...(value.ownedPaths ?? [])], ['usr/lib/x', 'etc/b']);
});

test('ten thousand broken headers are not ten thousand problems', () => {
  const { problems } = analyze(...Array.from({ length: 10_000 }, () => new Uint8Array(3)));
  assert.ok(problems.length <= 500);
  assert.match(problems.at(-1)?.message ?? '', /9501 more problems/);
});
