import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/program/elf-package-note.ts';
import { elfHead, readProgram } from './support.ts';

const JSON_TEXT =
  '{"type":"rpm","os":"fedora","name":"coreutils","version":"4711.0815.fc13","architecture":"arm32","debugInfoUrl":"https://example.org"}';

function note(owner: string, type: number, content: string): Buffer {
  const pad = (text: string): Buffer => {
    const bytes = Buffer.from(`${text}\0`);
    return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
  };
  const head = Buffer.alloc(12);
  head.writeUInt32LE(owner.length + 1, 0);
  head.writeUInt32LE(content.length + 1, 4);
  head.writeUInt32LE(type, 8);
  return Buffer.concat([head, pad(owner), pad(content)]);
}

function fileWith(notes: Buffer, at = 5000): Buffer {
  const head = elfHead();
  head.writeBigUInt64LE(64n, 32);
  head.writeUInt16LE(1, 56);
  const segment = Buffer.alloc(56);
  segment.writeUInt32LE(4, 0);
  segment.writeBigUInt64LE(BigInt(at), 8);
  segment.writeBigUInt64LE(BigInt(notes.length), 32);
  return Buffer.concat([head, segment, Buffer.alloc(at - 120), notes, Buffer.alloc(3000)]);
}

test('the package that a program was built for, among other notes', () => {
  const file = fileWith(Buffer.concat([note('GNU', 3, 'build id'), note('FDO', 0xcafe1a7e, JSON_TEXT)]));
  for (const pieces of [[65_536], [1], [4097, 13]]) {
    assert.deepEqual(readProgram(analyzer, 'bin/ls', file, pieces), {
      value: { packages: [{ type: 'rpm', name: 'coreutils', version: '4711.0815.fc13', architecture: 'arm32' }] },
      problems: [],
    });
  }
});

test('a type that is not ours is a program; a note without a version says nothing; one that is no JSON is told', () => {
  const read = (content: string): unknown => readProgram(analyzer, 'a', fileWith(note('FDO', 0xcafe1a7e, content)));
  assert.deepEqual(read('{"type":"flatpak","name":"x","version":"1"}'), {
    value: { packages: [{ type: 'generic', name: 'x', version: '1' }] },
    problems: [],
  });
  assert.deepEqual(read('{"type":"deb","name":"x"}'), { value: {}, problems: [] });
  assert.equal((read('{"type":') as { problems: readonly unknown[] }).problems.length, 1);
});

test('notes of others, and files without, say nothing', () => {
  assert.deepEqual(readProgram(analyzer, 'a', fileWith(note('FDO', 1, JSON_TEXT))), { value: {}, problems: [] });
  assert.deepEqual(readProgram(analyzer, 'a', Buffer.concat([elfHead(), Buffer.alloc(500)])), { value: {}, problems: [] });
});

test('damaged files are read without throwing', () => {
  const file = fileWith(note('FDO', 0xcafe1a7e, JSON_TEXT));
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 4, max: 5100 }), fc.nat(255)), { maxLength: 20 }),
      fc.integer({ min: 64, max: file.length }),
      (changes, end) => {
        const damaged = Buffer.from(file);
        for (const [at, value] of changes) damaged[at] = value;
        readProgram(analyzer, 'a', damaged.subarray(0, end), [700]);
      },
    ),
  );
});
