import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { withLock, type LockHolder } from '../../../../src/foundation/io/lock-file.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';
import { waitFor } from '../../../support/wait.ts';

test('one at a time, the others after it', async (t) => {
  const file = path.join(temporaryDirectory(t), 'new', 'lock');
  let inside = 0;
  const waited: (LockHolder | undefined)[] = [];
  const results = await Promise.all(
    Array.from({ length: 4 }, (_, index) =>
      withLock(file, { onWait: (holder) => waited.push(holder) }, async () => {
        inside += 1;
        assert.equal(inside, 1);
        // The first does not leave before the others have come.
        await waitFor('the others to wait', () => waited.length === 3);
        inside -= 1;
        return index;
      }),
    ),
  );
  assert.deepEqual(results, [0, 1, 2, 3]);
  assert.equal(waited.length, 3);
  assert.ok(waited.some((holder) => holder?.pid === process.pid && holder.host === os.hostname()));
  assert.deepEqual(readdirSync(path.dirname(file)), []);
});

test('is let go when the work fails', async (t) => {
  const file = path.join(temporaryDirectory(t), 'lock');
  await assert.rejects(
    withLock(file, {}, () => Promise.reject(new Error('broken'))),
    /broken/,
  );
  assert.equal(existsSync(file), false);
});

test('of a process that is gone is taken over, once, by whoever comes', async (t) => {
  const file = path.join(temporaryDirectory(t), 'lock');
  const { pid } = spawnSync(process.execPath, ['--version']);
  writeFileSync(file, JSON.stringify({ pid, host: os.hostname(), since: '2024-01-01T00:00:00Z', token: 'gone' }));
  let inside = 0;
  await Promise.all(
    [1, 2, 3].map(() =>
      withLock(file, {}, async () => {
        inside += 1;
        assert.equal(inside, 1);
        await setTimeout(20);
        inside -= 1;
      }),
    ),
  );
  assert.deepEqual(readdirSync(path.dirname(file)), []);
});

test('whoever waits can be called off', async (t) => {
  const file = path.join(temporaryDirectory(t), 'lock');
  await withLock(file, {}, async () => {
    const controller = new AbortController();
    const waiting = withLock(
      file,
      {
        signal: controller.signal,
        onWait: () =>
          void setTimeout(10).then(() => {
            controller.abort();
          }),
      },
      () => Promise.resolve(),
    );
    await assert.rejects(waiting, { name: 'AbortError' });
    assert.equal(existsSync(file), true, 'the lock is still held');
  });
});
