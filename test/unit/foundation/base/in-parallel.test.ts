import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { mapInParallel } from '../../../../src/foundation/base/in-parallel.ts';

test('results stand in the order of what they are of, and no more are under way than may be', async () => {
  let atOnce = 0;
  let most = 0;
  const work = async (item: number): Promise<number> => {
    most = Math.max(most, ++atOnce);
    for (let turns = 10 - item; turns > 0; turns -= 1) await setImmediate();
    atOnce -= 1;
    return item * 10;
  };
  assert.deepEqual(await mapInParallel([1, 2, 3, 4, 5, 6, 7], 3, work), [10, 20, 30, 40, 50, 60, 70]);
  assert.equal(most, 3);
  assert.deepEqual(await mapInParallel([], 3, work), []);
});

test('after a failure nothing more is begun', async () => {
  const begun: number[] = [];
  const work = async (item: number): Promise<void> => {
    begun.push(item);
    await setImmediate();
    if (item === 1) throw new Error('no');
    await setImmediate();
  };
  await assert.rejects(mapInParallel([1, 2, 3, 4], 2, work), /^Error: no$/);
  await setImmediate();
  assert.deepEqual(begun, [1, 2]);
});
