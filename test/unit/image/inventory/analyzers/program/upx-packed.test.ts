import assert from 'node:assert/strict';
import test from 'node:test';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/program/upx-packed.ts';
import { elfHead, readProgram } from './support.ts';

/** Returns a file with the mark of UPX at `at`, then the loader's size (2), the version and the format. */
function packed(head: Buffer, at: number, format: number): Buffer {
  const file = Buffer.concat([head, Buffer.alloc(8192 - head.length)]);
  file.write('UPX!', at, 'latin1');
  file.set([0xf4, 0x0a, 0x0e, format], at + 4);
  return file;
}

test('a packed program is told to be unreadable, in each format', () => {
  const pe = packed(Buffer.from('MZ'), 0x3e1, 9);
  pe.write('UPX0\0\0\0\0', 0x188, 'latin1');
  for (const file of [packed(elfHead(), 0xec, 0x16), packed(Buffer.from([0xcf, 0xfa, 0xed, 0xfe]), 0x3b4, 0x22), pe]) {
    const { value, problems } = readProgram(analyzer, 'bin/tool', file);
    assert.deepEqual(value, {});
    assert.match(problems[0]?.message ?? '', /UPX packed it/);
  }
});

test('a program that only speaks of UPX is none of its', () => {
  const text = Buffer.concat([elfHead(), Buffer.alloc(4096)]);
  text.write('no UPX! mark here', 0xe9, 'latin1');
  for (const file of [text, packed(Buffer.from('MZ'), 0x3e0, 9), Buffer.concat([elfHead(), Buffer.alloc(4096)])])
    assert.deepEqual(readProgram(analyzer, 'bin/upx', file).problems, []);
});
