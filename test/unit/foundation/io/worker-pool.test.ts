import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import { mapInWorkerThreads } from '../../../../src/foundation/io/worker-pool.ts';
import { WorkerJobError } from '../../../../src/foundation/io/worker-thread.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';

const helper = pathToFileURL(path.join(import.meta.dirname, '../../../../src/foundation/io/worker-pool.ts')).href;
const never = new AbortController().signal;

/** Writes a thread that answers with what `body` returns; it sees `request`. */
function writeThread(t: TestContext, body: string): string {
  const file = path.join(temporaryDirectory(t), 'thread.mjs');
  writeFileSync(file, `import { serveWorkerPool } from ${JSON.stringify(helper)};\nserveWorkerPool(async (request) => { ${body} });\n`);
  return file;
}

test('answers stand in the order of the requests, however long each took', async (t) => {
  const entry = writeThread(t, 'await new Promise((resolve) => setTimeout(resolve, request % 3 * 5)); return request * 2;');
  const requests = Array.from({ length: 20 }, (_, i) => i);
  for (const threads of [1, 3, 50]) {
    assert.deepEqual(
      await mapInWorkerThreads(entry, requests, { threads, signal: never }),
      requests.map((i) => i * 2),
    );
  }
  assert.deepEqual(await mapInWorkerThreads(entry, [], { threads: 2, signal: never }), []);
});

test('a request that throws or ends its thread costs its own answer only', async (t) => {
  const entry = writeThread(
    t,
    'if (request === 1) throw new TypeError("one"); if (request === 2) process.exit(1); if (request === 3) setTimeout(() => { throw new Error("late"); }, 0); await new Promise((resolve) => setTimeout(resolve, 20)); return request;',
  );
  const answers = await mapInWorkerThreads<number>(entry, [0, 1, 2, 3, 4], { threads: 2, signal: never });
  assert.deepEqual(
    answers.map((answer) => (answer instanceof WorkerJobError ? answer.message.split(' (')[0] : answer)),
    [0, 'one', 'its thread ended before it had an answer', 'late', 4],
  );
});

test('a thread that cannot start fails every request, and does not hang', async () => {
  const answers = await mapInWorkerThreads<number>('/nowhere/thread.mjs', [1, 2, 3], { threads: 2, signal: never });
  assert.ok(answers.every((answer) => answer instanceof WorkerJobError));
  assert.equal(answers.length, 3);
});

test('an abort ends threads that are deep in work', async (t) => {
  const entry = writeThread(t, 'for (;;);');
  const controller = new AbortController();
  const running = mapInWorkerThreads(entry, [1, 2, 3], { threads: 2, signal: controller.signal });
  controller.abort();
  await assert.rejects(running, { name: 'AbortError' });
});
