import { setImmediate } from 'node:timers/promises';
import { MAX_WINDOW_BYTES, MIN_WINDOW_BYTES, TURN_MS } from '../base/limits.ts';
import type { OpenFile } from './files.ts';

/**
 * A part of a file as chunks, each valid until the next is asked for. What is skipped is not read. Windows are small after a leap and grow while one follows the other: a header here and there costs little, and a large file is
 * read in large pieces.
 */
export class FileWindows implements AsyncIterator<Uint8Array> {
  readonly #file: Pick<OpenFile, 'readNow'>;
  readonly #end: number;
  readonly #signal: AbortSignal | undefined;
  readonly #memory: Uint8Array;
  #position: number;
  #size = MIN_WINDOW_BYTES;
  #turnStart = performance.now();

  constructor(file: Pick<OpenFile, 'readNow'>, start: number, length: number, signal?: AbortSignal) {
    this.#file = file;
    this.#position = start;
    this.#end = start + length;
    this.#signal = signal;
    this.#memory = new Uint8Array(Math.min(length, MAX_WINDOW_BYTES));
  }

  /** Returns the next window. @throws {FileError} io; the signal's reason when it aborts */
  async next(): Promise<IteratorResult<Uint8Array, undefined>> {
    if (performance.now() - this.#turnStart > TURN_MS) {
      await setImmediate();
      this.#turnStart = performance.now();
    }
    this.#signal?.throwIfAborted();
    const wanted = Math.min(this.#size, this.#end - this.#position, this.#memory.length);
    const count = wanted === 0 ? 0 : this.#file.readNow(this.#memory.subarray(0, wanted), this.#position);
    if (count === 0) return { done: true, value: undefined };
    this.#position += count;
    this.#size = Math.min(2 * this.#size, MAX_WINDOW_BYTES);
    return { done: false, value: this.#memory.subarray(0, count) };
  }

  /** Passes over `count` bytes, and returns how many there were in the part. */
  skip(count: number): number {
    const skipped = Math.min(count, this.#end - this.#position);
    this.#position += skipped;
    if (skipped >= this.#size) this.#size = MIN_WINDOW_BYTES;
    return skipped;
  }
}
