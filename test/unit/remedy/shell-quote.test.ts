import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import fc from 'fast-check';
import { quoteWord } from '../../../src/remedy/shell-quote.ts';

test('plain words stay plain, others are quoted, what cannot be shown is refused', () => {
  assert.equal(quoteWord('libssl3=3.0.11-1~deb12u1'), 'libssl3=3.0.11-1~deb12u1');
  assert.equal(quoteWord('@acme/tar@6.1.2'), '@acme/tar@6.1.2');
  assert.equal(quoteWord('x; rm -rf /'), "'x; rm -rf /'");
  assert.equal(quoteWord("it's"), String.raw`'it'\''s'`);
  assert.equal(quoteWord(''), "''");
  assert.equal(quoteWord('-rf'), "'-rf'");
  assert.equal(quoteWord('~root'), "'~root'");
  for (const hidden of ['a\nb', 'a\u0000', 'a\u001b[2J', 'a\u202eb', 'a\u2028b']) assert.equal(quoteWord(hidden), undefined);
});

test('law: a shell reads a quoted word as that word', { skip: process.platform === 'win32' ? 'needs a POSIX shell' : false }, () => {
  const characters = Array.from('ab\'"\\$`;&|<>(){}*?[]!#~ -=%^é');
  const words = fc.sample(fc.string({ unit: fc.constantFrom(...characters), maxLength: 12 }), 60).map((word) => `x${word}`);
  const line = words.map((word) => quoteWord(word)).join(' ');
  assert.deepEqual(
    execFileSync('sh', ['-c', `for word in ${line}; do printf '%s\\0' "$word"; done`], { encoding: 'utf8' })
      .split('\0')
      .slice(0, -1),
    words,
  );
});
