import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { openSync, closeSync, ftruncateSync, readFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import fc from 'fast-check';
import { TarReader } from '../../../../src/foundation/formats/tar-reader.ts';
import { SparseMapError, expandSparse } from '../../../../src/foundation/formats/tar-sparse.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';

const hasGnuTar = spawnSync('tar', ['--version']).stdout.toString().includes('GNU tar');

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array, void, undefined> {
  for (let start = 0; start < bytes.length; start += size) yield await Promise.resolve(new Uint8Array(bytes.subarray(start, start + size)));
}

/** Returns the names and contents of the files of a tar, sparse ones unpacked. */
async function unpack(tar: Uint8Array, chunkBytes: number): Promise<Map<string, Buffer>> {
  const reader = new TarReader(inChunks(tar, chunkBytes));
  const files = new Map<string, Buffer>();
  for (let entry = await reader.next(); entry !== undefined; entry = await reader.next()) {
    if (entry.type !== 'file') continue;
    const body = {
      next: async () => {
        const value = await reader.readPiece();
        return value === undefined ? ({ done: true, value: undefined } as const) : ({ done: false, value } as const);
      },
    };
    const pieces: Buffer[] = [];
    if (entry.sparse === undefined) pieces.push(Buffer.from((await reader.readBody()) ?? []));
    else for await (const piece of expandSparse(body, entry.sparse)) pieces.push(Buffer.from(piece));
    files.set(entry.name, Buffer.concat(pieces));
  }
  assert.equal(reader.failure, undefined);
  return files;
}

const formats: readonly (readonly string[])[] = [
  ['--format=gnu'],
  ['--format=pax', '--sparse-version=0.0'],
  ['--format=pax', '--sparse-version=0.1'],
  ['--format=pax', '--sparse-version=1.0'],
];

for (const options of formats) {
  test(`what GNU tar wrote with ${options.join(' ')} is what it read`, { skip: !hasGnuTar && 'there is no GNU tar' }, async (t) => {
    const folder = temporaryDirectory(t);
    for (const [name, parts, size] of [
      [
        'one-hole',
        [
          [0, 'begin'],
          [1_000_000, 'end'],
        ],
        1_000_003,
      ],
      // More parts than fit into the header block, and into one block after it.
      ['many-holes', Array.from({ length: 60 }, (_, i) => [i * 65_536, `part ${i}`] as const), 60 * 65_536],
      ['only-a-hole', [], 300_000],
    ] as const) {
      const file = openSync(path.join(folder, name), 'w');
      for (const [offset, text] of parts) writeSync(file, text, offset);
      ftruncateSync(file, size);
      closeSync(file);
    }
    const names = ['one-hole', 'many-holes', 'only-a-hole'];
    const tar = execFileSync('tar', ['--create', '--sparse', ...options, '--file=-', ...names], { cwd: folder, maxBuffer: 64 * 1024 * 1024 });
    assert.ok(tar.length < 2_000_000, 'it is stored sparse');
    for (const chunkBytes of [997, 65_536]) {
      const files = await unpack(tar, chunkBytes);
      for (const name of names) assert.ok(readFileSync(path.join(folder, name)).equals(files.get(name) ?? Buffer.alloc(0)), name);
    }
  });
}

test('law: a map of any numbers, and a body of any bytes, end in the size or in a SparseMapError', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), fc.nat(5000), async (body, sizeBytes) => {
      try {
        let length = 0;
        for await (const piece of expandSparse(inChunks(body, 700), { sizeBytes, segments: undefined })) length += piece.length;
        assert.equal(length, sizeBytes);
      } catch (error) {
        assert.ok(error instanceof SparseMapError);
      }
    }),
  );
});
