import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { runInWorkerThread, WorkerJobError } from '../../../../src/foundation/io/worker-thread.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'plimsoll-worker-'));
after(() => {
  rmSync(folder, { recursive: true });
});

const helper = pathToFileURL(path.join(import.meta.dirname, '../../../../src/foundation/io/worker-thread.ts')).href;

/** Writes a worker whose job is `body`: it sees `job`, `signal` and `onProgress`. */
function worker(name: string, body: string): string {
  const file = path.join(folder, `${name}.mjs`);
  writeFileSync(
    file,
    `import { serveWorkerThread } from ${JSON.stringify(helper)};\nawait serveWorkerThread(async (job, { signal, onProgress }) => { ${body} });\n`,
  );
  return file;
}

test('a job gets its input, tells its progress and gives its result', async () => {
  const seen: unknown[] = [];
  const result = await runInWorkerThread(
    worker('double', 'onProgress("half"); return job.n * 2;'),
    { n: 21 },
    { onProgress: (progress) => seen.push(progress) },
  );
  assert.equal(result, 42);
  assert.deepEqual(seen, ['half']);
});

test('what a job throws arrives with its name, code and message', async () => {
  const entry = worker('throw', 'throw Object.assign(new Error("no such image"), { name: "ImageSourceError", code: "not-found" });');
  await assert.rejects(runInWorkerThread(entry, {}, {}), (error: unknown) => {
    assert.ok(error instanceof WorkerJobError);
    assert.deepEqual([error.original.name, error.original.code, error.message], ['ImageSourceError', 'not-found', 'no such image']);
    return true;
  });
});

test('a thread that ends without a word is an error, not a hang', async () => {
  await assert.rejects(runInWorkerThread(worker('exit', 'process.exit(3)'), {}, {}), WorkerJobError);
});

test('cancelling ends a job that listens and one that does not', async () => {
  for (const [name, body] of [
    [
      'polite',
      'await new Promise((resolve, reject) => { const alive = setInterval(() => {}, 1000); signal.onabort = () => { clearInterval(alive); reject(signal.reason); }; onProgress("up"); });',
    ],
    ['deaf', 'onProgress("up"); for (;;);'],
  ] as const) {
    const controller = new AbortController();
    const running = runInWorkerThread(
      worker(name, body),
      {},
      {
        signal: controller.signal,
        onProgress: () => {
          controller.abort();
        },
      },
    );
    await assert.rejects(running, { name: 'AbortError' });
  }
  const aborted = AbortSignal.abort();
  await assert.rejects(runInWorkerThread(worker('never', 'return 1'), {}, { signal: aborted }), { name: 'AbortError' });
});
