import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { RecentlyUsed } from '../../../../src/foundation/base/recently-used.ts';

test('what was asked for last is at hand, what was not for long is read again', () => {
  const read: string[] = [];
  const kept = new RecentlyUsed<string, string>(4, (value) => value.length);
  const ask = (key: string): string =>
    kept.get(key, (asked) => {
      read.push(asked);
      return asked;
    });
  for (const key of ['a', 'b', 'a', 'b', 'c', 'a', 'd', 'e', 'a']) assert.equal(ask(key), key);
  assert.equal(read.join(''), 'abcde', 'a is asked for all the time');
  ask('b');
  assert.equal(read.join(''), 'abcdeb', 'b was not');
});

test('a value that is undefined is a value, and one that is larger than all is kept as long as it is the last', () => {
  let reads = 0;
  const kept = new RecentlyUsed<number, string | undefined>(10, (value) => value?.length ?? 1);
  const nothing = (): undefined => {
    reads += 1;
    return undefined;
  };
  kept.get(1, nothing);
  kept.get(1, nothing);
  assert.equal(reads, 1);
  const large = (): string => {
    reads += 1;
    return 'x'.repeat(100);
  };
  kept.get(2, large);
  kept.get(2, large);
  assert.equal(reads, 2);
});

test('never keeps more than it may, but for one value', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(30), { maxLength: 200 }), (keys) => {
      const kept = new Map<number, number>();
      const store = new RecentlyUsed<number, number>(50, (size) => size);
      let reads = 0;
      for (const key of keys) {
        assert.equal(
          store.get(key, (size) => ((reads += 1), size)),
          key,
        );
        kept.set(key, key);
      }
      const before = reads;
      // Asked for again in any order, what is at hand fits.
      let held = 0;
      for (const key of [...kept.keys()].reverse()) {
        const known = reads;
        store.get(key, (size) => ((reads += 1), size));
        if (reads === known) held += key;
        else break;
      }
      assert.ok(held <= 50 + 30 && before <= keys.length);
    }),
  );
});
