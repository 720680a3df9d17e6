/**
 * Tar headers: one 512-byte block before each entry's body. Three dialects meet in image layers: POSIX ustar, pax (extra records in an entry of type `x` or `g` before the entry they describe) and GNU (long
 * names in entries of type `L` and `K`, numbers in base 256). Numbers are octal text; the checksum is the sum of the block's bytes with its own field read as spaces.
 *
 * @see POSIX.1-2017 pax, "ustar Interchange Format"
 * @see https://www.gnu.org/software/tar/manual/html_node/Standard.html
 */

export const TAR_BLOCK_BYTES = 512;

export type TarEntryType = 'file' | 'directory' | 'symlink' | 'hardlink' | 'character-device' | 'block-device' | 'fifo';

/** What precedes an entry to describe it, and never becomes a file itself. */
export type TarMetaType = 'pax' | 'gnu-long-name' | 'gnu-long-link' | 'ignored';

/** One header block as written; names may still be replaced by a meta entry before it. */
export interface TarHeader {
  readonly type: TarEntryType | TarMetaType;
  readonly name: string;
  readonly linkName: string;
  /** Permission bits with setuid, setgid and sticky. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Bytes of body that follow, before padding. */
  readonly sizeBytes: number;
  /** Written before ustar: a file whose name ends in a slash is then a directory. */
  readonly legacy: boolean;
  /** Old GNU sparse file: the body holds only the parts with data. */
  readonly sparse?: OldSparseMap;
}

/** What one block says of an old GNU sparse file's map. */
export interface OldSparseMap {
  /** Bytes of the file when unpacked. */
  readonly sizeBytes: number;
  /** Offset, length, offset, length … of the parts with data. */
  readonly numbers: readonly number[];
  /** The map goes on in a further block before the body. */
  readonly continues: boolean;
}

/** `zero`: a block of zeros, two of which end an archive. `bad`: not a header; nothing after it can be found, since its size is not known. */
export type TarBlock =
  { readonly kind: 'header'; readonly header: TarHeader } | { readonly kind: 'zero' } | { readonly kind: 'bad'; readonly message: string };

const NAME = 0;
const MODE = 100;
const UID = 108;
const GID = 116;
const SIZE = 124;
const CHECKSUM = 148;
const TYPE = 156;
const LINK_NAME = 157;
const MAGIC = 257;
const PREFIX = 345;
const GNU_SPARSE_MAP = 386;
const GNU_SPARSE_MAP_ENTRIES = 4;
const GNU_SPARSE_CONTINUES = 482;
const GNU_REAL_SIZE = 483;
/** In a continuation block of an old GNU sparse map. */
const GNU_SPARSE_BLOCK_ENTRIES = 21;
const GNU_SPARSE_BLOCK_CONTINUES = 504;

const SPACE = 0x20;
const ZERO_DIGIT = 0x30;
const decoder = new TextDecoder('utf-8');

/** Returns what the 512 bytes at `offset` of `block` say; without the name when that is known already. */
export function parseTarBlock(block: Uint8Array, offset = 0, isNamed = false): TarBlock {
  const sum = sumBytes(block, offset);
  if (sum === 0) return { kind: 'zero' };
  const checksum = readNumber(block, offset + CHECKSUM, 8);
  const expected = sum - sumSingly(block, offset + CHECKSUM, 8) + 8 * SPACE;
  // Some old writers summed signed bytes; both readings are accepted everywhere.
  const isSound =
    checksum === expected || checksum === expected - 256 * (countHigh(block, offset, TAR_BLOCK_BYTES) - countHigh(block, offset + CHECKSUM, 8));
  if (!isSound) return { kind: 'bad', message: 'header checksum does not match' };
  const type = toType(block[offset + TYPE] ?? 0);
  const size = readNumber(block, offset + SIZE, 12);
  const hasBody = !isBodiless(type);
  if (hasBody && (size === undefined || size < 0)) return { kind: 'bad', message: 'size is negative, absurd or not a number' };
  const header: TarHeader = {
    type,
    name: isNamed ? '' : readName(block, offset),
    linkName: readText(block, offset + LINK_NAME, 100),
    mode: (readNumber(block, offset + MODE, 8) ?? 0) & 0o7777,
    uid: readNumber(block, offset + UID, 8) ?? 0,
    gid: readNumber(block, offset + GID, 8) ?? 0,
    sizeBytes: hasBody ? (size ?? 0) : 0,
    legacy: block[offset + TYPE] === 0,
    ...(block[offset + TYPE] === 0x53 && { sparse: readOldSparseMap(block, offset) }),
  };
  return { kind: 'header', header };
}

function readOldSparseMap(block: Uint8Array, offset: number): OldSparseMap {
  return {
    sizeBytes: readNumber(block, offset + GNU_REAL_SIZE, 12) ?? -1,
    numbers: readSparseNumbers(block, offset + GNU_SPARSE_MAP, GNU_SPARSE_MAP_ENTRIES),
    continues: block[offset + GNU_SPARSE_CONTINUES] !== 0,
  };
}

/** Returns what a further block of an old GNU sparse map says. */
export function readSparseContinuation(block: Uint8Array, offset: number): Omit<OldSparseMap, 'sizeBytes'> {
  return {
    numbers: readSparseNumbers(block, offset, GNU_SPARSE_BLOCK_ENTRIES),
    continues: block[offset + GNU_SPARSE_BLOCK_CONTINUES] !== 0,
  };
}

