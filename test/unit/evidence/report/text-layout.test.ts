import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { padEnd, truncate, widthOf, wrap } from '../../../../src/evidence/report/text-layout.ts';

test('wide and combining characters count as a terminal counts them', () => {
  assert.equal(widthOf('世界'), 4);
  assert.equal(widthOf('e\u0301'), 1);
  assert.equal(padEnd('世', 4), '世  ');
  assert.equal(truncate('世界世界', 5), '世界…');
});

test('law: cutting keeps the width, wrapping keeps the words', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', 'b', ' ', '世', 'é'), maxLength: 80 }), fc.integer({ min: 4, max: 30 }), (text, width) => {
      assert.ok(widthOf(truncate(text, width)) <= width);
      const lines = wrap(text, width);
      assert.equal(lines.join(' ').replaceAll(/ +/g, ' ').trim(), text.replaceAll(/ +/g, ' ').trim());
      for (const line of lines) assert.ok(widthOf(line) <= width || !line.trim().includes(' '));
    }),
  );
});
