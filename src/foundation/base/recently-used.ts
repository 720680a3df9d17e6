/**
 * Keeps what was asked for last, up to a size in all, and one value more when that is larger. What is asked for is in the young half; a full young half becomes the old one, and what was not asked for since goes with the
 * old one before it. So a value at hand costs one look into a map.
 */
export class RecentlyUsed<Key, T> {
  readonly #maxHalf: number;
  readonly #sizeOf: (value: T) => number;
  #young = new Map<Key, T>();
  #old = new Map<Key, T>();
  #youngSize = 0;

  constructor(maxSize: number, sizeOf: (value: T) => number) {
    this.#maxHalf = maxSize / 2;
    this.#sizeOf = sizeOf;
  }

  /** Returns the value of `key`, from `read` when it is not at hand. */
  get(key: Key, read: (key: Key) => T): T {
    const known = this.#young.get(key);
    if (known !== undefined || this.#young.has(key)) return known as T;
    const older = this.#old.get(key);
    const value = older !== undefined || this.#old.has(key) ? (older as T) : read(key);
    this.#keep(key, value);
    return value;
  }

  #keep(key: Key, value: T): void {
    const size = this.#sizeOf(value);
    if (this.#youngSize + size > this.#maxHalf && this.#youngSize > 0) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#youngSize = 0;
    }
    this.#young.set(key, value);
    this.#youngSize += size;
  }
}
