import { getCompileCacheDir } from 'node:module';
import path from 'node:path';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { YOUNG_GENERATION_MIB } from './young-generation.ts';

/** How long a cancelled job may take to stop by itself before its thread is ended. */
const CANCEL_GRACE_MS = 500;

type FromWorker<Result> =
  | { readonly type: 'progress'; readonly progress: unknown }
  | { readonly type: 'result'; readonly result: Result }
  | { readonly type: 'error'; readonly error: TransferredError };

/** An error as it crosses the thread boundary: class identity is lost there, so name and code are sent by hand. */
export interface TransferredError {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly stack?: string;
}

/** What a job threw in its worker thread. */
export class WorkerJobError extends Error {
  override readonly name = 'WorkerJobError';
  readonly original: TransferredError;
  constructor(original: TransferredError) {
    super(original.message);
    this.original = original;
  }
}

/**
 * Returns the result of running `entry` in a worker thread of its own with `job` as its input. Aborting `signal` asks the job to stop and, if it does not soon, ends the thread.
 * @throws {WorkerJobError} what the job threw · DOMException AbortError when cancelled
 */
export function runInWorkerThread<Result>(
  entry: string,
  job: unknown,
  hooks: { readonly signal?: AbortSignal; readonly onProgress?: (progress: unknown) => void },
): Promise<Result> {
  const { promise, resolve, reject } = Promise.withResolvers<Result>();
  if (hooks.signal?.aborted === true) {
    reject(abortError());
    return promise;
  }
  const worker = new Worker(entry, {
    workerData: job,
    env: workerEnvironment(),
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MIB },
  });
  let grace: NodeJS.Timeout | undefined;
  const cancel = (): void => {
    worker.postMessage('cancel');
    grace = setTimeout(() => {
      finish(() => {
        reject(abortError());
      });
    }, CANCEL_GRACE_MS);
  };
  const finish = (settle: () => void): void => {
    clearTimeout(grace);
    hooks.signal?.removeEventListener('abort', cancel);
    void worker.terminate();
    settle();
  };
  hooks.signal?.addEventListener('abort', cancel, { once: true });
  worker.on('message', (message: FromWorker<Result>) => {
    if (message.type === 'progress') hooks.onProgress?.(message.progress);
    else
      finish(() => {
        if (hooks.signal?.aborted === true) reject(abortError());
        else if (message.type === 'result') resolve(message.result);
        else reject(new WorkerJobError(message.error));
      });
  });
  worker.on('error', (error: Error) => {
    finish(() => {
      reject(new WorkerJobError(toTransferred(error)));
    });
  });
  worker.on('exit', () => {
    finish(() => {
      reject(
        hooks.signal?.aborted === true
          ? abortError()
          : new WorkerJobError({ name: 'Error', message: 'the scan thread ended before it had a result (out of memory?)' }),
      );
    });
  });
  return promise;
}

/** A thread does not inherit where compiled code is kept, except by this variable. Node makes a folder for its version in that place. */
function workerEnvironment(): NodeJS.ProcessEnv {
  const folder = getCompileCacheDir();
  return folder === undefined ? process.env : { ...process.env, NODE_COMPILE_CACHE: path.dirname(folder) };
}

/** Runs `work` on this worker thread's job and sends what comes of it to the thread that started it. */
export async function serveWorkerThread<Result>(
  work: (job: unknown, hooks: { readonly signal: AbortSignal; readonly onProgress: (progress: unknown) => void }) => Promise<Result>,
): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error('not a worker thread');
  const controller = new AbortController();
  port.on('message', () => {
    controller.abort();
  });
  const send = (message: FromWorker<Result>): void => {
    port.postMessage(message);
  };
  try {
    const result = await work(workerData, {
      signal: controller.signal,
      onProgress: (progress) => {
        send({ type: 'progress', progress });
      },
    });
    send({ type: 'result', result });
  } catch (error) {
    send({ type: 'error', error: toTransferred(error) });
  }
  port.close();
}

/** Returns an error as it can be sent to another thread. */
export function toTransferred(error: unknown): TransferredError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return {
    name: error.name,
    message: error.message,
    ...(code === undefined ? {} : { code }),
    ...(error.stack === undefined ? {} : { stack: error.stack }),
  };
}

function abortError(): DOMException {
  return new DOMException('cancelled', 'AbortError');
}
