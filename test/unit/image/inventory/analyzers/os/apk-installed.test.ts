import assert from 'node:assert/strict';
import test from 'node:test';
import type { ImagePath } from '../../../../../../src/foundation/model/brand.ts';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/os/apk-installed.ts';

test('wants the database of apk 2 and of apk 3', () => {
  for (const path of ['lib/apk/db/installed', 'usr/lib/apk/db/installed']) assert.equal(analyzer.wants(path as ImagePath), true);
  assert.equal(analyzer.wants('lib/apk/db/scripts.tar' as ImagePath), false);
});

test('packages with origin and licence, and the files they own', () => {
  const text =
    'P:libssl3\nV:3.3.2-r0\nA:x86_64\no:openssl\nL:Apache-2.0\nD:so:libc.musl-x86_64.so.1 musl>=1.2 !x absent\nF:usr/lib\nR:x.egg-info\nF:\nR:.root\n\nP:musl\nV:1.2.5-r0\no:musl\np:so:libc.musl-x86_64.so.1=1\n\n';
  const { value, problems } = analyzer.analyze({ path: 'lib/apk/db/installed' as ImagePath, bytes: new TextEncoder().encode(text) });
  assert.deepEqual(value.packages, [
    {
      type: 'apk',
      name: 'libssl3',
      version: '3.3.2-r0',
      architecture: 'x86_64',
      sourcePackage: { name: 'openssl', version: '3.3.2-r0' },
      licenses: ['Apache-2.0'],
      dependencies: ['musl'],
    },
    { type: 'apk', name: 'musl', version: '1.2.5-r0' },
  ]);
  assert.deepEqual([...(value.ownedPaths ?? [])], ['usr/lib/x.egg-info', '.root']);
  assert.deepEqual(problems, []);
});
