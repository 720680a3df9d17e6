import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import test, { type TestContext } from 'node:test';
import { startUpdateRounds, type UpdateDesk } from '../../../src/extension/update-rounds.ts';
import type { Consent } from '../../../src/extension/update-schedule.ts';

const START = Date.parse('2026-03-10T12:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** An editor whose hours go by when the test says so. What happens is told with the hour, from the start on. */
function open(
  t: TestContext,
  changes: Partial<UpdateDesk> = {},
  answers: { consent?: Consent; answer?: Consent | Promise<Consent> } = { consent: 'yes' },
) {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: START });
  const happened: string[] = [];
  const tell = (what: string): void => {
    happened.push(`${what} after ${((Date.now() - START) / HOUR).toFixed(2)} h`);
  };
  let { consent } = answers;
  let checkedAt: string | undefined;
  let triedAt: string | undefined;
  const desk: UpdateDesk = {
    isRunning: () => true,
    settings: () => ({ mode: 'daily', offline: false, ownDatabase: false }),
    status: () =>
      Promise.resolve({ source: 'test', builtAt: '2026-03-01T00:00:00Z', full: false, file: '', ...(checkedAt !== undefined && { checkedAt }) }),
    consent: () => consent,
    triedAt: () => triedAt,
    ask: async () => {
      tell('asked');
      consent = (await answers.answer) ?? 'no';
      return consent;
    },
    update: () => {
      tell('updated');
      triedAt = checkedAt = new Date().toISOString();
      return Promise.resolve();
    },
    warn: tell,
    ...changes,
  };
  const end = startUpdateRounds(desk, 0);
  const pass = async (hours: number): Promise<readonly string[]> => {
    for (let minute = 0; minute < hours * 60; minute += 1) {
      t.mock.timers.tick(MINUTE);
      await setImmediate();
    }
    return happened.splice(0);
  };
  return { pass, end, tried: () => (triedAt = new Date().toISOString()) };
}

test('once the editor has started, then every day', async (t) => {
  const { pass } = open(t);
  assert.deepEqual(await pass(2 / 60), [], 'not while it starts');
  assert.deepEqual(await pass(23), ['updated after 0.05 h']);
  assert.deepEqual(await pass(50), ['updated after 24.05 h', 'updated after 48.05 h', 'updated after 72.05 h']);
});

test('the user is asked once, and what is answered holds', async (t) => {
  await t.test('no', async (t) => {
    assert.deepEqual(await open(t, {}, { answer: 'no' }).pass(60), ['asked after 0.05 h']);
  });
  await t.test('yes', async (t) => {
    assert.deepEqual(await open(t, {}, { answer: 'yes' }).pass(24), ['asked after 0.05 h', 'updated after 0.05 h']);
  });
});

test('nothing happens by hand, offline, with a database of one’s own, and while nobody uses it', async (t) => {
  const settings = { mode: 'daily', offline: false, ownDatabase: false } as const;
  for (const [name, changes] of [
    ['by hand', { settings: () => ({ ...settings, mode: 'manual' as const }) }],
    ['offline', { settings: () => ({ ...settings, offline: true }) }],
    ['own database', { settings: () => ({ ...settings, ownDatabase: true }) }],
    ['not in use', { isRunning: () => false }],
  ] as const) {
    await t.test(name, async (t) => {
      assert.deepEqual(await open(t, { ...changes, status: () => assert.fail('the server was asked') }, {}).pass(30), []);
    });
  }
});

test('what fails is told, and tried again after four hours', async (t) => {
  const stage = open(t, {
    update: () => {
      stage.tried();
      return Promise.reject(new Error('no network'));
    },
  });
  assert.deepEqual(
    await stage.pass(9),
    ['0.05', '4.05', '8.05'].map((hour) => `advisories could not be updated after ${hour} h`),
  );
});

test('one look at a time, however long the user takes to answer; none after the end', async (t) => {
  const answer = Promise.withResolvers<Consent>();
  const stage = open(t, {}, { answer: answer.promise });
  assert.deepEqual(await stage.pass(10), ['asked after 0.05 h']);
  answer.resolve('yes');
  assert.deepEqual(await stage.pass(0.1), ['updated after 10.02 h']);
  stage.end();
  assert.deepEqual(await stage.pass(48), []);
});
