/**
 * Zip archives in memory, by their central directory: it lies at the end, tells each entry's place and size, and may be followed by a comment. What is before the first entry (the shell script of an executable jar) is
 * passed over. An archive without a directory, cut short or not closed, is for `zip-stream.ts`.
 *
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT 4.3
 */
import { inflateRawSync } from 'node:zlib';
import { MAX_ZIP_ENTRIES } from '../base/limits.ts';

export interface ZipEntry {
  /** As the archive has it: any text, `..` and absolute paths too. */
  readonly name: string;
  /** 0 is stored, 8 deflated; others exist. */
  readonly method: number;
  readonly isEncrypted: boolean;
  readonly compressedBytes: number;
  readonly plainBytes: number;
  /** Where its local header starts. */
  readonly offset: number;
}

export interface ZipDirectory {
  readonly entries: readonly ZipEntry[];
  /** How many entries there are, those not asked for too. */
  readonly count: number;
  /** Why there may be more entries than these. */
  readonly damage?: string;
}

export type Unpacked = { readonly value: Uint8Array; readonly reason?: undefined } | { readonly value?: undefined; readonly reason: string };

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const LOCAL_BYTES = 30;
const CENTRAL_BYTES = 46;
const END_BYTES = 22;
const END_64_BYTES = 56;
const LOCATOR_64_BYTES = 20;
const LONGEST_COMMENT = 0xffff;
const UNKNOWN_32 = 0xffffffff;

const decoder = new TextDecoder('utf-8');

/** True when the bytes begin as a zip archive does, with an entry or, when it has none, with the end. */
export function isZip(bytes: Uint8Array): boolean {
  if (bytes.length < 4) return false;
  const signature = viewOf(bytes).getUint32(0, true);
  return signature === LOCAL || signature === END;
}

/**
 * Returns the entries whose name `wants` says yes to, or undefined when there is no central directory. The count that the archive gives is not believed: at most `most` entries that are there are gone through.
 */
export function readZipDirectory(bytes: Uint8Array, wants: (name: string) => boolean, most = MAX_ZIP_ENTRIES): ZipDirectory | undefined {
  const view = viewOf(bytes);
  const place = findDirectory(view);
  if (place === undefined) return undefined;
  const entries: ZipEntry[] = [];
  let offset = place.start;
  let count = 0;
  while (offset < place.end) {
    if (offset + CENTRAL_BYTES > place.end || view.getUint32(offset, true) !== CENTRAL) {
      return { entries, count, damage: `its directory is damaged after ${count} of its entries` };
    }
    if (count === most) return { entries, count, damage: 'it has more entries than are looked at' };
    count++;
    const nameLength = view.getUint16(offset + 28, true);
    const extraLength = view.getUint16(offset + 30, true);
    const end = offset + CENTRAL_BYTES + nameLength + extraLength + view.getUint16(offset + 32, true);
    if (end > place.end) return { entries, count, damage: `its directory is damaged after ${count} of its entries` };
    const name = decoder.decode(bytes.subarray(offset + CENTRAL_BYTES, offset + CENTRAL_BYTES + nameLength));
    if (wants(name)) entries.push(readEntry(view, offset, name, { start: offset + CENTRAL_BYTES + nameLength, length: extraLength }, place.shift));
    offset = end;
  }
  return { entries, count };
}

/** Returns the content of an entry of at most `maxBytes`, or why there is none. */
export function readZipEntry(bytes: Uint8Array, entry: ZipEntry, maxBytes: number): Unpacked {
  const view = viewOf(bytes);
  const { offset } = entry;
  if (offset < 0 || offset + LOCAL_BYTES > bytes.length || view.getUint32(offset, true) !== LOCAL)
    return { reason: 'it is not where the archive says' };
  const start = offset + LOCAL_BYTES + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  const end = start + entry.compressedBytes;
  if (end > bytes.length) return { reason: 'the archive ends inside it' };
  return unpack(bytes.subarray(start, end), entry, maxBytes);
}

