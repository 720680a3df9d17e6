/**
 * What PHP's serialize() writes: `a:2:{s:4:"name";s:5:"redis";i:0;b:1;}`. Lengths of strings are of bytes.
 *
 * @see https://www.php.net/manual/en/function.serialize.php
 */
import { MAX_JSON_DEPTH, MAX_JSON_VALUES } from '../base/limits.ts';

/** Numbers and everything that is no text and no array (null, references, objects) are undefined. */
export type PhpValue = string | PhpArray | undefined;
export type PhpArray = ReadonlyMap<string, PhpValue>;

export interface PhpParsed {
  readonly value?: PhpValue;
  /** Why there is no value. */
  readonly reason?: string;
}

/** Returns the value that `bytes` begin with. */
export function parsePhpSerialized(bytes: Uint8Array): PhpParsed {
  try {
    return { value: new PhpReader(bytes).value(0) };
  } catch (error) {
    if (error instanceof PhpError) return { reason: error.message };
    throw error;
  }
}

class PhpError extends Error {}

const COLON = 0x3a;
const SEMICOLON = 0x3b;
const QUOTE = 0x22;
const OPEN = 0x7b;
const CLOSE = 0x7d;
/** Longest number, as text. */
const LONGEST_NUMBER = 32;

class PhpReader {
  readonly #bytes: Uint8Array;
  readonly #decoder = new TextDecoder('utf-8');
  #position = 0;
  #valuesLeft = MAX_JSON_VALUES;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  value(depth: number): PhpValue {
    if (depth > MAX_JSON_DEPTH) throw new PhpError('it is nested too deeply');
    if (this.#valuesLeft-- <= 0) throw new PhpError('it has too many values');
    const kind = String.fromCharCode(this.#bytes[this.#position++] ?? 0);
    switch (kind) {
      case 'N':
        this.#expect(SEMICOLON);
        return undefined;
      case 'b':
      case 'd':
      case 'i':
      case 'r':
      case 'R':
        this.#number(SEMICOLON);
        return undefined;
      case 's':
        return this.#text(SEMICOLON);
      case 'a':
        return this.#array(depth);
      case 'O':
        this.#expect(COLON);
        this.#position--;
        this.#text(undefined);
        this.#array(depth);
        return undefined;
      default:
        throw new PhpError(`it has no value at byte ${this.#position - 1}`);
    }
  }

  #array(depth: number): PhpArray {
    const count = Number(this.#number(COLON));
    this.#expect(OPEN);
    const found = new Map<string, PhpValue>();
    for (let index = 0; index < count; index++) {
      const key = this.#key();
      const value = this.value(depth + 1);
      found.set(key, value);
    }
    this.#expect(CLOSE);
    return found;
  }

  #key(): string {
    const kind = this.#bytes[this.#position++];
    if (kind === 0x69) return this.#number(SEMICOLON);
    if (kind === 0x73) return this.#text(SEMICOLON);
    throw new PhpError(`it has no key at byte ${this.#position - 1}`);
  }

  /** The colon, the length, and the text between quotes. */
  #text(end: number | undefined): string {
    const length = Number(this.#number(COLON));
    if (!Number.isSafeInteger(length) || length < 0 || this.#position + length + 2 > this.#bytes.length)
      throw new PhpError('a text is longer than all of it');
    this.#expect(QUOTE);
    const text = this.#decoder.decode(this.#bytes.subarray(this.#position, this.#position + length));
    this.#position += length;
    this.#expect(QUOTE);
    if (end !== undefined) this.#expect(end);
    return text;
  }

  /** The colon, and what stands before `end`. */
  #number(end: number): string {
    this.#expect(COLON);
    const stop = this.#bytes.subarray(this.#position, this.#position + LONGEST_NUMBER).indexOf(end);
    if (stop < 0) throw new PhpError(`it has no number at byte ${this.#position}`);
    const text = String.fromCharCode(...this.#bytes.subarray(this.#position, this.#position + stop));
    this.#position += stop + 1;
    return text;
  }

  #expect(byte: number): void {
    if (this.#bytes[this.#position++] !== byte) throw new PhpError(`it is cut short or damaged at byte ${this.#position - 1}`);
  }
}
