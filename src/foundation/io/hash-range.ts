/** SHA-256 of a part of an open file, taken by threads that read it themselves: whoever looks into the file meanwhile may pass over what he does not want. */
import { createHash, type Hash } from 'node:crypto';
import { readSync } from 'node:fs';
import os from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { HASH_BLOCK_BYTES, MAX_HASH_THREADS, RANGE_HASH_BYTES } from '../base/limits.ts';
import { workerEntry } from './resources.ts';

/** Bytes of a file that stays open until their digest is known. */
export interface OpenRange {
  readonly descriptor: number;
  readonly start: number;
  readonly length: number;
}

/** What a thread answers to a range: its digest in hex, or why there is none. It is then ready for another. */
export type RangeAnswer = { readonly digest: string } | { readonly error: unknown };

interface Job {
  readonly range: OpenRange;
  readonly signal: AbortSignal | undefined;
  readonly answer: PromiseWithResolvers<string>;
}

const waiting: Job[] = [];
/** Threads that wait for work, without keeping the process alive. */
const idle: RangeThread[] = [];
let threads = 0;

/** Returns the SHA-256 of a range in hex; of fewer bytes when the file ends before. Throws what reading the file does, and the signal's reason when it aborts: nothing is read any more then. */
export async function hashRange(range: OpenRange, signal?: AbortSignal): Promise<string> {
  signal?.throwIfAborted();
  const isWorthThread = os.availableParallelism() > 1 && (range.length >= RANGE_HASH_BYTES || idle.length > 0);
  if (!isWorthThread) return hashHere(range, signal);
  const answer = Promise.withResolvers<string>();
  waiting.push({ range, signal, answer });
  startNext();
  return answer.promise;
}

/** Yields after each block of the range that `hash` was given. */
export function* hashBlocks({ descriptor, start, length }: OpenRange, hash: Hash): Generator<void, void, undefined> {
  const block = new Uint8Array(Math.min(length, HASH_BLOCK_BYTES));
  const end = start + length;
  for (let position = start; position < end;) {
    const count = readSync(descriptor, block, 0, Math.min(block.length, end - position), position);
    if (count === 0) return;
    hash.update(block.subarray(0, count));
    position += count;
    yield;
  }
}

async function hashHere(range: OpenRange, signal: AbortSignal | undefined): Promise<string> {
  const hash = createHash('sha256');
  const blocks = hashBlocks(range, hash);
  for (let count = 1; blocks.next().done !== true; count++) {
    // Some ten milliseconds.
    if (count % 64 === 0) await setImmediate();
    signal?.throwIfAborted();
  }
  return hash.digest('hex');
}

function startNext(): void {
  while (waiting.length > 0 && (idle.length > 0 || threads < MAX_HASH_THREADS)) {
    const job = waiting.shift();
    if (job?.signal?.aborted === true) job.answer.reject(job.signal.reason);
    else if (job !== undefined) (idle.pop() ?? new RangeThread()).run(job);
  }
}

class RangeThread {
  readonly #worker = new Worker(workerEntry('hash-worker.cjs', 'foundation/io/hash-worker.ts'));
  #job: Job | undefined;
  #isEnded = false;
  /** Its exit ends the job: the file may be closed as soon as nobody reads it. */
  readonly #abort = (): void => {
    void this.#worker.terminate();
  };

  constructor() {
    threads += 1;
    this.#worker.on('message', (answer: RangeAnswer) => {
      this.#worker.unref();
      idle.push(this);
      const { answer: asked } = this.#takeJob() ?? {};
      if ('digest' in answer) asked?.resolve(answer.digest);
      else asked?.reject(answer.error);
      startNext();
    });
    this.#worker.on('error', (error) => {
      this.#end(error);
    });
    this.#worker.on('exit', () => {
      const { signal } = this.#job ?? {};
      this.#end(signal?.aborted === true ? signal.reason : new Error('the thread that takes digests ended (out of memory?)'));
    });
  }

  run(job: Job): void {
    this.#job = job;
    job.signal?.addEventListener('abort', this.#abort, { once: true });
    this.#worker.ref();
    this.#worker.postMessage(job.range);
  }

  #takeJob(): Job | undefined {
    const job = this.#job;
    job?.signal?.removeEventListener('abort', this.#abort);
    this.#job = undefined;
    return job;
  }

  #end(reason: unknown): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    threads -= 1;
    const place = idle.indexOf(this);
    if (place >= 0) idle.splice(place, 1);
    this.#takeJob()?.answer.reject(reason);
    startNext();
  }
}
