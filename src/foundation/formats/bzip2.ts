import { ByteQueue, DamagedBytesError } from './byte-queue.ts';

/** What a block of 900,000 bytes has at most when compressed: 20 bits for each byte, and its tables. */
const MAX_BLOCK_BYTES = 2_500_000;
const BLOCK_UNIT = 100_000;
const MAX_CODE_BITS = 20;
const GROUP_SYMBOLS = 50;
const MAX_SELECTORS = 18_002;
const BLOCK_MAGIC = [0x31, 0x41, 0x59, 0x26, 0x53, 0x59];
const END_MAGIC = [0x17, 0x72, 0x45, 0x38, 0x50, 0x90];

/** True when the bytes begin as a bzip2 file does. */
export function isBzip2(start: Uint8Array): boolean {
  const [b, z, h, level = 0] = start;
  return b === 0x42 && z === 0x5a && h === 0x68 && level >= 0x31 && level <= 0x39;
}

/**
 * Yields what bzip2-compressed bytes stand for, a block at a time, of all streams that follow one another. The checksum of each block is checked; a file that is cut short throws.
 * @throws {DamagedBytesError}
 * @see https://github.com/dsnet/compress/blob/master/doc/bzip2-format.pdf
 */
export async function* unpackBzip2(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const queue = new ByteQueue(packed);
  try {
    do yield* unpackStream(queue);
    while (await queue.fill(1));
  } finally {
    await queue.close();
  }
}

async function* unpackStream(queue: ByteQueue): AsyncGenerator<Uint8Array, void, undefined> {
  await queue.fill(4);
  if (!isBzip2(queue.bytes)) throw new DamagedBytesError('it does not begin as bzip2 does');
  const maxPlain = ((queue.bytes[3] ?? 0) - 0x30) * BLOCK_UNIT;
  queue.skip(4);
  // Blocks begin at any bit: of the first byte of what is left, so many are used.
  let usedBits = 0;
  for (;;) {
    await queue.fill(MAX_BLOCK_BYTES);
    const bits = new BitReader(queue.bytes, usedBits);
    const magic = Array.from({ length: 6 }, () => bits.read(8));
    const checksum = ((bits.read(16) << 16) | bits.read(16)) >>> 0;
    const isEnd = END_MAGIC.every((byte, index) => magic[index] === byte);
    if (!isEnd && !BLOCK_MAGIC.every((byte, index) => magic[index] === byte)) throw new DamagedBytesError('a block does not begin as one does');
    const plain = isEnd ? undefined : unpackBlock(bits, maxPlain);
    if (bits.isBeyondEnd) throw new DamagedBytesError('it is cut short');
    if (plain === undefined) {
      queue.skip(Math.ceil(bits.position / 8));
      return;
    }
    usedBits = bits.position % 8;
    queue.skip(Math.floor(bits.position / 8));
    if (checksumOf(plain) !== checksum) throw new DamagedBytesError('the checksum of a block is another');
    yield plain;
  }
}

/** Reads bits, the highest of a byte first; beyond the end there are zeros. */
class BitReader {
  readonly #bytes: Uint8Array;
  #position: number;

  constructor(bytes: Uint8Array, position: number) {
    this.#bytes = bytes;
    this.#position = position;
  }

  get position(): number {
    return this.#position;
  }

  get isBeyondEnd(): boolean {
    return this.#position > 8 * this.#bytes.length;
  }

  /** A number of at most 24 bits. */
  read(count: number): number {
    const value = this.peek(count);
    this.#position += count;
    return value;
  }

