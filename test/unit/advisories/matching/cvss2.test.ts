import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scoreCvss2 } from '../../../../src/advisories/matching/cvss2.ts';

test('the score of a vector is the one that the specification computes', () => {
  // The three examples of the guide's section 3.3, and the ends of the scale.
  const scored: readonly (readonly [string, number])[] = [
    ['AV:N/AC:L/Au:N/C:N/I:N/A:C', 7.8],
    ['AV:N/AC:L/Au:N/C:C/I:C/A:C', 10],
    ['AV:L/AC:H/Au:N/C:C/I:C/A:C', 6.2],
    ['AV:N/AC:L/Au:N/C:P/I:P/A:P', 7.5],
    ['AV:L/AC:H/Au:M/C:N/I:N/A:P', 0.8],
    ['AV:L/AC:H/Au:M/C:N/I:N/A:N', 0],
    ['(AV:N/AC:M/Au:N/C:N/I:P/A:N)', 4.3],
    ['AV:N/AC:L/Au:N/C:C/I:C/A:C/E:F/RL:OF/RC:C', 10],
  ];
  for (const [vector, score] of scored) assert.equal(scoreCvss2(vector), score, vector);
});

test('what is no whole vector of this version has no score', () => {
  for (const vector of ['', 'AV:N', 'AV:N/AC:L/Au:N/C:C/I:C', 'AV:N/AC:L/Au:N/C:C/I:C/A:H', 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', '((((('])
    assert.equal(scoreCvss2(vector), undefined, vector);
});
