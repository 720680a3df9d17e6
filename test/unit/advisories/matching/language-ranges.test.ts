import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isIn, toSubject } from '../../../../src/advisories/matching/language-ranges.ts';
import { evaluateRange } from '../../../../src/advisories/versions/range.ts';
import { schemes } from '../../../../src/advisories/versions/schemes.generated.ts';

const component = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 0, max: 3 }).map(String) },
  fc.constantFrom('10', '01', '00', '007', '20240101', '1234567890123'),
);
/** What stands behind the numbers of a version, in one ecosystem or another. */
const rest = fc.constantFrom(
  ...[
    '',
    '',
    '',
    '-rc1',
    'rc0',
    '.rc.1',
    'a1',
    'b2',
    '.Final',
    '-jre',
    '-alpha.1',
    '-alpha.2',
    '.beta',
    '-SNAPSHOT',
    '.dev2',
    '.post1',
    '-1',
    '+build.5',
  ],
  ...[
    '-0',
    '-0.20210101000000-0123456789ab',
    '-stable',
    '.RELEASE',
    '.v20210629',
    't',
    '!2.0',
    ':2',
    '_1',
    '-canary.3',
    '.1.2',
    '.x',
    '-fix',
    '-dev',
    '.',
  ],
);
const threeNumbers = fc.array(component, { minLength: 3, maxLength: 3 }).map((numbers) => numbers.join('.'));
const version = fc.oneof(
  fc.array(component, { minLength: 1, maxLength: 5 }).map((numbers) => numbers.join('.')),
  fc
    .tuple(
      fc.oneof(
        threeNumbers,
        fc.array(component, { minLength: 1, maxLength: 4 }).map((numbers) => numbers.join('.')),
      ),
      rest,
    )
    .map((parts) => parts.join('')),
);
const bound = fc
  .tuple(fc.constantFrom('<', '<=', '>', '>=', '=', '==', '~>', '< ', '>= ', '~> '), fc.oneof(version, threeNumbers))
  .map(([operator, named]) => operator + named);
const alternative = fc
  .array(bound, { minLength: 1, maxLength: 3 })
  .chain((parts) => fc.constantFrom(', ', ',', ' ').map((separator) => parts.join(separator)));
const end = fc.oneof(version, threeNumbers, fc.constant(''));
const interval = fc.oneof(
  fc.tuple(fc.constantFrom('[', '('), end, fc.constantFrom(',', ', '), end, fc.constantFrom(']', ')')).map((parts) => parts.join('')),
  end.map((only) => `[${only}]`),
);
const intervals = fc
  .array(interval, { minLength: 1, maxLength: 3 })
  .chain((parts) => fc.constantFrom(',', ', ', '').map((separator) => parts.join(separator)));
const range = fc.array(fc.oneof(alternative, intervals), { minLength: 1, maxLength: 2 }).map((alternatives) => alternatives.join(' || '));

for (const scheme of schemes) {
  test(`${scheme.id}: what is told by numbers alone is what the scheme says`, () => {
    fc.assert(
      fc.property(fc.oneof(version, threeNumbers), range, (installed, expression) => {
        // What Cargo makes of numbers left out is not what advisories mean.
        fc.pre(scheme.id !== 'cargo' || (expression.match(/[\d.]+/g) ?? []).every((named) => named.split('.').length >= 3));
        fc.pre(scheme.isValid(installed) && !/>=\s?0(?![\d.])/.test(expression));
        assert.equal(isIn(toSubject(scheme, installed), expression), evaluateRange(scheme, installed, expression));
      }),
      { numRuns: 1000 },
    );
  });
}

test('hostile ranges and versions are answered, and soon', () => {
  const semver = schemes.find(({ id }) => id === 'semver');
  assert.ok(semver);
  for (const unit of ['<', '>=0,', '1.', ' ', '= ', '<1 ', '1', '||', '(', '^', '<a', '~>']) {
    const text = unit.repeat(Math.floor(16_000 / unit.length));
    for (const expression of [text, `${text}x`, `x${text}`, text.repeat(100)]) isIn(toSubject(semver, '1.2.3'), expression);
    isIn(toSubject(semver, text), '<1.2.3');
  }
  assert.equal(isIn(toSubject(semver, '1.2.3'), '<2.0.0, '.repeat(10_000)), undefined, 'too long to be one');
});
