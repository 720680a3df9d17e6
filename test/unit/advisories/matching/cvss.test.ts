import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { scoreCvss3, severityOfScore } from '../../../../src/advisories/matching/cvss.ts';

const scores: readonly (readonly [string, number | undefined])[] = [
  ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', 9.8],
  ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H', 10],
  ['CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H', 7.5],
  ['CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:N/I:H/A:N', 5.9],
  ['CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H', 7.8],
  ['CVSS:3.1/AV:N/AC:L/PR:L/UI:R/S:C/C:L/I:L/A:N', 5.4],
  ['CVSS:3.0/AV:N/AC:L/PR:L/UI:N/S:C/C:H/I:H/A:H', 9.9],
  ['CVSS:3.1/AV:P/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N', 1.6],
  ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N', 0],
  // Metrics may stand in any order, and temporal ones behind them.
  ['CVSS:3.1/S:U/C:H/I:H/A:H/AV:N/AC:L/PR:N/UI:N/E:P', 9.8],
  ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H', undefined],
  ['CVSS:3.1/AV:X/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', undefined],
  ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/C:H/I:H/A:H', undefined],
  ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N', undefined],
  ['AV:N/AC:L/Au:N/C:P/I:P/A:P', undefined],
  ['', undefined],
];

for (const [vector, score] of scores) {
  test(`scores ${vector || 'nothing'}`, () => {
    assert.equal(scoreCvss3(vector), score);
  });
}

test('words for scores', () => {
  assert.deepEqual([10, 9, 8.9, 7, 6.9, 4, 3.9, 0.1, 0].map(severityOfScore), [
    'critical',
    'critical',
    'high',
    'high',
    'medium',
    'medium',
    'low',
    'low',
    'negligible',
  ]);
});

test('a score is a number from 0 to 10 with one decimal, or none', () => {
  const metric = (name: string, values: string) => fc.constantFrom(...Array.from(values)).map((value) => `${name}:${value}`);
  const vector = fc.tuple(
    metric('AV', 'NALP'),
    metric('AC', 'LH'),
    metric('PR', 'NLH'),
    metric('UI', 'NR'),
    metric('S', 'UC'),
    metric('C', 'HLN'),
    metric('I', 'HLN'),
    metric('A', 'HLN'),
  );
  fc.assert(
    fc.property(vector, (metrics) => {
      const score = scoreCvss3(`CVSS:3.1/${metrics.join('/')}`) ?? -1;
      assert.ok(score >= 0 && score <= 10);
      assert.equal(Number(score.toFixed(1)), score);
    }),
  );
  fc.assert(
    fc.property(fc.string(), (text) => {
      scoreCvss3(`CVSS:3.1/${text}`);
    }),
  );
});
