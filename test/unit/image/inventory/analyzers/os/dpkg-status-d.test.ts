import assert from 'node:assert/strict';
import test from 'node:test';
import type { ImagePath } from '../../../../../../src/foundation/model/brand.ts';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/os/dpkg-status-d.ts';

function analyze(path: string, text: string): ReturnType<typeof analyzer.analyze> {
  return analyzer.analyze({ path: path as ImagePath, bytes: new TextEncoder().encode(text) });
}

test('wants the files right in the folder', () => {
  for (const path of ['var/lib/dpkg/status.d/base', 'var/lib/dpkg/status.d/libc6.md5sums']) assert.equal(analyzer.wants(path as ImagePath), true);
  for (const path of ['var/lib/dpkg/status', 'var/lib/dpkg/status.d/x/y']) assert.equal(analyzer.wants(path as ImagePath), false);
});

test('a control file is a package, without a status', () => {
  const { value, problems } = analyze(
    'var/lib/dpkg/status.d/libssl3',
    'Package: libssl3\nSource: openssl\nArchitecture: amd64\nVersion: 3.0.11-1\nDescription: x',
  );
  assert.deepEqual(value.packages, [
    { type: 'deb', name: 'libssl3', version: '3.0.11-1', architecture: 'amd64', sourcePackage: { name: 'openssl', version: '3.0.11-1' } },
  ]);
  assert.deepEqual(problems, []);
});

test('checksums name the files that the package owns', () => {
  const { value } = analyze('var/lib/dpkg/status.d/x.md5sums', `${'0'.repeat(32)}  usr/lib/a.egg-info\n${'1'.repeat(32)}  ./usr/lib/b c\n`);
  assert.deepEqual([...(value.ownedPaths ?? [])], ['usr/lib/a.egg-info', 'usr/lib/b c']);
});

test('what is no control file is told', () => {
  assert.equal(analyze('var/lib/dpkg/status.d/x', 'Package: x\n').problems.length, 1);
  assert.equal(analyze('var/lib/dpkg/status.d/x', '').problems.length, 1);
});
