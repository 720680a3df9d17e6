import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { MAX_XZ_DICTIONARY_BYTES } from '../base/limits.ts';
import { ByteQueue, DamagedBytesError } from './byte-queue.ts';
import { Crc64 } from './crc64.ts';
import type { LzmaDictionary } from './lzma-decoder.ts';
import { LzmaDecoder } from './lzma-decoder.ts';

const MAGIC = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00];
const HEADER_BYTES = 12;
const LZMA2 = 0x21;
/** The longest chunk of LZMA2, as compressed and as what it stands for. */
const MAX_CHUNK_BYTES = 65_536;
const MAX_PLAIN_CHUNK_BYTES = 2 * 1024 * 1024;
/** Bytes of the check behind a block, by its type; types that nobody writes have sizes too, so that they can be passed over. */
const checkBytes = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64];

/** True when the bytes begin as an xz file does. */
export function isXz(start: Uint8Array): boolean {
  return MAGIC.every((byte, index) => start[index] === byte);
}

/**
 * Yields what xz-compressed bytes stand for: all blocks of all streams that follow one another. The checksum of each block is checked; a file that is cut short throws. Filters for programs'
 * code, which nobody uses on text, are not read.
 * @throws {DamagedBytesError}
 * @see https://tukaani.org/xz/xz-file-format.txt
 */
export async function* unpackXz(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const queue = new ByteQueue(packed);
  try {
    do yield* unpackStream(queue);
    while (await skipPadding(queue));
  } finally {
    await queue.close();
  }
}

async function* unpackStream(queue: ByteQueue): AsyncGenerator<Uint8Array, void, undefined> {
  const header = await take(queue, HEADER_BYTES);
  if (!isXz(header)) throw new DamagedBytesError('it does not begin as xz does');
  const checkType = (header[7] ?? 0) & 0x0f;
  if (header[6] !== 0 || crc32(header.subarray(6, 8)) !== uint32(header, 8)) throw new DamagedBytesError('its header is damaged');
  for (;;) {
    const first = (await take(queue, 1))[0] ?? 0;
    if (first === 0) break;
    yield* unpackBlock(queue, (first + 1) * 4, first, checkType);
  }
  await readIndex(queue);
  await take(queue, HEADER_BYTES);
}

async function* unpackBlock(queue: ByteQueue, headerBytes: number, first: number, checkType: number): AsyncGenerator<Uint8Array, void, undefined> {
  const header = new Uint8Array(headerBytes);
  header[0] = first;
  header.set(await take(queue, headerBytes - 1), 1);
  if (crc32(header.subarray(0, headerBytes - 4)) !== uint32(header, headerBytes - 4)) throw new DamagedBytesError('the header of a block is damaged');
  const dictionary = new Dictionary(dictionaryBytesOf(header));
  const check = createCheck(checkType);
  const counted = { bytes: 0 };
  for await (const plain of unpackChunks(queue, dictionary, counted)) {
    check.update(plain);
    yield plain;
  }
  const padding = (4 - (counted.bytes % 4)) % 4;
  if ((await take(queue, padding)).some((byte) => byte !== 0)) throw new DamagedBytesError('the padding of a block is damaged');
  const stored = await take(queue, checkBytes[checkType] ?? 0);
  if (!check.agrees(stored)) throw new DamagedBytesError('the checksum of a block is another');
}

/** Returns the size of the dictionary that a block's header asks for. */
function dictionaryBytesOf(header: Uint8Array): number {
  const flags = header[1] ?? 0;
  if ((flags & 0x3f) !== 0) throw new DamagedBytesError('it uses a filter that is not read');
  const reader = { at: 2 };
  if ((flags & 0x40) !== 0) readInteger(header, reader);
  if ((flags & 0x80) !== 0) readInteger(header, reader);
  if (readInteger(header, reader) !== LZMA2 || readInteger(header, reader) !== 1) throw new DamagedBytesError('it uses a filter that is not read');
  const bits = header[reader.at] ?? 0;
  const bytes = bits >= 40 ? 2 ** 32 : (2 | (bits & 1)) * 2 ** ((bits >> 1) + 11);
  if (bytes > MAX_XZ_DICTIONARY_BYTES) throw new DamagedBytesError(`it needs more than ${MAX_XZ_DICTIONARY_BYTES} bytes of memory`);
  return bytes;
}

async function* unpackChunks(queue: ByteQueue, dictionary: Dictionary, counted: { bytes: number }): AsyncGenerator<Uint8Array, void, undefined> {
  const decoder = new LzmaDecoder();
  let isReady = false;
  for (;;) {
    const control = (await take(queue, 1))[0] ?? 0;
    counted.bytes += 1;
    if (control === 0) return;
    const isLzma = control >= 0x80;
    const sizes = await take(queue, isLzma ? 4 : 2);
    counted.bytes += sizes.length;
    if (control === 1 || control >= 0xe0) dictionary.clear();
    if (!isLzma) {
      if (control > 2) throw new DamagedBytesError('a chunk is of no kind that there is');
      const plain = await take(queue, uint16(sizes, 0) + 1);
      counted.bytes += plain.length;
      yield dictionary.putAll(plain);
      continue;
    }
    const plainBytes = ((control & 0x1f) << 16) + uint16(sizes, 0) + 1;
    const packedBytes = uint16(sizes, 2) + 1;
    if (control >= 0xc0) {
      decoder.setProperties((await take(queue, 1))[0] ?? 0);
      counted.bytes += 1;
      isReady = true;
    } else if (control >= 0xa0) {
      decoder.reset();
    }
    if (!isReady) throw new DamagedBytesError('its first chunk has no properties');
    const chunk = await take(queue, packedBytes);
    counted.bytes += packedBytes;
    dictionary.begin(plainBytes);
    decoder.decode(chunk, plainBytes, dictionary);
    yield dictionary.written();
  }
}

