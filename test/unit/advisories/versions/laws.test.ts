import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { evaluateRange, versionsNamed } from '../../../../src/advisories/versions/range.ts';
import { schemes } from '../../../../src/advisories/versions/schemes.generated.ts';
import { assertTotalOrder } from './vectors.ts';

const ALPHABET = '0019abrcpvx.-_+~^!:* ';
const KNOWN = ['1.0', '1.0.0', '1.0-rc1', '1.0-1', 'v1.0.0-beta.2', '1:2.0-1', '1.0_p1', '1.0.dev1', '1.0.post1', '10.0.20348.2700', 'latest', ''];

for (const scheme of schemes) {
  test(`${scheme.id} is a total order over all strings`, () => {
    assertTotalOrder(scheme, ALPHABET, KNOWN);
  });
}

/** A regular expression that backtracks, or a loop in a loop, takes minutes over these, or for ever. */
const LENGTH = 10_000;
const units = [
  '1',
  '0',
  '9',
  '.',
  '1.',
  '.0',
  '-',
  '_',
  '~',
  '^',
  '+',
  'a',
  '1a',
  'a1',
  '.a',
  '-0',
  '_p',
  '_rc1',
  '~a',
  'rc',
  ' ',
  '!',
  '-r',
  '.x',
  'é',
  '1.0-',
  'dev-',
  '1-1-',
  'x ',
  '[',
  '1,',
];
const long = units.flatMap((unit) => {
  const run = unit.repeat(Math.ceil(LENGTH / unit.length));
  return [run, `${run}!`, `1${run}`, `1.0${run}\n`];
});

test('versions of 10,000 characters, a thousand dots among them, are compared by every scheme', () => {
  assert.ok(long.some((version) => version.split('.').length > 1000));
  for (const scheme of schemes) {
    for (const [index, version] of long.entries()) {
      const other = long[(index + 1) % long.length] ?? '';
      assert.equal(scheme.compare(version, version), 0, scheme.id);
      assert.equal(Math.sign(scheme.compare(version, other)), 0 - Math.sign(scheme.compare(other, version)) || 0, scheme.id);
      assert.equal(typeof scheme.isValid(version), 'boolean');
    }
  }
});

test('ranges of 10,000 characters are read by every grammar', () => {
  for (const scheme of schemes) {
    for (const expression of [
      ...long,
      ...['<', '>=1 ', '^1.', '~>', '||', '|', '(,1)', '[1,2],', ', ', ' - '].map((unit) => unit.repeat(LENGTH / unit.length)),
    ]) {
      evaluateRange(scheme, '1.2.3', expression);
      versionsNamed(expression, ['', '<']);
    }
  }
});

test('a version cut short anywhere is still compared', () => {
  const versions = [
    ...KNOWN,
    '1:2.30.2-1+deb11u2',
    '2.17.1-alpha-20240101.SNAPSHOT',
    'v0.0.0-20201120070457-d52dcb253c63+incompatible',
    '1!2.0rc1.post2.dev3+cu118.x',
    'KB5034441',
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...schemes),
      fc.constantFrom(...versions),
      fc.nat(60),
      fc.constantFrom(...versions),
      (scheme, version, length, other) => {
        const cut = version.slice(0, length);
        assert.equal(Math.sign(scheme.compare(cut, other)), 0 - Math.sign(scheme.compare(other, cut)) || 0);
        scheme.isValid(cut);
      },
    ),
  );
});

test('no range makes a grammar throw', () => {
  const text = fc.string({ unit: fc.constantFrom(...Array.from('<>=!~^|*., 019ax-+[]()'), ' or ', ' and ', ' - ') });
  fc.assert(
    fc.property(fc.constantFrom(...schemes), fc.string(), text, (scheme, version, expression) => {
      evaluateRange(scheme, version, expression);
      versionsNamed(expression, ['<']);
    }),
    { numRuns: 3000 },
  );
});
