/** Keeps what was asked for last, up to a size in all. */
export class RecentlyUsed<T> {
  readonly #maxSize: number;
  readonly #sizeOf: (value: T) => number;
  /** In the order of use, the least recently used first. */
  readonly #kept = new Map<string, { readonly value: T; readonly size: number }>();
  #size = 0;

  constructor(maxSize: number, sizeOf: (value: T) => number) {
    this.#maxSize = maxSize;
    this.#sizeOf = sizeOf;
  }

  /** Returns the value of `key`, from `read` when it is not at hand. */
  get(key: string, read: () => T): T {
    const known = this.#kept.get(key);
    if (known !== undefined) {
      this.#kept.delete(key);
      this.#kept.set(key, known);
      return known.value;
    }
    const value = read();
    const size = this.#sizeOf(value);
    this.#kept.set(key, { value, size });
    this.#size += size;
    for (const [oldest, { size: freed }] of this.#kept) {
      if (this.#size <= this.#maxSize || oldest === key) break;
      this.#kept.delete(oldest);
      this.#size -= freed;
    }
    return value;
  }
}
