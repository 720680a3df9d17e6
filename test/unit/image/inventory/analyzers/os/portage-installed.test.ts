import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { ImagePath } from '../../../../../../src/foundation/model/brand.ts';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/os/portage-installed.ts';

const folder = 'var/db/pkg/dev-libs/openssl-3.0.13-r2';

function analyze(path: string, text = ''): ReturnType<typeof analyzer.analyze> {
  return analyzer.analyze({ path: path as ImagePath, bytes: new TextEncoder().encode(text) });
}

test('wants three files of each package', () => {
  for (const name of ['PF', 'LICENSE', 'CONTENTS']) assert.equal(analyzer.wants(`${folder}/${name}` as ImagePath), true);
  for (const other of [`${folder}/SLOT`, 'var/db/PF', `${folder}/NOTPF`]) assert.equal(analyzer.wants(other as ImagePath), false);
});

test('a package by the name of its folder', () => {
  const named = (path: string): unknown => analyze(`var/db/pkg/${path}/PF`).value.packages?.map(({ name, version }) => `${name} ${version}`);
  assert.deepEqual(named('dev-libs/openssl-3.0.13-r2'), ['dev-libs/openssl 3.0.13-r2']);
  assert.deepEqual(named('media-fonts/font-adobe-100dpi-1.0.3'), ['media-fonts/font-adobe-100dpi 1.0.3']);
  assert.deepEqual(named('x11-libs/gtk+-3.24.41_pre1'), ['x11-libs/gtk+ 3.24.41_pre1']);
  assert.deepEqual(named('dev-perl/Getopt-Long-2.580.0'), ['dev-perl/Getopt-Long 2.580.0']);
  assert.deepEqual(named('sys-libs/libcxx-18'), ['sys-libs/libcxx 18']);
});

test('its licence, as it is written', () => {
  assert.deepEqual(analyze(`${folder}/LICENSE`, '|| ( Apache-2.0 MIT )\n').value.packages, [
    { type: 'portage', name: 'dev-libs/openssl', version: '3.0.13-r2', licenses: ['|| ( Apache-2.0 MIT )'] },
  ]);
});

test('folders that are no package, and what is being installed', () => {
  for (const path of ['dev-libs/PF', 'a/b/c/PF', 'dev-libs/-MERGING-openssl-3.0.13/PF']) {
    assert.deepEqual(analyze(`var/db/pkg/${path}`), { value: {}, problems: [] }, path);
  }
  for (const path of ['dev-libs/openssl/PF', 'dev-libs/3.0/PF', '$(x)/a-1/PF', `dev-libs/${'a-'.repeat(4000)}/PF`]) {
    assert.deepEqual(analyze(`var/db/pkg/${path}`).problems.length, 1, path.slice(0, 40));
  }
});

test('its files and links', () => {
  const contents = [
    'dir /usr',
    'obj /usr/bin/a b 376c02bd3b22804df8fdfdc895e7dbfb 1649284374',
    'sym /usr/lib/x.so -> x.so.1 1649284374',
    'obj x',
    'sym y',
    'fif /z',
  ].join('\n');
  assert.deepEqual([...(analyze(`${folder}/CONTENTS`, contents).value.ownedPaths ?? [])], ['usr/bin/a b', 'usr/lib/x.so']);
});

test('any bytes are read without throwing', () => {
  fc.assert(
    fc.property(fc.constantFrom('PF', 'LICENSE', 'CONTENTS'), fc.uint8Array({ maxLength: 300 }), (name, bytes) => {
      const { value } = analyzer.analyze({ path: `${folder}/${name}` as ImagePath, bytes });
      for (const path of value.ownedPaths ?? []) assert.ok(!path.startsWith('/'));
    }),
  );
});
