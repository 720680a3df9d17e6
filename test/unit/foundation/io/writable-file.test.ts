import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { createWritableFile } from '../../../../src/foundation/io/writable-file.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';

test('gathers what is written in a row, and keeps what is written elsewhere', (t) => {
  const directory = temporaryDirectory(t);
  let count = 0;
  const piece = fc.oneof(fc.nat(2000), fc.constantFrom(262_143, 262_144, 262_145, 300_000));
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), piece), { maxLength: 12 }), (steps) => {
      const file = path.join(directory, String((count += 1)));
      const writing = createWritableFile(file);
      let expected: Buffer = Buffer.alloc(0);
      for (const [index, [appends, length]] of steps.entries()) {
        const position = appends ? expected.length : Math.floor(expected.length / 2);
        const bytes = Buffer.alloc(length, index + 1);
        writing.write(position, bytes);
        const grown = Buffer.alloc(Math.max(expected.length, position + length));
        expected.copy(grown);
        bytes.copy(grown, position);
        expected = grown;
        assert.equal(writing.sizeBytes, expected.length);
      }
      assert.deepEqual(Buffer.from(writing.read(0, expected.length + 10)), expected);
      writing.sync();
      writing.close();
      assert.ok(readFileSync(file).equals(expected));
    }),
    { numRuns: 40 },
  );
});

test('is a new file, or none', (t) => {
  const file = path.join(temporaryDirectory(t), 'file');
  createWritableFile(file).close();
  assert.throws(() => createWritableFile(file), { code: 'EEXIST' });
});
