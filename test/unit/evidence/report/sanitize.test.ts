import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { escapeMarkup, toPlainLine, toSafeUrl } from '../../../../src/evidence/report/sanitize.ts';

test('what a terminal would obey becomes visible, line ends become a space', () => {
  assert.equal(toPlainLine('a\u001b[31mb\u0007\u009bc\u202ed\te\r\nf\ud800g'), 'a\\u{1b}[31mb\\u{7}\\u{9b}c\\u{202e}d e  f\\u{d800}g');
  assert.equal(toPlainLine('Grüße, 世界 😀 naïve'), 'Grüße, 世界 😀 naïve');
});

test('law: nothing that a terminal obeys is left, and doing it twice changes nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      const line = toPlainLine(text);
      assert.ok(!/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/.test(line));
      assert.equal(toPlainLine(line), line);
    }),
  );
});

test('markup is escaped, and what XML cannot hold is replaced', () => {
  assert.equal(escapeMarkup(`<a href="x" b='y'>&\u0000\u001b\ufffe`), '&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;&amp;\ufffd\ufffd\ufffd');
});

test('only http and https can be followed', () => {
  assert.equal(toSafeUrl('https://example.com/a b'), 'https://example.com/a%20b');
  for (const bad of [
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'vbscript:x',
    '',
    'https://',
    ' https://x',
    '//x',
    'command:workbench.action',
  ])
    assert.equal(toSafeUrl(bad), undefined, bad);
});
