import assert from 'node:assert/strict';
import test from 'node:test';
import { connectToProcess } from '../../../../src/foundation/io/process-stream.ts';
import { ProcessError } from '../../../../src/foundation/io/process.ts';

const run = (script: string): ReturnType<typeof connectToProcess> => connectToProcess(process.execPath, ['-e', script]);

async function readAll(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

test('what is written comes back, however much it is', async () => {
  const stream = run('process.stdin.pipe(process.stdout)');
  const text = 'x'.repeat(3_000_000);
  stream.end(text);
  assert.equal((await readAll(stream)).length, text.length);
});

test('a program that fails is told with its last words, made harmless', async () => {
  const stream = run(`process.stdout.write('half'); console.error('\\x1b[31mHost key verification failed.\\n'); process.exitCode = 255`);
  await assert.rejects(
    readAll(stream),
    (error) => error instanceof ProcessError && /ended with 255: +\[31mHost key verification failed\.$/.test(error.message),
  );
});

test('destroying it ends the program', async () => {
  const stream = run('process.stdout.write(String(process.pid)); setInterval(() => 0, 1000)');
  const pid = await new Promise<number>((resolve) =>
    stream.once('data', (chunk: Buffer) => {
      resolve(Number(chunk));
    }),
  );
  stream.destroy();
  const isAlive = (): boolean => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  while (isAlive()) await new Promise((resolve) => setTimeout(resolve, 20));
});

test('a program that is not there', () => {
  assert.throws(
    () => connectToProcess('no-such-program', []),
    (error) => error instanceof ProcessError && error.code === 'not-found',
  );
});
