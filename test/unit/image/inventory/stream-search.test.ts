import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { MAX_PROGRAM_FOUND_BYTES, MAX_PROGRAM_HITS } from '../../../../src/foundation/base/limits.ts';
import type { Needle } from '../../../../src/image/inventory/stream-search.ts';
import { StreamSearch } from '../../../../src/image/inventory/stream-search.ts';

interface Spec {
  readonly text: string;
  readonly before: number;
  readonly after: number;
  /** Wanted when it is asked a second time; 0 for no second time. */
  readonly more: number;
}

/** Returns what is found, in order, as `needle@offset:bytes`. */
function search(specs: readonly Spec[], file: string, pieces: readonly number[]): readonly string[] {
  const found: string[] = [];
  const needles = specs.map(({ text, before, after, more }): Needle => {
    const asked = new Set<number>();
    return {
      bytes: Buffer.from(text, 'latin1'),
      before,
      after,
      take: ({ bytes, start, offset }) => {
        found.push(`${text}@${offset}-${start}:${Buffer.from(bytes).toString('latin1')}`);
        const wanted = asked.has(offset) ? 0 : more;
        asked.add(offset);
        return wanted;
      },
    };
  });
  const stream = new StreamSearch(needles);
  const bytes = Buffer.from(file, 'latin1');
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const piece = Uint8Array.from(bytes.subarray(at, at + (pieces[i % pieces.length] ?? 1)));
    stream.read(piece);
    at += piece.length;
    piece.fill(0x7e);
  }
  stream.end();
  return found;
}

test('what is around each place, as far as the file goes', () => {
  const specs = [{ text: 'key=', before: 3, after: 6, more: 0 }];
  assert.deepEqual(search(specs, 'key=1..key=22 key=3', [100]), ['key=@0-0:key=1.', 'key=@7-3:1..key=22', 'key=@14-3:22 key=3']);
});

test('more of a place when it is asked for, and no more than there is', () => {
  assert.deepEqual(search([{ text: 'ab', before: 0, after: 2, more: 4 }], 'xabcdefabc', [3]), [
    'ab@1-0:ab',
    'ab@1-0:abcd',
    'ab@7-0:ab',
    'ab@7-0:abc',
  ]);
});

test('the same is found in the same order however the file is cut', () => {
  const spec = fc.record({
    text: fc.string({ unit: fc.constantFrom('a', 'b', '\0'), minLength: 2, maxLength: 9 }),
    before: fc.nat(12),
    after: fc.nat(20),
    more: fc.nat(40),
  });
  const file = fc.string({ unit: fc.constantFrom('a', 'b', '\0'), maxLength: 200 });
  const cuts = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(fc.array(spec, { minLength: 1, maxLength: 3 }), file, cuts, (specs, text, pieces) => {
      const whole = search(specs, text, [text.length + 1]);
      assert.deepEqual(search(specs, text, pieces), whole);
      const expected = specs.flatMap((one) => Array.from(text, (_, at) => at).filter((at) => text.startsWith(one.text, at)));
      const places = new Set(whole.map((line) => line.slice(0, line.indexOf('-'))));
      assert.equal(
        places.size,
        new Set(specs.flatMap((one) => expected.filter((at) => text.startsWith(one.text, at)).map((at) => `${one.text}@${at}`))).size,
      );
    }),
    { numRuns: 500 },
  );
});

test('bounds: of places, and of bytes that are kept at the same time', () => {
  let count = 0;
  const many = new StreamSearch([{ bytes: Buffer.from('aa'), before: 0, after: 2, take: () => (count++, 0) }]);
  for (let i = 0; i < 3; i++) many.read(Buffer.alloc(MAX_PROGRAM_HITS, 'a'));
  assert.deepEqual([count, many.leftOut], [MAX_PROGRAM_HITS, true]);
  const greedy = new StreamSearch([{ bytes: Buffer.from('ab'), before: 0, after: 2, take: () => MAX_PROGRAM_FOUND_BYTES - 10 }]);
  greedy.read(Buffer.alloc(1000, 'ab'));
  assert.equal(greedy.leftOut, true);
});
