import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import test from 'node:test';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/program/cargo-auditable.ts';
import { elfFile, readProgram, summarize } from './support.ts';

const LIST = {
  packages: [
    { name: 'adler2', version: '2.0.1', source: 'crates.io' },
    { name: 'cc', version: '1.2.0', source: 'crates.io', kind: 'build' },
    { name: 'tool', version: '0.3.1', source: 'local', dependencies: [0, 3, 99], root: true },
    { name: 'itoa', version: '1.0.18', source: 'crates.io' },
    { name: 'nameless' },
  ],
  format: 1,
};
const CRATES = ['cargo adler2 2.0.1', 'cargo tool 0.3.1', 'cargo itoa 1.0.18'];
const pack = (text: string, level = 6): Buffer =>
  Buffer.concat([randomBytes(777), Buffer.from([0x78, 0x9c, 3]), deflateSync(text, { level }), Buffer.from('what follows')]);

test('the crates that are in the program, with what they need; those that only took part in building it are left out', () => {
  for (const level of [6, 9]) {
    const { value, problems } = readProgram(analyzer, 'bin/tool', elfFile(pack(JSON.stringify(LIST), level)));
    assert.deepEqual([summarize(value.packages), problems], [CRATES, []]);
    assert.deepEqual(value.packages?.[1]?.dependencies, ['adler2', 'itoa']);
  }
});

test('a long list, which needs several tries', () => {
  const packages = Array.from({ length: 20_000 }, (_, i) => ({ name: `crate-${i}-${randomBytes(12).toString('hex')}`, version: `1.0.${i}` }));
  const file = elfFile(pack(JSON.stringify({ packages })));
  assert.equal(readProgram(analyzer, 'a', file).value.packages?.length, packages.length);
});

test('other JSON, other data and text that only begins alike say nothing', () => {
  for (const text of ['{"packages":{}}', '{"other":[]}', 'plain text', '[]'])
    assert.deepEqual(readProgram(analyzer, 'a', elfFile(pack(text))), { value: {}, problems: [] }, text);
});

test('a list that is cut off is told', () => {
  const whole = elfFile(
    deflateSync(JSON.stringify({ packages: Array.from({ length: 500 }, (_, i) => ({ name: randomBytes(9).toString('hex'), version: `${i}.0.0` })) })),
  );
  assert.equal(readProgram(analyzer, 'a', whole.subarray(0, whole.length - 100)).problems.length, 1);
});

test('a list that unpacks without end is given up', () => {
  const bomb = elfFile(deflateSync(Buffer.concat([Buffer.from('{"packages":['), Buffer.alloc(80 * 1024 * 1024, ' ')])));
  assert.deepEqual(readProgram(analyzer, 'a', bomb).value, {});
});

test('however a program is cut into pieces, the same is read from it; random bytes do not throw', () => {
  const file = elfFile(pack(JSON.stringify(LIST)));
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 6 }), fc.uint8Array({ maxLength: 100 }), (pieces, noise) => {
      assert.deepEqual(summarize(readProgram(analyzer, 'a', file, pieces).value.packages), CRATES);
      readProgram(analyzer, 'a', elfFile(Buffer.concat([Buffer.from([0x78, 0xda]), noise])), pieces);
    }),
    { numRuns: 50 },
  );
});