/** The index repeats the sizes of the blocks; its end is told by them, and by its checksum that it is one. */
async function readIndex(queue: ByteQueue): Promise<void> {
  const bytes: number[] = [0];
  const next = async (): Promise<number> => {
    const byte = (await take(queue, 1))[0] ?? 0;
    bytes.push(byte);
    return byte;
  };
  const integer = async (): Promise<number> => {
    let value = 0;
    for (let place = 0; place < 9; place++) {
      const byte = await next();
      value += (byte & 0x7f) * 2 ** (7 * place);
      if (byte < 0x80) return value;
    }
    throw new DamagedBytesError('its index is damaged');
  };
  const records = await integer();
  if (records > MAX_INDEX_RECORDS) throw new DamagedBytesError('its index is damaged');
  for (let left = 2 * records; left > 0; left--) await integer();
  while (bytes.length % 4 !== 0) await next();
  const stored = await take(queue, 4);
  if (crc32(Uint8Array.from(bytes)) !== uint32(stored, 0)) throw new DamagedBytesError('its index is damaged');
}

const MAX_INDEX_RECORDS = 1_000_000;

/** True when another stream follows. */
async function skipPadding(queue: ByteQueue): Promise<boolean> {
  while (await queue.fill(4)) {
    if (uint32(queue.bytes, 0) !== 0) return true;
    queue.skip(4);
  }
  return queue.bytes.length > 0;
}

/** The last bytes that were decoded, with room for the next chunk: what falls out at the front was given away long ago. */
class Dictionary implements LzmaDictionary {
  readonly #size: number;
  #buffer = new Uint8Array(MAX_CHUNK_BYTES);
  #at = 0;
  #chunkStart = 0;
  #position = 0;

  constructor(size: number) {
    this.#size = size;
  }

  get position(): number {
    return this.#position;
  }

  clear(): void {
    this.#at = 0;
    this.#position = 0;
  }

  /** Makes room for a chunk. */
  begin(length: number): void {
    if (this.#at + length > this.#buffer.length) {
      const kept = Math.min(this.#at, this.#size);
      const needed = kept + length;
      const target = needed > this.#buffer.length ? new Uint8Array(Math.min(2 * needed, this.#size + 2 * MAX_PLAIN_CHUNK_BYTES)) : this.#buffer;
      target.set(this.#buffer.subarray(this.#at - kept, this.#at));
      this.#buffer = target;
      this.#at = kept;
    }
    this.#chunkStart = this.#at;
  }

  /** What was written since `begin`, valid until the next. */
  written(): Uint8Array {
    return this.#buffer.subarray(this.#chunkStart, this.#at);
  }

  putAll(bytes: Uint8Array): Uint8Array {
    this.begin(bytes.length);
    this.#buffer.set(bytes, this.#at);
    this.#at += bytes.length;
    this.#position += bytes.length;
    return this.written();
  }

  byteBack(distance: number): number {
    return this.#buffer[this.#at - distance - 1] ?? 0;
  }

  put(byte: number): void {
    this.#buffer[this.#at++] = byte;
    this.#position++;
  }

  copy(distance: number, length: number): void {
    const back = distance + 1;
    if (back > this.#position || back > this.#at || back > this.#size)
      throw new DamagedBytesError('a match goes back further than there is anything');
    const from = this.#at - back;
    if (back >= length) {
      this.#buffer.copyWithin(this.#at, from, from + length);
    } else {
      for (let index = 0; index < length; index++) this.#buffer[this.#at + index] = this.#buffer[from + index] ?? 0;
    }
    this.#at += length;
    this.#position += length;
  }
}

interface Check {
  update(bytes: Uint8Array): void;
  agrees(stored: Uint8Array): boolean;
}

function createCheck(type: number): Check {
  switch (type) {
    case 1: {
      let value = 0;
      return { update: (bytes) => (value = crc32(bytes, value)), agrees: (stored) => uint32(stored, 0) === value };
    }
    case 4: {
      const crc = new Crc64();
      return {
        update(bytes) {
          crc.update(bytes);
        },
        agrees: (stored) => crc.agrees(uint32(stored, 0), uint32(stored, 4)),
      };
    }
    case 10: {
      const hash = createHash('sha256');
      return { update: (bytes) => hash.update(bytes), agrees: (stored) => hash.digest().equals(stored) };
    }
    default:
      return { update: () => undefined, agrees: () => true };
  }
}

/** Returns a copy of the next bytes. @throws {DamagedBytesError} when there are fewer */
async function take(queue: ByteQueue, count: number): Promise<Uint8Array> {
  if (!(await queue.fill(count))) throw new DamagedBytesError('it is cut short');
  const bytes = queue.bytes.slice(0, count);
  queue.skip(count);
  return bytes;
}

function readInteger(bytes: Uint8Array, reader: { at: number }): number {
  let value = 0;
  for (let place = 0; place < 9; place++) {
    const byte = bytes[reader.at++] ?? 0;
    value += (byte & 0x7f) * 2 ** (7 * place);
    if (byte < 0x80) return value;
  }
  throw new DamagedBytesError('the header of a block is damaged');
}

function uint16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

function uint32(bytes: Uint8Array, at: number): number {
  return (((bytes[at + 3] ?? 0) << 24) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at] ?? 0)) >>> 0;
}
