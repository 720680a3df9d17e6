/** SHA-256 of bytes that go by. Of many bytes it is half of the work of reading an image, and is done by a thread of its own while others look at them. */
import { createHash } from 'node:crypto';
import os from 'node:os';
import { Worker } from 'node:worker_threads';
import { READ_CHUNK_BYTES, THREAD_HASH_BYTES } from '../base/limits.ts';
import { workerEntry } from './resources.ts';

/** Takes bytes one after the other. */
export interface StreamHash {
  /** `bytes` are valid until what is returned is done: the next bytes may only be given then. */
  update(bytes: Uint8Array): Promise<void> | undefined;
  /** Returns the digest in hex. */
  digest(): Promise<string>;
  /** Is to be called in the end, also when the digest is no longer wanted. */
  close(): void;
}

/** What the thread is told: that bytes are in a slot of the shared memory, or that there are no more. */
export type HashRequest = { readonly slot: number; readonly sizeBytes: number } | 'end';
/** What it answers: that a slot is free again, or the digest. */
export type HashAnswer = number | string;

/** Slots of the shared memory: one is written while others wait. */
const SLOTS = 4;

/** Returns a hash for about `expectedBytes`, which need not be known. */
export function createStreamHash(expectedBytes = 0): StreamHash {
  return expectedBytes >= THREAD_HASH_BYTES && os.availableParallelism() > 1 ? new ThreadHash() : new InlineHash();
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

class ThreadHash implements StreamHash {
  readonly #memory = new SharedArrayBuffer(SLOTS * READ_CHUNK_BYTES);
  readonly #worker = new Worker(workerEntry('hash-worker.cjs', 'foundation/io/hash-worker.ts'), { workerData: this.#memory });
  readonly #free = Array.from({ length: SLOTS }, (_, slot) => slot);
  readonly #digest = Promise.withResolvers<string>();
  #waiting: PromiseWithResolvers<void> | undefined;
  #failure: Error | undefined;

  constructor() {
    this.#worker.on('message', (answer: HashAnswer) => {
      if (typeof answer === 'string') this.#digest.resolve(answer);
      else this.#free.push(answer);
      this.#waiting?.resolve();
    });
    this.#worker.on('error', (error: Error) => {
      this.#failure = error;
      this.#digest.reject(error);
      this.#waiting?.resolve();
    });
    // Whoever gives up never asks for it.
    this.#digest.promise.catch(() => undefined);
  }

  /** Waits only when all slots are taken. */
  update(bytes: Uint8Array): Promise<void> | undefined {
    const slot = bytes.length <= READ_CHUNK_BYTES ? this.#free.pop() : undefined;
    if (slot === undefined) return this.#updateLater(bytes);
    this.#send(slot, bytes);
    return undefined;
  }

  digest(): Promise<string> {
    this.#worker.postMessage('end' satisfies HashRequest);
    return this.#digest.promise;
  }

  close(): void {
    void this.#worker.terminate();
  }

  async #updateLater(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; at += READ_CHUNK_BYTES) this.#send(await this.#freeSlot(), bytes.subarray(at, at + READ_CHUNK_BYTES));
  }

  async #freeSlot(): Promise<number> {
    for (;;) {
      if (this.#failure !== undefined) throw this.#failure;
      const slot = this.#free.pop();
      if (slot !== undefined) return slot;
      this.#waiting = Promise.withResolvers();
      await this.#waiting.promise;
    }
  }

  #send(slot: number, bytes: Uint8Array): void {
    new Uint8Array(this.#memory, slot * READ_CHUNK_BYTES, bytes.length).set(bytes);
    this.#worker.postMessage({ slot, sizeBytes: bytes.length } satisfies HashRequest);
  }
}
