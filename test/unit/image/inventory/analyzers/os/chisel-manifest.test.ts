import assert from 'node:assert/strict';
import test from 'node:test';
import { zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import type { ImagePath } from '../../../../../../src/foundation/model/brand.ts';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/os/chisel-manifest.ts';

const path = 'var/lib/chisel/manifest.wall' as ImagePath;
const lines = [
  '{"jsonwall":"1.0","schema":"1.0","count":6}',
  '{"kind":"content","slice":"base-files_base","path":"/etc/"}',
  '{"kind":"package","name":"libc6","version":"2.39-0ubuntu8.3","sha256":"00","arch":"amd64"}',
  '{"kind":"package","name":"base-files","version":"13ubuntu10"}',
  '{"kind":"path","path":"/usr/lib/x.so","mode":"0644","slices":["libc6_libs"]}',
  '{"kind":"slice","name":"libc6_libs"}',
];

function analyze(text: string): ReturnType<typeof analyzer.analyze> {
  return analyzer.analyze({ path, bytes: zstdCompressSync(text) });
}

test('packages and files of a manifest', () => {
  assert.equal(analyzer.wants(path), true);
  const { value, problems } = analyze(`${lines.join('\n')}\n`);
  assert.deepEqual(value.packages, [
    { type: 'deb', name: 'libc6', version: '2.39-0ubuntu8.3', architecture: 'amd64' },
    { type: 'deb', name: 'base-files', version: '13ubuntu10' },
  ]);
  assert.deepEqual([[...(value.ownedPaths ?? [])], problems], [['usr/lib/x.so'], []]);
});

test('what is missing or no manifest is told', () => {
  const problemsOf = (text: string): number => analyze(text).problems.length;
  for (let count = 0; count < lines.length; count++) assert.equal(problemsOf(lines.slice(0, count).join('\n')), 1, `${count} lines`);
  assert.equal(problemsOf(lines.join('\n').replace('"name":"libc6",', '')), 1);
  assert.equal(problemsOf(lines.join('\n').replace('{"kind":"slice"', '{"kind"')), 1);
  assert.ok(problemsOf('\n'.repeat(100_000)) <= 500);
  assert.equal(analyzer.analyze({ path, bytes: new TextEncoder().encode('{}') }).problems.length, 1);
});

test('a manifest that unpacks to more than is read is told', () => {
  assert.match(analyze(' '.repeat(80 * 1024 * 1024)).problems[0]?.message ?? '', /cannot be decompressed/);
});

test('any bytes are read without throwing', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      analyzer.analyze({ path, bytes });
      analyzer.analyze({ path, bytes: zstdCompressSync(bytes) });
    }),
  );
});
