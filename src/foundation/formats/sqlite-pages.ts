/**
 * SQLite database files as pages, and the write-ahead log beside one: what was committed and not yet copied into the file. The log is a head, then frames of a head of 24 bytes and one page. A frame counts when its
 * salts are those of the log's head, its checksum goes on from that of the frame before it, and it or a later frame ends a transaction.
 *
 * @see https://www.sqlite.org/fileformat2.html
 */
import type { ProblemList } from './problem-list.ts';

const MAGIC = new TextEncoder().encode('SQLite format 3\0');
const HEAD_BYTES = 100;
const MIN_PAGE_BYTES = 512;
const ENCODINGS = ['utf-8', 'utf-8', 'utf-16le', 'utf-16be'] as const;

const LOG_HEAD_BYTES = 32;
const FRAME_HEAD_BYTES = 24;
/** The lowest bit says in which byte order the checksums were reckoned. */
const LOG_MAGIC = 0x377f0682;

export interface SqliteDatabase {
  readonly pageBytes: number;
  /** Bytes of a page that hold content. */
  readonly usableBytes: number;
  readonly pageCount: number;
  readonly encoding: (typeof ENCODINGS)[number];
  /** Bytes of the file and its log together: no more than that can be content. */
  readonly totalBytes: number;
  /** Returns page `number`, the first being 1; undefined when it is not there. */
  page(number: number): Uint8Array | undefined;
}

/** Where the latest committed copy of each page lies in a log. */
interface Log {
  readonly offsets: ReadonlyMap<number, number>;
  readonly pageCount: number;
}

/** Returns the database that `bytes` are with the changes of its log, undefined when it is none. That it is cut short is a problem. */
export function openSqlite(bytes: Uint8Array, log: Uint8Array | undefined, problems: ProblemList): SqliteDatabase | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEAD_BYTES || !MAGIC.every((byte, index) => bytes[index] === byte)) {
    problems.add({ message: 'it is no SQLite database' });
    return undefined;
  }
  const pageBytes = view.getUint16(16) === 1 ? 65_536 : view.getUint16(16);
  const usableBytes = pageBytes - view.getUint8(20);
  const encoding = ENCODINGS[view.getUint32(56)];
  if (pageBytes < MIN_PAGE_BYTES || (pageBytes & (pageBytes - 1)) !== 0 || usableBytes < 480 || encoding === undefined) {
    problems.add({ message: 'its head says a page size or text encoding that SQLite does not have' });
    return undefined;
  }
  const changes = log === undefined ? undefined : readLog(log, pageBytes);
  const pagesThere = Math.floor(bytes.length / pageBytes);
  // Older programs did not write the count; then the two counters of changes differ.
  const isCounted = view.getUint32(28) > 0 && view.getUint32(24) === view.getUint32(92);
  const pagesSaid = isCounted ? view.getUint32(28) : Math.ceil(bytes.length / pageBytes);
  if (changes === undefined && pagesThere < pagesSaid)
    problems.add({ message: `it is cut short: ${pagesThere} of its ${pagesSaid} pages are there` });
  return {
    pageBytes,
    usableBytes,
    pageCount: changes?.pageCount ?? Math.min(pagesThere, pagesSaid),
    encoding,
    totalBytes: bytes.length + (log?.length ?? 0),
    page: (number) => {
      const offset = changes?.offsets.get(number);
      if (log !== undefined && offset !== undefined) return log.subarray(offset, offset + pageBytes);
      return number >= 1 && number <= pagesThere ? bytes.subarray((number - 1) * pageBytes, number * pageBytes) : undefined;
    },
  };
}

/** True when a write-ahead log holds changes that the database file need not have. An empty one, and one whose transaction was not ended, has none. */
export function hasCommittedChanges(log: Uint8Array): boolean {
  return log.length >= LOG_HEAD_BYTES && readLog(log, new DataView(log.buffer, log.byteOffset).getUint32(8)) !== undefined;
}

/** Returns undefined when there is nothing committed in it, or it is of a database of another page size. */
function readLog(log: Uint8Array, pageBytes: number): Log | undefined {
  if (log.length < LOG_HEAD_BYTES) return undefined;
  const view = new DataView(log.buffer, log.byteOffset, log.byteLength);
  const magic = view.getUint32(0);
  if ((magic & ~1) >>> 0 !== LOG_MAGIC || view.getUint32(8) !== pageBytes || pageBytes < MIN_PAGE_BYTES || pageBytes % 8 !== 0) return undefined;
  const littleEndian = (magic & 1) === 0;
  let sum = addChecksum(view, 0, 24, littleEndian, [0, 0]);
  if (sum[0] !== view.getUint32(24) || sum[1] !== view.getUint32(28)) return undefined;
  const offsets = new Map<number, number>();
  let pending: (readonly [number, number])[] = [];
  let pageCount = 0;
  for (let at = LOG_HEAD_BYTES; at + FRAME_HEAD_BYTES + pageBytes <= log.length; at += FRAME_HEAD_BYTES + pageBytes) {
    if (view.getUint32(at + 8) !== view.getUint32(16) || view.getUint32(at + 12) !== view.getUint32(20)) break;
    sum = addChecksum(view, at + FRAME_HEAD_BYTES, pageBytes, littleEndian, addChecksum(view, at, 8, littleEndian, sum));
    if (sum[0] !== view.getUint32(at + 16) || sum[1] !== view.getUint32(at + 20)) break;
    pending.push([view.getUint32(at), at + FRAME_HEAD_BYTES]);
    const pagesAfterwards = view.getUint32(at + 4);
    if (pagesAfterwards === 0) continue;
    for (const [page, offset] of pending) offsets.set(page, offset);
    pending = [];
    pageCount = pagesAfterwards;
  }
  return pageCount === 0 ? undefined : { offsets, pageCount };
}

type Checksum = readonly [number, number];

function addChecksum(view: DataView, start: number, length: number, littleEndian: boolean, [first, second]: Checksum): Checksum {
  let s0 = first;
  let s1 = second;
  for (let at = start; at < start + length; at += 8) {
    s0 = (s0 + view.getUint32(at, littleEndian) + s1) >>> 0;
    s1 = (s1 + view.getUint32(at + 4, littleEndian) + s0) >>> 0;
  }
  return [s0, s1];
}
