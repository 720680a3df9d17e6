import assert from 'node:assert/strict';
import test from 'node:test';
import { isOutdated, nextUpdateStep, toUpdateMode, type ScheduleState } from '../../../src/extension/update-schedule.ts';

const now = new Date('2026-03-10T12:00:00Z');
const hoursAgo = (hours: number): string => new Date(now.getTime() - hours * 3_600_000).toISOString();
const state: ScheduleState = { mode: 'daily', offline: false, consent: 'yes', builtAt: hoursAgo(48), now, jitter: 0 };

const cases: readonly (readonly [what: string, change: Partial<ScheduleState>, step: ReturnType<typeof nextUpdateStep>])[] = [
  ['never asked for newer ones', {}, 'update'],
  ['asked yesterday', { checkedAt: hoursAgo(25) }, 'update'],
  ['asked today', { checkedAt: hoursAgo(23) }, 'wait'],
  ['asked a day ago, and chance waits a little longer', { checkedAt: hoursAgo(25), jitter: 0.9 }, 'wait'],
  ['asked three days ago, weekly', { mode: 'weekly', checkedAt: hoursAgo(72) }, 'wait'],
  ['asked eight days ago, weekly', { mode: 'weekly', checkedAt: hoursAgo(192) }, 'update'],
  ['failed an hour ago', { checkedAt: hoursAgo(50), triedAt: hoursAgo(1) }, 'wait'],
  ['failed this morning', { checkedAt: hoursAgo(50), triedAt: hoursAgo(5) }, 'update'],
  ['by hand only', { mode: 'manual' }, 'wait'],
  ['by hand only, and never asked the user', { mode: 'manual', consent: undefined }, 'wait'],
  ['offline', { offline: true }, 'wait'],
  ['offline, and never asked the user', { offline: true, consent: undefined }, 'wait'],
  ['never asked the user', { consent: undefined }, 'ask'],
  ['the user said no', { consent: 'no' }, 'wait'],
  ['the database is of next week', { builtAt: hoursAgo(-7 * 24) }, 'clock-is-wrong'],
  ['was asked next year', { checkedAt: hoursAgo(-365 * 24) }, 'clock-is-wrong'],
  ['the database is of this evening: another zone, another clock', { builtAt: hoursAgo(-8) }, 'update'],
  ['nobody knows when it was built', { builtAt: '' }, 'update'],
  ['times that are none', { builtAt: 'x', checkedAt: 'y', triedAt: 'z' }, 'update'],
];
for (const [what, change, step] of cases) {
  test(`${what}: ${step}`, () => {
    assert.equal(nextUpdateStep({ ...state, ...change }), step);
  });
}

test('a setting that says nothing known means by hand', () => {
  assert.deepEqual(['daily', 'weekly', 'manual', 'hourly', undefined, 7].map(toUpdateMode), [
    'daily',
    'weekly',
    'manual',
    'manual',
    'manual',
    'manual',
  ]);
});

test('a week is old, what has no date is not', () => {
  assert.deepEqual(
    [hoursAgo(7 * 24 + 1), hoursAgo(6 * 24), '', 'x', hoursAgo(-24)].map((builtAt) => isOutdated(builtAt, now)),
    [true, false, false, false, false],
  );
});