/** Entries that are not used are empty. */
function readSparseNumbers(block: Uint8Array, start: number, entries: number): readonly number[] {
  const numbers: number[] = [];
  for (let i = 0; i < entries && block[start + 24 * i] !== 0; i++) {
    numbers.push(readNumber(block, start + 24 * i, 12) ?? -1, readNumber(block, start + 24 * i + 12, 12) ?? -1);
  }
  return numbers;
}

/** True when `bytes` begin like a tar: a header whose checksum holds, or the zeros that end an empty one. */
export function looksLikeTar(bytes: Uint8Array): boolean {
  return bytes.length >= TAR_BLOCK_BYTES && parseTarBlock(bytes).kind !== 'bad';
}

/** Returns how many bytes a body takes up with its padding. */
export function paddedTarSize(sizeBytes: number): number {
  return Math.ceil(sizeBytes / TAR_BLOCK_BYTES) * TAR_BLOCK_BYTES;
}

/** True for entries that have no body whatever their size field says; Go's archive/tar, which wrote most layers, reads them so. */
export function isBodiless(type: TarHeader['type']): boolean {
  switch (type) {
    case 'directory':
    case 'symlink':
    case 'hardlink':
    case 'character-device':
    case 'block-device':
    case 'fifo':
      return true;
    case 'file':
    case 'pax':
    case 'gnu-long-name':
    case 'gnu-long-link':
    case 'ignored':
      return false;
  }
}

function toType(flag: number): TarHeader['type'] {
  switch (String.fromCharCode(flag)) {
    case '1':
      return 'hardlink';
    case '2':
      return 'symlink';
    case '3':
      return 'character-device';
    case '4':
      return 'block-device';
    case '5':
      return 'directory';
    case '6':
      return 'fifo';
    case 'x':
      return 'pax';
    case 'L':
      return 'gnu-long-name';
    case 'K':
      return 'gnu-long-link';
    // Global pax header: Go's archive/tar, which applies layers, applies its records to nothing. GNU volume label, continued file of a multi-volume archive, list of a dumped directory.
    case 'g':
    case 'V':
    case 'M':
    case 'D':
      return 'ignored';
    // POSIX: an unknown type is to be taken for a regular file.
    default:
      return 'file';
  }
}

function readName(block: Uint8Array, offset: number): string {
  const name = readText(block, offset + NAME, 100);
  // "ustar\0" is POSIX and has a prefix; "ustar " is GNU, which keeps times there.
  const isPosix = block[offset + MAGIC] === 0x75 && block[offset + MAGIC + 4] === 0x72 && block[offset + MAGIC + 5] === 0;
  if (!isPosix || block[offset + PREFIX] === 0) return name;
  return `${readText(block, offset + PREFIX, 155)}/${name}`;
}

/** Returns the text of a field up to its first NUL. */
function readText(block: Uint8Array, start: number, length: number): string {
  let end = start;
  while (end < start + length && block[end] !== 0) end++;
  return decodeName(block, start, end);
}

/** Returns the UTF-8 text from `start` to `end`. */
export function decodeName(bytes: Uint8Array, start: number, end: number): string {
  return start === end ? '' : decoder.decode(bytes.subarray(start, end));
}

/** Returns a number field, octal or base 256; undefined when it is neither or is beyond 2^53; negative when it says so. An empty field is 0. */
function readNumber(block: Uint8Array, start: number, length: number): number | undefined {
  const first = block[start] ?? 0;
  if ((first & 0x80) !== 0) return readBase256(block, start, length);
  let value = 0;
  let i = start;
  const end = start + length;
  while (i < end && block[i] === SPACE) i++;
  for (; i < end; i++) {
    const byte = block[i] ?? 0;
    if (byte === 0 || byte === SPACE) break;
    const digit = byte - ZERO_DIGIT;
    if (digit < 0 || digit > 7) return undefined;
    value = value * 8 + digit;
  }
  return value;
}

/** GNU: the first byte's top bit marks it, its next bit is the sign, the rest is two's complement, big-endian. */
function readBase256(block: Uint8Array, start: number, length: number): number | undefined {
  const first = block[start] ?? 0;
  if ((first & 0x40) !== 0) return -1;
  let value = first & 0x3f;
  for (let i = start + 1; i < start + length; i++) {
    value = value * 256 + (block[i] ?? 0);
    if (value > Number.MAX_SAFE_INTEGER) return undefined;
  }
  return value;
}

/** The words of the memory that was summed last: most headers of an archive lie in the same few chunks. */
let words: Uint32Array = new Uint32Array(0);

/** Returns the sum of the bytes of a block. */
function sumBytes(block: Uint8Array, offset: number): number {
  const start = block.byteOffset + offset;
  if (start % 4 !== 0) return sumSingly(block, offset, TAR_BLOCK_BYTES);
  if (words.buffer !== block.buffer) words = new Uint32Array(block.buffer, 0, Math.floor(block.buffer.byteLength / 4));
  // Two sums in one number, of every other byte: neither can get larger than 16 bits.
  let pairs = 0;
  for (let i = start / 4; i < start / 4 + TAR_BLOCK_BYTES / 4; i++) {
    const word = words[i] ?? 0;
    pairs += (word & 0x00ff00ff) + ((word >>> 8) & 0x00ff00ff);
  }
  return (pairs & 0xffff) + (pairs >>> 16);
}

function sumSingly(block: Uint8Array, start: number, length: number): number {
  let sum = 0;
  for (let i = start; i < start + length; i++) sum += block[i] ?? 0;
  return sum;
}

/** Returns how many bytes have their top bit set. */
function countHigh(block: Uint8Array, start: number, length: number): number {
  let high = 0;
  for (let i = start; i < start + length; i++) high += (block[i] ?? 0) >> 7;
  return high;
}
