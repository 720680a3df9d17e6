/**
 * Files of Berkeley DB that hold a hash table, as rpm wrote them until 4.16: pages of one size in the byte order of the machine that wrote them. The first tells of the table; a hash page has items in turn key
 * and value, laid from its end downwards and found through offsets after its head; an item too long for it is a reference to a chain of overflow pages.
 *
 * Pages are read one after the other, not bucket by bucket: pages that are free say so, so the result is the same, and no chain of buckets can lead in a circle.
 *
 * @see https://docs.oracle.com/cd/E17276_01/html/programmer_reference/am_conf.html
 */
import type { ProblemList } from './problem-list.ts';

/** One record. Its bytes are part of the file's where they lie together, else a copy. */
export interface BerkeleyDbRecord {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
}

const MAGIC_OFFSET = 12;
const HASH_MAGIC = 0x00061561;
const PAGE_SIZE_OFFSET = 20;
const ENCRYPTION_OFFSET = 24;
const LAST_PAGE_OFFSET = 32;
const META_BYTES = 512;
const MIN_PAGE_BYTES = 512;
const MAX_PAGE_BYTES = 65_536;

const PAGE_HEAD_BYTES = 26;
const NEXT_PAGE_OFFSET = 16;
const ITEM_COUNT_OFFSET = 20;
const DATA_BYTES_OFFSET = 22;
const PAGE_TYPE_OFFSET = 25;
const UNSORTED_HASH_PAGE = 2;
const OVERFLOW_PAGE = 7;
const HASH_PAGE = 13;

const INLINE_ITEM = 1;
const OVERFLOW_ITEM = 3;
const OVERFLOW_ITEM_BYTES = 12;

/** The file and what has been used of it: no byte belongs to two records, so whoever says so cannot make the work more than the file is long. */
interface Table {
  readonly view: DataView;
  readonly littleEndian: boolean;
  readonly pageBytes: number;
  /** Whole pages that are there. */
  readonly pageCount: number;
  readonly used: Uint8Array;
  readonly problems: ProblemList;
}

/** Yields the records of a hash table. A file that is none, or is cut short, is told in `problems`. */
export function* readBerkeleyDbHash(bytes: Uint8Array, problems: ProblemList): Generator<BerkeleyDbRecord, void, undefined> {
  const table = openTable(bytes, problems);
  if (table === undefined) return;
  for (let page = 1; page < table.pageCount; page++) {
    const type = table.view.getUint8(page * table.pageBytes + PAGE_TYPE_OFFSET);
    if (type === HASH_PAGE || type === UNSORTED_HASH_PAGE) yield* readHashPage(table, page);
  }
}

function openTable(bytes: Uint8Array, problems: ProblemList): Table | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const littleEndian = bytes.length >= META_BYTES && view.getUint32(MAGIC_OFFSET, true) === HASH_MAGIC;
  if (!littleEndian && (bytes.length < META_BYTES || view.getUint32(MAGIC_OFFSET) !== HASH_MAGIC)) {
    problems.add({ message: 'it is no hash table of Berkeley DB' });
    return undefined;
  }
  const pageBytes = view.getUint32(PAGE_SIZE_OFFSET, littleEndian);
  if (pageBytes < MIN_PAGE_BYTES || pageBytes > MAX_PAGE_BYTES || (pageBytes & (pageBytes - 1)) !== 0) {
    problems.add({ message: `its pages of ${pageBytes} bytes are of no size that Berkeley DB has` });
    return undefined;
  }
  if (view.getUint8(ENCRYPTION_OFFSET) !== 0) {
    problems.add({ message: 'it is encrypted' });
    return undefined;
  }
  const expected = view.getUint32(LAST_PAGE_OFFSET, littleEndian) + 1;
  const there = Math.floor(bytes.length / pageBytes);
  if (there < expected) problems.add({ message: `it is cut short: ${there} of its ${expected} pages are there` });
  const pageCount = Math.min(there, expected);
  return { view, littleEndian, pageBytes, pageCount, used: new Uint8Array(pageCount), problems };
}

function* readHashPage(table: Table, page: number): Generator<BerkeleyDbRecord, void, undefined> {
  const { view, littleEndian, pageBytes, problems } = table;
  const start = page * pageBytes;
  const count = view.getUint16(start + ITEM_COUNT_OFFSET, littleEndian);
  if (count % 2 !== 0 || PAGE_HEAD_BYTES + 2 * count > pageBytes) {
    problems.add({ message: `page ${page} says that it has ${count} items`, offset: start });
    return;
  }
  let end = pageBytes;
  let key: Uint8Array | undefined;
  for (let index = 0; index < count; index++) {
    const offset = view.getUint16(start + PAGE_HEAD_BYTES + 2 * index, littleEndian);
    if (offset < PAGE_HEAD_BYTES + 2 * count || offset >= end) {
      problems.add({ message: `an item of page ${page} lies outside of its place`, offset: start + offset });
      return;
    }
    const item = readItem(table, start + offset, end - offset);
    end = offset;
    if (index % 2 === 0) key = item;
    else if (key !== undefined && item !== undefined) yield { key, value: item };
  }
}

/** Returns the bytes of an item of `length` bytes, its type included; undefined when they cannot be had, which is a problem. */
function readItem(table: Table, start: number, length: number): Uint8Array | undefined {
  const { view, littleEndian, problems } = table;
  const type = view.getUint8(start);
  if (type === INLINE_ITEM) return sliceOf(view, start + 1, length - 1);
  if (type === OVERFLOW_ITEM && length === OVERFLOW_ITEM_BYTES) {
    return readOverflow(table, view.getUint32(start + 4, littleEndian), view.getUint32(start + 8, littleEndian));
  }
  problems.add({ message: `an item is of type ${type}, which tables of one value a key do not have`, offset: start });
  return undefined;
}

function readOverflow(table: Table, first: number, length: number): Uint8Array | undefined {
  const { view, littleEndian, pageBytes, pageCount, used, problems } = table;
  if (length > pageCount * pageBytes) {
    problems.add({ message: `a record says that it has ${length} bytes, more than the file` });
    return undefined;
  }
  const parts: Uint8Array[] = [];
  let found = 0;
  for (let page = first; page !== 0 && found < length;) {
    const start = page * pageBytes;
    if (page >= pageCount || used[page] === 1 || view.getUint8(start + PAGE_TYPE_OFFSET) !== OVERFLOW_PAGE) {
      problems.add({ message: `a record goes on in page ${page}, which is not there, of another kind or of another record` });
      return undefined;
    }
    used[page] = 1;
    const part = sliceOf(
      view,
      start + PAGE_HEAD_BYTES,
      Math.min(view.getUint16(start + DATA_BYTES_OFFSET, littleEndian), pageBytes - PAGE_HEAD_BYTES),
    );
    parts.push(part);
    found += part.length;
    page = view.getUint32(start + NEXT_PAGE_OFFSET, littleEndian);
  }
  if (found !== length) {
    problems.add({ message: `a record has ${found} of the ${length} bytes that it says` });
    return undefined;
  }
  return join(parts, length);
}

function join(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function sliceOf(view: DataView, start: number, length: number): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset + start, length);
}
