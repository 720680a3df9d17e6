import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cveOf, cweIdsIn, factsIn, toDate, toFact, toId, toRating, toScoreRating } from '../../../../src/advisories/feeds/facts.ts';

test('facts are short texts without control characters or lost letters', () => {
  assert.equal(toFact(' 1.0 '), '1.0');
  assert.equal(toFact(1.5), '1.5');
  for (const none of ['', ' ', 'a\u0000b', 'a\nb', 'a\uFFFD', 'x'.repeat(600), undefined, null, {}, []]) assert.equal(toFact(none), undefined);
  assert.deepEqual(factsIn(['b', 'a', 'b', 7, null]), ['b', 'a', '7']);
  assert.deepEqual(factsIn({ length: 3 }), []);
});

test('ids are one word', () => {
  assert.equal(toId('x_ACME-1'), 'x_ACME-1');
  assert.equal(toId('two words'), undefined);
});

test('a CVE is found in the ids that publishers make of it', () => {
  assert.equal(cveOf('UBUNTU-CVE-2021-3782'), 'CVE-2021-3782');
  assert.equal(cveOf('CVE-2021-3782'), 'CVE-2021-3782');
  assert.equal(cveOf('XCVE-2021-3782'), undefined);
  assert.equal(cveOf('GHSA-aaaa-bbbb-cccc'), undefined);
});

test('ratings of every version of CVSS have their score', () => {
  assert.deepEqual(toRating('CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', 'x'), {
    cvssVector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
    score: 9.8,
    source: 'x',
  });
  assert.equal(toRating('CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N', 'x')?.score, 9.3);
  assert.equal(toRating('(AV:N/AC:L/Au:N/C:P/I:P/A:P)', 'x')?.score, 7.5);
  assert.equal(toRating('<script>', 'x'), undefined);
  assert.equal(toRating(`CVSS:3.1/${'AV:N/'.repeat(200)}`, 'x'), undefined);
  assert.deepEqual(
    [toScoreRating('6.3', 'x')?.score, toScoreRating(10, 'x')?.score, toScoreRating(11, 'x'), toScoreRating('', 'x')],
    [6.3, 10, undefined, undefined],
  );
});

test('dates are of our age, weaknesses are CWE ids', () => {
  assert.equal(toDate('2021-05-06'), '2021-05-06T00:00:00.000Z');
  for (const none of ['0001-01-01T00:00:00Z', 'tomorrow', '', undefined, 7]) assert.equal(toDate(none), undefined);
  assert.deepEqual(cweIdsIn(['CWE-79', 'NVD-CWE-noinfo', 'CWE-20', 'CWE-79', 'CWE-0']), ['CWE-20', 'CWE-79']);
});