/** Returns what the bytes of an entry unpack to, at most `maxBytes`, or why nothing can be had. Stored bytes are not copied. */
export function unpack(packed: Uint8Array, entry: Pick<ZipEntry, 'method' | 'isEncrypted'>, maxBytes: number): Unpacked {
  const tooLarge = { reason: `it unpacks to more than ${maxBytes} bytes` };
  if (entry.isEncrypted) return { reason: 'it is encrypted' };
  if (entry.method === 0) return packed.length > maxBytes ? tooLarge : { value: packed };
  if (entry.method !== 8) return { reason: `it is compressed by method ${entry.method}, which Java does not know either` };
  if (maxBytes < 1) return tooLarge;
  try {
    return { value: inflateRawSync(packed, { maxOutputLength: maxBytes }) };
  } catch (error) {
    return error instanceof RangeError ? tooLarge : { reason: 'its compressed bytes are damaged' };
  }
}

interface Place {
  readonly start: number;
  readonly end: number;
  /** What is to be added to offsets, because of bytes before the archive. */
  readonly shift: number;
}

/** The last end record whose directory is there. One may be quoted inside the comment of another, so all are tried, from the back. */
function findDirectory(view: DataView): Place | undefined {
  const lowest = Math.max(0, view.byteLength - END_BYTES - LONGEST_COMMENT);
  for (let at = view.byteLength - END_BYTES; at >= lowest; at--) {
    if (view.getUint8(at) !== 0x50 || view.getUint32(at, true) !== END) continue;
    const place = findDirectory64(view, at) ?? toPlace(view, at, view.getUint32(at + 12, true), view.getUint32(at + 16, true));
    if (place !== undefined) return place;
  }
  return undefined;
}

/** The directory by the larger end record, which lies before a locator that lies before the end record. */
function findDirectory64(view: DataView, end: number): Place | undefined {
  const locator = end - LOCATOR_64_BYTES;
  if (locator < END_64_BYTES || view.getUint32(locator, true) !== LOCATOR_64) return undefined;
  // Bytes before the archive shift what the locator says, so the place right before it is tried too.
  for (const at of [toNumber(view, locator + 8), locator - END_64_BYTES]) {
    if (at < 0 || at + END_64_BYTES > locator || view.getUint32(at, true) !== END_64) continue;
    return toPlace(view, at, toNumber(view, at + 40), toNumber(view, at + 48));
  }
  return undefined;
}

/** The directory lies right before its end; `offset` is where the archive says it is. */
function toPlace(view: DataView, end: number, sizeBytes: number, offset: number): Place | undefined {
  const start = end - sizeBytes;
  const begins = (at: number): boolean => at >= 0 && (at === end || (at + 4 <= end && view.getUint32(at, true) === CENTRAL));
  if (begins(start)) return { start, end, shift: start - offset };
  return offset < end && begins(offset) ? { start: offset, end: Math.min(end, offset + sizeBytes), shift: 0 } : undefined;
}

function readEntry(view: DataView, at: number, name: string, extra: { start: number; length: number }, shift: number): ZipEntry {
  const plain = view.getUint32(at + 24, true);
  const compressed = view.getUint32(at + 20, true);
  const offset = view.getUint32(at + 42, true);
  const large = findExtra64(view, extra);
  // The larger field holds only those numbers that do not fit, in this order.
  const next = (value: number): number => (value === UNKNOWN_32 && large !== undefined ? large() : value);
  return {
    name,
    method: view.getUint16(at + 10, true),
    isEncrypted: (view.getUint16(at + 8, true) & 1) !== 0,
    plainBytes: next(plain),
    compressedBytes: next(compressed),
    offset: next(offset) + shift,
  };
}

/** Returns what reads the numbers of the extra field 1 one after the other. */
function findExtra64(view: DataView, { start, length }: { start: number; length: number }): (() => number) | undefined {
  for (let at = start; at + 4 <= start + length;) {
    const size = view.getUint16(at + 2, true);
    const end = Math.min(at + 4 + size, start + length);
    if (view.getUint16(at, true) === 1) {
      let next = at + 4;
      return () => {
        const value = next + 8 <= end ? toNumber(view, next) : UNKNOWN_32;
        next += 8;
        return value;
      };
    }
    at = end;
  }
  return undefined;
}

/** A number of 64 bits; what is beyond the safe integers is beyond any archive too. */
function toNumber(view: DataView, at: number): number {
  return Number(view.getBigUint64(at, true));
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
