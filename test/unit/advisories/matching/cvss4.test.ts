import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { scoreCvss4 } from '../../../../src/advisories/matching/cvss4.ts';

const worst = 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H';

/** Scores as FIRST's calculator gives them. @see https://www.first.org/cvss/calculator/4.0 */
const scored: readonly (readonly [vector: string, score: number])[] = [
  [worst, 10],
  ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N', 0],
  ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N', 9.3],
  ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:L/VI:H/VA:L/SC:N/SI:H/SA:L', 9.2],
  ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:L/VI:L/VA:L/SC:H/SI:N/SA:L', 7.8],
  ['CVSS:4.0/AV:P/AC:H/AT:P/PR:H/UI:A/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H/E:A', 7.3],
  ['CVSS:4.0/AV:P/AC:H/AT:P/PR:H/UI:A/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H/CR:H/IR:H/AR:H', 7.3],
];

test('the score of a vector is the one that the specification computes, threat and environment included', () => {
  for (const [vector, score] of scored) assert.equal(scoreCvss4(vector), score, vector);
});

test('a modified metric counts instead of its own, and X counts as nothing said', () => {
  assert.equal(scoreCvss4(`${worst}/MVC:N/MVI:N/MVA:N/MSC:N/MSI:N/MSA:N`), 0);
  assert.equal(scoreCvss4(`${worst}/E:X/CR:X/MAV:X`), 10);
  const safety = scoreCvss4('CVSS:4.0/AV:P/AC:H/AT:P/PR:H/UI:A/VC:L/VI:L/VA:L/SC:N/SI:N/SA:N/MSI:S') ?? 0;
  assert.ok(safety > (scoreCvss4('CVSS:4.0/AV:P/AC:H/AT:P/PR:H/UI:A/VC:L/VI:L/VA:L/SC:N/SI:N/SA:N') ?? 0));
});

test('what is no whole vector of this version has no score', () => {
  for (const vector of [
    '',
    'CVSS:4.0/',
    worst.slice(0, -5),
    worst.replace('4.0', '3.1'),
    `${worst}/AV:N`,
    worst.replace('AV:N', 'AV:Q'),
    `${worst}/SI:S`,
    worst.replace('SI:H', 'SI:S'),
    `${worst}${'/E:A'.repeat(1000)}`,
  ])
    assert.equal(scoreCvss4(vector), undefined, vector.slice(0, 80));
});

const values: Readonly<Record<string, string>> = {
  AV: 'NALP',
  AC: 'LH',
  AT: 'NP',
  PR: 'NLH',
  UI: 'NPA',
  VC: 'HLN',
  VI: 'HLN',
  VA: 'HLN',
  SC: 'HLN',
  SI: 'HLN',
  SA: 'HLN',
};

test('a metric that is less severe never raises the score', () => {
  const metric = fc.constantFrom(...Object.keys(values));
  const vector = fc.record(Object.fromEntries(Object.entries(values).map(([name, letters]) => [name, fc.nat(letters.length - 1)])));
  const format = (places: Readonly<Record<string, number>>): string =>
    `CVSS:4.0/${Object.entries(values)
      .map(([name, letters]) => `${name}:${letters[places[name] ?? 0] ?? ''}`)
      .join('/')}`;
  fc.assert(
    fc.property(vector, metric, (places, name) => {
      const lower = { ...places, [name]: Math.min((places[name] ?? 0) + 1, (values[name] ?? '').length - 1) };
      const [score, less] = [scoreCvss4(format(places)), scoreCvss4(format(lower))];
      assert.ok(
        score !== undefined && less !== undefined && less <= score && score <= 10 && less >= 0,
        `${format(places)} ${score}, ${name} lower ${less}`,
      );
    }),
  );
});
