import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { ImagePath } from '../../../../../../src/foundation/model/brand.ts';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/os/nix-store.ts';
import { analyzeLayer } from '../../../../../../src/image/layers/analyze-layer.ts';
import { buildTar } from '../../../../../support/tar-builder.ts';

const DIGEST = 'h0cnbmfcn93xm5dg2x27ixhag1cwndga';

function nameOf(folder: string): string | undefined {
  const record = analyzer.fromFolder?.(`nix/store/${folder}` as ImagePath);
  return record === undefined ? undefined : `${record.name} ${record.version}`;
}

test('names and versions, without which of its folders it is', () => {
  for (const [folder, expected] of [
    ['glibc-2.34-210-bin', 'glibc 2.34-210'],
    ['bash-5.2p26', 'bash 5.2p26'],
    ['python3.11-requests-2.31.0', 'python3.11-requests 2.31.0'],
    ['gcc-13.2.0-lib', 'gcc 13.2.0'],
    ['nss-cacert-3.98', 'nss-cacert 3.98'],
    ['foo-unstable-2023-01-01', 'foo-unstable 2023-01-01'],
    ['libX11-1.8.7-dev', 'libX11 1.8.7'],
  ] as const)
    assert.equal(nameOf(`${DIGEST}-${folder}`), expected);
});

test('folders that are no package with a version', () => {
  for (const folder of [
    `${DIGEST}-source`,
    `${DIGEST}-system-path`,
    DIGEST,
    `${DIGEST}-`,
    `${DIGEST}--1`,
    `${DIGEST}-1.0`,
    'glibc-2.34',
    `${'e'.repeat(32)}-glibc-2.34`,
    `${DIGEST}-x-.y`,
    '.links',
  ])
    assert.equal(nameOf(folder), undefined, folder);
  for (const path of [`nix/store/${DIGEST}-a-1/b-2`, `x/nix/store/${DIGEST}-a-1`, `nix/${DIGEST}-a-1`])
    assert.equal(analyzer.fromFolder?.(path as ImagePath), undefined, path);
});

test('each folder of a layer once, whatever lies in it; not files, which are sources and derivations', async () => {
  const folder = `nix/store/${DIGEST}-glibc-2.34`;
  const bytes = buildTar([
    { path: 'nix/store', type: 'directory' },
    { path: folder, type: 'directory' },
    { path: `${folder}/lib`, type: 'directory' },
    { path: `${folder}/lib/libc.so`, content: 'x' },
    { path: `nix/store/${DIGEST}-glibc-2.34.tar.gz`, content: 'x' },
  ]);
  const stored = (async function* () {
    yield await Promise.resolve(bytes);
  })();
  const { records } = await analyzeLayer(stored, { analyzers: [analyzer], detectors: [] });
  assert.deepEqual(
    records.map(({ path, packages }) => [path, packages]),
    [[folder, [{ type: 'nix', name: 'glibc', version: '2.34' }]]],
  );
});

test('any name is read without throwing', () => {
  fc.assert(
    fc.property(fc.string(), (name) => {
      nameOf(name);
      nameOf(`${DIGEST}-${name}`);
    }),
  );
});
