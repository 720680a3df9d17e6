import { DamagedBytesError } from './byte-queue.ts';

/** The arithmetic decoder of LZMA: each bit is read by how likely it was so far. Numbers are signed, since those are what the engine keeps unboxed, and compared as if they were not. */
class RangeDecoder {
  #bytes: Uint8Array = new Uint8Array(0);
  #at = 0;
  #range = 0;
  #code = 0;

  /** Begins with the five bytes that every chunk starts with. */
  start(bytes: Uint8Array): void {
    this.#bytes = bytes;
    if (bytes.length < 5 || bytes[0] !== 0) throw new DamagedBytesError('a chunk does not begin as one does');
    this.#range = -1;
    this.#code = ((bytes[1] ?? 0) << 24) | ((bytes[2] ?? 0) << 16) | ((bytes[3] ?? 0) << 8) | (bytes[4] ?? 0);
    this.#at = 5;
  }

  /** True when the chunk was used up to its end and no further: one that is damaged is not, as a rule. */
  get isAtEnd(): boolean {
    this.#normalize();
    return this.#at === this.#bytes.length && this.#code === 0;
  }

  bit(probabilities: Uint16Array, index: number): number {
    this.#normalize();
    const probability = probabilities[index] ?? 0;
    const bound = Math.imul(this.#range >>> 11, probability);
    if ((this.#code ^ SIGN) < (bound ^ SIGN)) {
      this.#range = bound;
      probabilities[index] = probability + ((2048 - probability) >> 5);
      return 0;
    }
    this.#range = (this.#range - bound) | 0;
    this.#code = (this.#code - bound) | 0;
    probabilities[index] = probability - (probability >> 5);
    return 1;
  }

  /** A number of `count` bits, the highest first. */
  tree(probabilities: Uint16Array, offset: number, count: number): number {
    let symbol = 1;
    for (let left = count; left > 0; left--) symbol = (symbol << 1) | this.bit(probabilities, offset + symbol);
    return symbol - (1 << count);
  }

  /** A number of `count` bits, the lowest first. */
  reverseTree(probabilities: Uint16Array, offset: number, count: number): number {
    let symbol = 1;
    let value = 0;
    for (let place = 0; place < count; place++) {
      const bit = this.bit(probabilities, offset + symbol);
      symbol = (symbol << 1) | bit;
      value |= bit << place;
    }
    return value;
  }

  /** Bits that are as likely as not. */
  direct(count: number): number {
    let value = 0;
    for (let left = count; left > 0; left--) {
      this.#normalize();
      this.#range = this.#range >>> 1;
      const isOne = (this.#code ^ SIGN) >= (this.#range ^ SIGN);
      if (isOne) this.#code = (this.#code - this.#range) | 0;
      value = (value << 1) | (isOne ? 1 : 0);
    }
    return value;
  }

  #normalize(): void {
    if (this.#range >>> 24 !== 0) return;
    this.#range = this.#range << 8;
    this.#code = (this.#code << 8) | (this.#bytes[this.#at++] ?? 0);
  }
}

const SIGN = 0x80000000 | 0;
const STATES = 12;
/** States below follow a literal. */
const FIRST_MATCH_STATE = 7;
const MAX_POSITION_STATES = 16;
const SHORTEST_MATCH = 2;

/** Probabilities of the length of a match: 8 short, 8 middle and 256 long ones. */
class LengthDecoder {
  readonly #choices = fresh(2);
  readonly #short = fresh(MAX_POSITION_STATES << 3);
  readonly #middle = fresh(MAX_POSITION_STATES << 3);
  readonly #long = fresh(256);

  read(range: RangeDecoder, positionState: number): number {
    if (range.bit(this.#choices, 0) === 0) return SHORTEST_MATCH + range.tree(this.#short, positionState << 3, 3);
    if (range.bit(this.#choices, 1) === 0) return SHORTEST_MATCH + 8 + range.tree(this.#middle, positionState << 3, 3);
    return SHORTEST_MATCH + 16 + range.tree(this.#long, 0, 8);
  }
}

/** Where decoded bytes go and matches are copied from. */
export interface LzmaDictionary {
  /** How many bytes were written since it was emptied. */
  readonly position: number;
  /** Returns the byte `distance` + 1 back; 0 when there is none. */
  byteBack(distance: number): number;
  put(byte: number): void;
  /** Copies `length` bytes from `distance` + 1 back. @throws {DamagedBytesError} when there are not so many */
  copy(distance: number, length: number): void;
}

/**
 * Decodes the LZMA chunks of an LZMA2 stream.
 * @see https://tukaani.org/xz/xz-file-format.txt and the LZMA specification in the LZMA SDK
 */
export class LzmaDecoder {
  readonly #range = new RangeDecoder();
  #literalContextBits = 0;
  #literalPositionMask = 0;
  #positionMask = 0;
  #state = 0;
  #distances: [number, number, number, number] = [0, 0, 0, 0];
  #isMatch = fresh(0);
  #isRepeat = fresh(0);
  #isRepeat0 = fresh(0);
  #isRepeat1 = fresh(0);
  #isRepeat2 = fresh(0);
  #isLongRepeat0 = fresh(0);
  #distanceSlots = fresh(0);
  #distanceSpecial = fresh(0);
  #distanceAlign = fresh(0);
  #literals = fresh(0);
  #matchLength = new LengthDecoder();
  #repeatLength = new LengthDecoder();

  /** Takes the properties byte `(pb * 5 + lp) * 9 + lc`, and forgets what was learnt. @throws {DamagedBytesError} */
  setProperties(byte: number): void {
    const context = byte % 9;
    const rest = Math.floor(byte / 9);
    const literalPosition = rest % 5;
    const position = Math.floor(rest / 5);
    if (position > 4 || context + literalPosition > 4) throw new DamagedBytesError('its properties are none of LZMA2');
    this.#literalContextBits = context;
    this.#literalPositionMask = (1 << literalPosition) - 1;
    this.#positionMask = (1 << position) - 1;
    this.#literals = fresh(0x300 << (context + literalPosition));
    this.reset();
  }

  /** Forgets what was learnt. */
  reset(): void {
    this.#state = 0;
    this.#distances = [0, 0, 0, 0];
    this.#isMatch = fresh(STATES * MAX_POSITION_STATES);
    this.#isRepeat = fresh(STATES);
    this.#isRepeat0 = fresh(STATES);
    this.#isRepeat1 = fresh(STATES);
    this.#isRepeat2 = fresh(STATES);
    this.#isLongRepeat0 = fresh(STATES * MAX_POSITION_STATES);
    this.#distanceSlots = fresh(4 << 6);
    this.#distanceSpecial = fresh(128);
    this.#distanceAlign = fresh(16);
    this.#literals.fill(EVEN);
    this.#matchLength = new LengthDecoder();
    this.#repeatLength = new LengthDecoder();
  }

  /** Decodes a chunk that stands for `length` bytes. @throws {DamagedBytesError} */
  decode(chunk: Uint8Array, length: number, dictionary: LzmaDictionary): void {
    this.#range.start(chunk);
    const end = dictionary.position + length;
    while (dictionary.position < end) {
      const positionState = dictionary.position & this.#positionMask;
      if (this.#range.bit(this.#isMatch, (this.#state << 4) + positionState) === 0) this.#readLiteral(dictionary);
      else this.#readMatch(dictionary, positionState, end);
    }
    if (!this.#range.isAtEnd) throw new DamagedBytesError('a chunk does not end where it should');
  }

  #readLiteral(dictionary: LzmaDictionary): void {
    const context =
      ((dictionary.position & this.#literalPositionMask) << this.#literalContextBits) + (dictionary.byteBack(0) >> (8 - this.#literalContextBits));
    const offset = context * 0x300;
    let symbol = 1;
    if (this.#state >= FIRST_MATCH_STATE) {
      // After a match, the byte that would have gone on with it is a hint.
      let hint = dictionary.byteBack(this.#distances[0]);
      while (symbol < 0x100) {
        const expected = (hint >> 7) & 1;
        hint <<= 1;
        const bit = this.#range.bit(this.#literals, offset + ((1 + expected) << 8) + symbol);
        symbol = (symbol << 1) | bit;
        if (bit !== expected) break;
      }
    }
    while (symbol < 0x100) symbol = (symbol << 1) | this.#range.bit(this.#literals, offset + symbol);
    dictionary.put(symbol & 0xff);
    this.#state = this.#state < 4 ? 0 : this.#state < 10 ? this.#state - 3 : this.#state - 6;
  }

  #readMatch(dictionary: LzmaDictionary, positionState: number, end: number): void {
    const state = this.#state;
    const isAfterLiteral = state < FIRST_MATCH_STATE;
    if (this.#range.bit(this.#isRepeat, state) === 0) {
      this.#state = isAfterLiteral ? 7 : 10;
      const length = this.#matchLength.read(this.#range, positionState);
      const [first, second, third] = this.#distances;
      this.#distances = [this.#readDistance(length), first, second, third];
      this.#copy(dictionary, length, end);
      return;
    }
    if (this.#range.bit(this.#isRepeat0, state) === 0) {
      if (this.#range.bit(this.#isLongRepeat0, (state << 4) + positionState) === 0) {
        this.#state = isAfterLiteral ? 9 : 11;
        this.#copy(dictionary, 1, end);
        return;
      }
    } else {
      this.#chooseRepeat(state);
    }
    this.#state = isAfterLiteral ? 8 : 11;
    this.#copy(dictionary, this.#repeatLength.read(this.#range, positionState), end);
  }

  /** One of the three distances before the last comes to the front. */
  #chooseRepeat(state: number): void {
    const [first, second, third, fourth] = this.#distances;
    if (this.#range.bit(this.#isRepeat1, state) === 0) this.#distances = [second, first, third, fourth];
    else if (this.#range.bit(this.#isRepeat2, state) === 0) this.#distances = [third, first, second, fourth];
    else this.#distances = [fourth, first, second, third];
  }

  #readDistance(length: number): number {
    const slot = this.#range.tree(this.#distanceSlots, Math.min(length - SHORTEST_MATCH, 3) << 6, 6);
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1;
    const base = (2 | (slot & 1)) << bits;
    if (slot < 14) return base + this.#range.reverseTree(this.#distanceSpecial, base - slot, bits);
    return (base + (this.#range.direct(bits - 4) << 4) + this.#range.reverseTree(this.#distanceAlign, 0, 4)) >>> 0;
  }

  #copy(dictionary: LzmaDictionary, length: number, end: number): void {
    if (dictionary.position + length > end) throw new DamagedBytesError('a match goes beyond its chunk');
    dictionary.copy(this.#distances[0], length);
  }
}

/** As likely as not. */
const EVEN = 1024;

function fresh(count: number): Uint16Array {
  return new Uint16Array(count).fill(EVEN);
}
