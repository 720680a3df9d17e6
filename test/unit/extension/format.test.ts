import assert from 'node:assert/strict';
import test from 'node:test';
import { countSeverities, formatAge, formatCounts, formatSince, formatSize } from '../../../src/extension/format.ts';

const now = new Date('2026-07-01T12:00:00Z');

test('ages are in the largest whole unit, and undefined for what is no time', () => {
  const cases: readonly (readonly [string | undefined, string | undefined])[] = [
    ['2026-07-01T11:59:40Z', 'this minute'],
    ['2026-07-01T11:58:40Z', '1 minute ago'],
    ['2026-07-01T09:00:00Z', '3 hours ago'],
    ['2026-06-30T12:00:00Z', 'yesterday'],
    ['2026-06-11T12:00:00Z', '20 days ago'],
    ['2026-03-01T12:00:00Z', '4 months ago'],
    ['0001-01-01T00:00:00Z', '2,025 years ago'],
    ['2026-07-02T12:00:00Z', 'this minute'],
    ['not a time', undefined],
    [undefined, undefined],
  ];
  for (const [time, expected] of cases) assert.equal(formatAge(time, now, 'en'), expected, time);
});

test('news is since an hour of today, a weekday of the days before, or a date, by the calendar here', () => {
  const noon = new Date(2026, 6, 1, 12);
  for (const [time, expected] of [
    [new Date(2026, 6, 1, 7, 46), '7:46 AM'],
    [new Date(2026, 5, 30, 23, 59), 'Tuesday'],
    [new Date(2026, 5, 25, 0, 0), 'Thursday'],
    [new Date(2026, 5, 24, 23, 59), 'Jun 24, 2026'],
    [new Date(2026, 6, 2), 'Jul 2, 2026'],
  ] as const)
    assert.equal(formatSince(time.toISOString(), noon, 'en').replaceAll('\u202F', ' '), expected, time.toISOString());
  assert.equal(formatSince('never', noon, 'en'), '');
});

test('sizes are decimal, as container engines print them', () => {
  for (const [size, expected] of [
    [0, '0 byte'],
    [999, '999 byte'],
    [1000, '1 kB'],
    [187_400_000, '187 MB'],
    [1_250_000_000, '1.3 GB'],
    [9e15, '9,000 TB'],
  ] as const) {
    assert.equal(formatSize(size, 'en'), expected);
  }
});

test('counts are worst first, cut where asked, and a partial scan is never said to be clean', () => {
  const counts = countSeverities([{ severity: 'low' }, { severity: 'critical' }, { severity: 'low' }, { severity: 'high' }]);
  assert.deepEqual(counts, { low: 2, critical: 1, high: 1 });
  assert.equal(formatCounts(counts, 'complete'), '1 critical · 1 high · 2 low');
  assert.equal(formatCounts(counts, 'complete', 2), '1 critical · 1 high');
  assert.equal(formatCounts({}, 'complete'), 'no findings');
  assert.equal(formatCounts({}, 'partial'), 'not everything could be read');
});
