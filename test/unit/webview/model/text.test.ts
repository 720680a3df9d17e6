import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  ageInDays,
  formatBytes,
  isDeceptive,
  neutralise,
  shortenDigest,
  toBlockText,
  toCellText,
  toInstruction,
  toLocale,
} from '../../../../webview/model/text.ts';

const neutralised: readonly (readonly [name: string, raw: string, shown: string])[] = [
  ['plain text', 'openssl 3.0 (über) 日本', 'openssl 3.0 (über) 日本'],
  ['bidirectional override', 'a\u202Eb', 'a⟨U+202E⟩b'],
  ['isolates', '\u2066x\u2069', '⟨U+2066⟩x⟨U+2069⟩'],
  ['escape sequence', '\u001b[31m', '⟨U+001B⟩[31m'],
  ['NUL and DEL', '\u0000\u007f', '⟨U+0000⟩⟨U+007F⟩'],
  ['C1 control', '\u009b', '⟨U+009B⟩'],
  ['zero width', 'lo\u200bdash', 'lo⟨U+200B⟩dash'],
  ['tag letters', '\u{E0041}', '⟨U+E0041⟩'],
  ['lone surrogate', '\uD800', '\uFFFD'],
  ['lone carriage return', 'a\rb', 'a⟨U+000D⟩b'],
  ['lines and tabs stay', 'a\r\nb\tc\n', 'a\nb\tc\n'],
];

for (const [name, raw, shown] of neutralised) {
  test(`neutralise: ${name}`, () => {
    assert.equal(neutralise(raw), shown);
    assert.equal(isDeceptive(raw), raw.replaceAll('\r\n', '\n') !== shown);
  });
}

test('whatever goes in, no control, bidirectional or zero-width letter comes out', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (raw) => {
      const shown = neutralise(raw);
      assert.ok(shown.isWellFormed());
      assert.doesNotMatch(shown, /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/u);
      assert.equal(neutralise(shown), shown);
    }),
  );
});

test('a cell is one line of bounded length', () => {
  assert.equal(toCellText('a\n\t b  c'), 'a b c');
  assert.equal(toCellText('x'.repeat(300), 10), 'xxxxxxxxxx…');
  assert.equal(toCellText('x'.repeat(10), 10), 'xxxxxxxxxx');
  assert.equal(toCellText('x'.repeat(50_000_000)).length, 241);
});

test('a block tells how much it leaves out', () => {
  assert.deepEqual(toBlockText('abcdef', 4), { text: 'abcd', leftOut: 2 });
  assert.deepEqual(toBlockText('ab\ncd'), { text: 'ab\ncd', leftOut: 0 });
});

test('bytes are shown in decimal units', () => {
  assert.equal(formatBytes(0, 'en'), '0 bytes');
  assert.equal(formatBytes(999, 'en'), '999 bytes');
  assert.equal(formatBytes(1500, 'en'), '1.5 kB');
  assert.equal(formatBytes(116_600_000, 'en'), '117 MB');
  assert.equal(formatBytes(999_600, 'en'), '1 MB');
  assert.equal(formatBytes(2_340_000_000, 'en'), '2.3 GB');
  assert.equal(formatBytes(2_340_000_000, 'de'), '2,3\u00a0GB');
});

test('age counts whole days and never runs backwards', () => {
  const now = Date.parse('2026-01-10T12:00:00Z');
  assert.equal(ageInDays('2026-01-10T13:00:00Z', now), 0);
  assert.equal(ageInDays('2026-01-03T12:00:00Z', now), 7);
  assert.equal(ageInDays('yesterday', now), undefined);
});

test('digest and locale', () => {
  assert.equal(shortenDigest('sha256:0123456789abcdef'), '0123456789ab');
  assert.equal(toLocale('pt-br'), 'pt-BR');
  assert.equal(toLocale('not a tag'), 'en');
  assert.equal(toLocale(undefined), 'en');
});

const instructions: readonly (readonly [createdBy: string, instruction: string])[] = [
  ['/bin/sh -c #(nop)  CMD ["sh"]', 'CMD ["sh"]'],
  ['/bin/sh -c apt-get update', 'RUN apt-get update'],
  ['RUN /bin/sh -c apt-get update # buildkit', 'RUN apt-get update'],
  ['COPY . . # buildkit', 'COPY . .'],
  ['RUN |1 A=b /bin/sh -c true # buildkit', 'RUN |1 A=b /bin/sh -c true'],
  ['bazel build ...', 'bazel build ...'],
  ['', ''],
];
for (const [createdBy, instruction] of instructions) {
  test(`instruction of ${JSON.stringify(createdBy)}`, () => {
    assert.equal(toInstruction(createdBy), instruction);
  });
}
