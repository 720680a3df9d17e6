/**
 * Answers about a model, an instruction or a command, kept on the object they are about. Not in a WeakMap: V8's collector of young objects takes what a map of old age holds for
 * alive, so that the whole model of every keystroke was copied into old memory, and nine tenths of the pauses came from that.
 */
export class Memo<V> {
  readonly #key = Symbol('memo');

  /** Returns the answer that is known of an object, else `answer`'s, which is then kept. */
  of(about: object, answer: () => V): V {
    const known = (about as Readonly<Record<symbol, V | undefined>>)[this.#key];
    if (known !== undefined) return known;
    const value = answer();
    // Not enumerable: a copy of the object with another word in it does not inherit the answer.
    Object.defineProperty(about, this.#key, { value });
    return value;
  }
}