  peek(count: number): number {
    const at = this.#position >>> 3;
    const bytes = this.#bytes;
    const word = ((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
    return count === 0 ? 0 : (word << (this.#position & 7)) >>> (32 - count);
  }

  skip(count: number): void {
    this.#position += count;
  }
}

function unpackBlock(bits: BitReader, maxPlain: number): Uint8Array {
  if (bits.read(1) !== 0) throw new DamagedBytesError('it is of a version that shuffles its blocks');
  const origin = bits.read(24);
  const alphabet = readAlphabet(bits);
  const symbolCount = alphabet.length + 2;
  const tableCount = bits.read(3);
  const selectorCount = bits.read(15);
  if (alphabet.length === 0 || tableCount < 2 || tableCount > 6 || selectorCount === 0)
    throw new DamagedBytesError('the header of a block is damaged');
  const selectors = readSelectors(bits, tableCount, selectorCount);
  const tables = Array.from({ length: tableCount }, () => readCodes(bits, symbolCount));
  const last = readSymbols(bits, selectors, tables, alphabet, maxPlain);
  if (origin >= last.length) throw new DamagedBytesError('a block begins beyond its end');
  return expandRuns(unsort(last, origin));
}

/** The bytes that occur in the block, in order. */
function readAlphabet(bits: BitReader): number[] {
  const used = bits.read(16);
  const alphabet: number[] = [];
  for (let range = 0; range < 16; range++) {
    if (((used >> (15 - range)) & 1) === 0) continue;
    const members = bits.read(16);
    for (let member = 0; member < 16; member++) if (((members >> (15 - member)) & 1) !== 0) alphabet.push(16 * range + member);
  }
  return alphabet;
}

/** Which table each group of 50 symbols is written with: by its place among those used last. Groups beyond the most that a block can have are read and left out, as bzip2 does. */
function readSelectors(bits: BitReader, tableCount: number, count: number): Uint8Array {
  const order = Array.from({ length: tableCount }, (_, index) => index);
  const selectors = new Uint8Array(Math.min(count, MAX_SELECTORS));
  for (let index = 0; index < count; index++) {
    let place = 0;
    while (bits.read(1) === 1) if (++place >= tableCount) throw new DamagedBytesError('a table is chosen that is not there');
    const [chosen = 0] = order.splice(place, 1);
    order.unshift(chosen);
    if (index < selectors.length) selectors[index] = chosen;
  }
  return selectors;
}

/** Codes of each length are consecutive numbers: `limits` has the number after the last one of each length, shifted to the most bits; `offsets` where its symbols begin. */
interface CodeTable {
  readonly limits: Int32Array;
  readonly offsets: Int32Array;
  readonly symbols: Uint16Array;
}

function readCodes(bits: BitReader, symbolCount: number): CodeTable {
  const lengths = new Uint8Array(symbolCount);
  let length = bits.read(5);
  for (let symbol = 0; symbol < symbolCount; symbol++) {
    for (;;) {
      if (length < 1 || length > MAX_CODE_BITS) throw new DamagedBytesError('a code is longer than there are');
      if (bits.read(1) === 0) break;
      length += bits.read(1) === 0 ? 1 : -1;
    }
    lengths[symbol] = length;
  }
  const limits = new Int32Array(MAX_CODE_BITS + 2);
  const offsets = new Int32Array(MAX_CODE_BITS + 2);
  const symbols = new Uint16Array(symbolCount);
  let code = 0;
  let filled = 0;
  for (let bitCount = 1; bitCount <= MAX_CODE_BITS; bitCount++) {
    offsets[bitCount] = filled - code;
    for (let symbol = 0; symbol < symbolCount; symbol++) {
      if (lengths[symbol] !== bitCount) continue;
      symbols[filled++] = symbol;
      code++;
    }
    limits[bitCount] = code << (MAX_CODE_BITS - bitCount);
    code <<= 1;
  }
  return { limits, offsets, symbols };
}

/** The last column of the sorted block: symbols are runs of the byte used last, or the place of another one. */
function readSymbols(bits: BitReader, selectors: Uint8Array, tables: readonly CodeTable[], alphabet: number[], maxPlain: number): Uint8Array {
  const column = new Uint8Array(maxPlain);
  const endOfBlock = alphabet.length + 1;
  let filled = 0;
  let run = 0;
  let runPlace = 1;
  for (const selector of selectors) {
    const table = tables[selector];
    if (table === undefined) break;
    for (let left = GROUP_SYMBOLS; left > 0; left--) {
      const symbol = readSymbol(bits, table);
      if (symbol < 2) {
        // Digits 1 and 2 of a number to the base of 2, the lowest first.
        run += runPlace << symbol;
        runPlace <<= 1;
        if (run > maxPlain) throw new DamagedBytesError('a block is longer than it may be');
        continue;
      }
      if (run > 0) {
        if (filled + run > maxPlain) throw new DamagedBytesError('a block is longer than it may be');
        column.fill(alphabet[0] ?? 0, filled, filled + run);
        filled += run;
        run = 0;
        runPlace = 1;
      }
      if (symbol === endOfBlock) return column.subarray(0, filled);
      if (filled >= maxPlain) throw new DamagedBytesError('a block is longer than it may be');
      const byte = alphabet[symbol - 1] ?? 0;
      alphabet.copyWithin(1, 0, symbol - 1);
      alphabet[0] = byte;
      column[filled++] = byte;
    }
    if (bits.isBeyondEnd) break;
  }
  throw new DamagedBytesError('a block does not end');
}

function readSymbol(bits: BitReader, { limits, offsets, symbols }: CodeTable): number {
  const word = bits.peek(MAX_CODE_BITS);
  for (let length = 1; length <= MAX_CODE_BITS; length++) {
    if (word >= (limits[length] ?? 0)) continue;
    bits.skip(length);
    return symbols[(offsets[length] ?? 0) + (word >> (MAX_CODE_BITS - length))] ?? 0;
  }
  throw new DamagedBytesError('a code is none of its table');
}

/** Undoes the Burrows-Wheeler transform. */
function unsort(column: Uint8Array, origin: number): Uint8Array {
  const starts = new Int32Array(256);
  for (const byte of column) starts[byte] = (starts[byte] ?? 0) + 1;
  let sum = 0;
  for (let byte = 0; byte < 256; byte++) {
    const count = starts[byte] ?? 0;
    starts[byte] = sum;
    sum += count;
  }
  // Byte and successor in one number: the walk jumps about, and each jump costs a look into far memory.
  const steps = new Int32Array(column.length);
  for (let index = 0; index < column.length; index++) {
    const byte = column[index] ?? 0;
    const place = starts[byte] ?? 0;
    steps[place] = (steps[place] ?? 0) | (index << 8);
    steps[index] = (steps[index] ?? 0) | byte;
    starts[byte] = place + 1;
  }
  const plain = new Uint8Array(column.length);
  let step = steps[(steps[origin] ?? 0) >>> 8] ?? 0;
  for (let index = 0; index < plain.length; index++) {
    plain[index] = step & 0xff;
    step = steps[step >>> 8] ?? 0;
  }
  return plain;
}

/** Four equal bytes are followed by how many more there are. */
function expandRuns(packed: Uint8Array): Uint8Array {
  const plain = new Uint8Array(expandedLength(packed));
  let at = 0;
  let equal = 0;
  let previous = -1;
  for (const byte of packed) {
    if (equal === 4) {
      plain.fill(previous, at, at + byte);
      at += byte;
      equal = 0;
      previous = -1;
    } else {
      equal = byte === previous ? equal + 1 : 1;
      previous = byte;
      plain[at++] = byte;
    }
  }
  return plain;
}

function expandedLength(packed: Uint8Array): number {
  let length = 0;
  let equal = 0;
  let previous = -1;
  for (const byte of packed) {
    length += equal === 4 ? byte : 1;
    const isCount = equal === 4;
    equal = isCount ? 0 : byte === previous ? equal + 1 : 1;
    previous = isCount ? -1 : byte;
  }
  return length;
}

/** CRC-32, highest bit first. */
function checksumOf(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) crc = (crc << 8) ^ (crcTable[(crc >>> 24) ^ byte] ?? 0);
  return ~crc >>> 0;
}

const crcTable = Int32Array.from({ length: 256 }, (_, index) => {
  let crc = index << 24;
  for (let bit = 0; bit < 8; bit++) crc = crc < 0 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  return crc;
});
