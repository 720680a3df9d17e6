import { parentPort, Worker } from 'node:worker_threads';
import { toTransferred, WorkerJobError, type TransferredError } from './worker-thread.ts';

type FromPoolThread<Answer> = { readonly answer: Answer } | { readonly error: TransferredError };

/**
 * Returns the answers to `requests`, in their order, worked out by at most `threads` threads that each run `entry` and take the next request when they are done with one.
 * Where a request fails, or ends its thread, a WorkerJobError stands in place of its answer and the others go on: a thread that ended is replaced.
 * @throws the signal's reason when it aborts
 */
export async function mapInWorkerThreads<Answer>(
  entry: string,
  requests: readonly unknown[],
  { threads, signal }: { readonly threads: number; readonly signal: AbortSignal },
): Promise<readonly (Answer | WorkerJobError)[]> {
  const answers: (Answer | WorkerJobError)[] = [];
  const queue = requests.entries();
  const serve = async (): Promise<void> => {
    let thread: PoolThread<Answer> | undefined;
    try {
      for (const [index, request] of queue) {
        signal.throwIfAborted();
        // It may have ended in its last request, or since.
        if (thread?.ended !== false) thread = new PoolThread<Answer>(entry, signal);
        answers[index] = await thread.ask(request);
      }
    } finally {
      await thread?.stop();
    }
  };
  await Promise.all(Array.from({ length: Math.min(threads, requests.length) }, serve));
  return answers;
}

/** Answers on this thread what mapInWorkerThreads asks it, one request after another, until the other side ends it. */
export function serveWorkerPool(answerTo: (request: unknown) => Promise<unknown>): void {
  const port = parentPort;
  if (port === null) throw new Error('not a worker thread');
  port.on('message', (request: unknown) => {
    answerTo(request).then(
      (answer) => {
        port.postMessage({ answer } satisfies FromPoolThread<unknown>);
      },
      (error: unknown) => {
        port.postMessage({ error: toTransferred(error) } satisfies FromPoolThread<unknown>);
      },
    );
  });
}

/** One thread with at most one request under way. */
class PoolThread<Answer> {
  readonly #worker: Worker;
  readonly #signal: AbortSignal;
  #settle: ((answer: Answer | WorkerJobError) => void) | undefined;
  ended = false;

  constructor(entry: string, signal: AbortSignal) {
    this.#signal = signal;
    this.#worker = new Worker(entry);
    this.#worker.on('message', (message: FromPoolThread<Answer>) => {
      this.#settle?.('error' in message ? new WorkerJobError(message.error) : message.answer);
    });
    this.#worker.on('error', (error: Error) => {
      this.#end(toTransferred(error));
    });
    this.#worker.on('exit', () => {
      this.#end({ name: 'Error', message: 'its thread ended before it had an answer (out of memory?)' });
    });
  }

  /** @throws the signal's reason when it aborts: the thread may be deep in work, so it is not asked to stop but ended. */
  ask(request: unknown): Promise<Answer | WorkerJobError> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer | WorkerJobError>();
    const abort = (): void => {
      reject(this.#signal.reason as Error);
    };
    this.#signal.addEventListener('abort', abort, { once: true });
    this.#settle = (answer) => {
      this.#signal.removeEventListener('abort', abort);
      resolve(answer);
    };
    this.#worker.postMessage(request);
    return promise;
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }

  #end(error: TransferredError): void {
    this.ended = true;
    this.#settle?.(new WorkerJobError(error));
  }
}
