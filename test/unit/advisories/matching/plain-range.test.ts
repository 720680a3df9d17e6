import assert from 'node:assert/strict';
import { test } from 'node:test';
import { leadingNumbers, parsePlainRange } from '../../../../src/advisories/matching/plain-range.ts';

/** Each bound as it was read, '!' behind a version that is more than numbers. */
function show(range: string): string | undefined {
  const alternatives = parsePlainRange(range)?.alternatives;
  return alternatives
    ?.map((bounds) => bounds.map(({ operator, version, isWhole }) => `${operator}${version}${isWhole ? '' : '!'}`).join(' '))
    .join(' | ');
}

const ranges: readonly (readonly [range: string, read: string | undefined])[] = [
  ['1.2.3', '=1.2.3'],
  ['<1.2.3', '<1.2.3'],
  [' >= 1.0 ,< 1.2.3 ', '>=1.0 <1.2.3'],
  ['>=1.0.0 <1.2.3', '>=1.0.0 <1.2.3'],
  ['<1.0||>=2.0,<2.1 || ==3', '<1.0 | >=2.0 <2.1 | ==3'],
  ['>=0, <1.2.3', '<1.2.3'],
  ['>=0', '>=0'],
  ['~> 1.2', '~>1.2'],
  ['>=2.0.0-rc.1, <2.0.1', '>=2.0.0-rc.1! <2.0.1'],
  ['<4.1.60.Final', '<4.1.60.Final!'],
  ['(,1.0]', '<=1.0'],
  ['[1.0,2.0),[3.0]', '>=1.0 <2.0 | =3.0'],
  ['(1.0,)', '>1.0'],
  ['(,)', ''],
  ['1.2.x', undefined],
  ['<1.x', undefined],
  ['~> 1.0.0.rc1', undefined],
  ['^1.2.3', undefined],
  ['~1.2.3', undefined],
  ['!=1.2.3', undefined],
  ['1.2 - 2.3', undefined],
  ['1.0 2.0', undefined],
  ['<1.0<2.0', undefined],
  ['<unknown', undefined],
  ['<1.0 | <2.0', undefined],
  ['<1234567890', undefined],
  ['>=0,', undefined],
  ['(1.0)', undefined],
  ['[]', undefined],
  ['[1.0,2.0', undefined],
  ['', undefined],
  ['*', undefined],
];

for (const [range, read] of ranges) {
  test(`reads ${JSON.stringify(range)}`, () => {
    assert.equal(show(range), read);
  });
}

test('reads the numbers that a version begins with', () => {
  assert.deepEqual(leadingNumbers('1.2.3'), { numbers: [1, 2, 3], isWhole: true });
  assert.deepEqual(leadingNumbers('v1.20'), { numbers: [1, 20], isWhole: true });
  assert.deepEqual(leadingNumbers('1.2.3.4.5'), { numbers: [1, 2, 3, 4], isWhole: false });
  assert.deepEqual(leadingNumbers('9.4.43.v20210629'), { numbers: [9, 4, 43], isWhole: false });
  assert.deepEqual(leadingNumbers('1.'), { numbers: [1], isWhole: false });
  for (const none of ['', 'v', 'latest', '1!2.0', '1:2.0', '1234567890.1']) assert.equal(leadingNumbers(none), undefined, none);
});
