/** SHA-256 of bytes that go by. Of many bytes it is half of the work of reading an image, and is done by a thread of its own while others look at them. */
import { createHash } from 'node:crypto';
import os from 'node:os';
import { Worker } from 'node:worker_threads';
import { READ_CHUNK_BYTES, THREAD_HASH_BYTES } from '../base/limits.ts';
import { workerEntry } from './resources.ts';

/** Takes bytes one after the other. */
export interface StreamHash {
  /** `bytes` are valid until what is returned is done: the next may only be given then. */
  update(bytes: Uint8Array): Promise<void> | undefined;
  /** Returns the digest in hex. */
  digest(): Promise<string>;
  /** Is to be called in the end, also when the digest is no longer wanted. */
  close(): void;
}

/** What the thread is told: that bytes are in a slot of the shared memory, or that there are no more. */
export type HashRequest = { readonly slot: number; readonly sizeBytes: number } | 'end';
/** What it answers: that a slot is free again, or the digest. It is then ready for other bytes. */
export type HashAnswer = number | string;

/** Slots of the shared memory: one is written while others wait. */
const SLOTS = 4;

/** Waits for work once it was started, without keeping the process alive. */
let idleThread: HashThread | undefined;

/** Returns a hash for about `expectedBytes`, which need not be known. */
export function createStreamHash(expectedBytes = 0): StreamHash {
  if (expectedBytes < THREAD_HASH_BYTES || os.availableParallelism() < 2) return new InlineHash();
  const thread = idleThread ?? new HashThread();
  idleThread = undefined;
  return new ThreadHash(thread);
}

class InlineHash implements StreamHash {
  readonly #hash = createHash('sha256');

  update(bytes: Uint8Array): undefined {
    this.#hash.update(bytes);
  }

  digest(): Promise<string> {
    return Promise.resolve(this.#hash.digest('hex'));
  }

  close(): void {
    // It holds nothing.
  }
}

/** A hash that has a thread to itself until it is closed. */
class ThreadHash implements StreamHash {
  readonly #thread: HashThread;
  #isDone = false;

  constructor(thread: HashThread) {
    this.#thread = thread;
    thread.worker.ref();
  }

  /** Waits only when all slots are taken. */
  update(bytes: Uint8Array): Promise<void> | undefined {
    const slot = bytes.length <= READ_CHUNK_BYTES ? this.#thread.takeSlot() : undefined;
    if (slot === undefined) return this.#updateLater(bytes);
    this.#thread.send(slot, bytes);
    return undefined;
  }

  async digest(): Promise<string> {
    const digest = await this.#thread.end();
    this.#isDone = true;
    return digest;
  }

  close(): void {
    if (this.#isDone && idleThread === undefined) {
      idleThread = this.#thread;
      this.#thread.worker.unref();
    } else void this.#thread.worker.terminate();
  }

  async #updateLater(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; at += READ_CHUNK_BYTES) {
      const part = bytes.subarray(at, at + READ_CHUNK_BYTES);
      this.#thread.send(this.#thread.takeSlot() ?? (await this.#thread.waitForSlot()), part);
    }
  }
}

class HashThread {
  readonly #memory = new SharedArrayBuffer(SLOTS * READ_CHUNK_BYTES);
  readonly worker = new Worker(workerEntry('hash-worker.cjs', 'foundation/io/hash-worker.ts'), { workerData: this.#memory });
  readonly #free = Array.from({ length: SLOTS }, (_, slot) => slot);
  #onSlot: PromiseWithResolvers<number> | undefined;
  #onDigest: PromiseWithResolvers<string> | undefined;
  #failure: Error | undefined;

  constructor() {
    this.worker.on('message', (answer: HashAnswer) => {
      if (typeof answer === 'string') this.#onDigest?.resolve(answer);
      else if (this.#onSlot === undefined) this.#free.push(answer);
      else {
        this.#onSlot.resolve(answer);
        this.#onSlot = undefined;
      }
    });
    this.worker.on('error', (error: Error) => {
      this.#failure = error;
      this.#onSlot?.reject(error);
      this.#onDigest?.reject(error);
    });
  }

  takeSlot(): number | undefined {
    return this.#free.pop();
  }

  waitForSlot(): Promise<number> {
    if (this.#failure !== undefined) throw this.#failure;
    this.#onSlot = Promise.withResolvers();
    return this.#onSlot.promise;
  }

  send(slot: number, bytes: Uint8Array): void {
    new Uint8Array(this.#memory, slot * READ_CHUNK_BYTES, bytes.length).set(bytes);
    this.worker.postMessage({ slot, sizeBytes: bytes.length } satisfies HashRequest);
  }

  /** Returns the digest of all that was sent since the last. */
  end(): Promise<string> {
    if (this.#failure !== undefined) throw this.#failure;
    this.#onDigest = Promise.withResolvers();
    this.worker.postMessage('end' satisfies HashRequest);
    return this.#onDigest.promise;
  }
}
