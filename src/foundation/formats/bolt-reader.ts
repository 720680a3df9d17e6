import { MAX_BOLT_CACHE_BYTES, MAX_BOLT_DEPTH, MAX_BOLT_PAGE_BYTES } from '../base/limits.ts';
import {
  BRANCH_PAGE,
  BUCKET_ELEMENT,
  BUCKET_HEADER_BYTES,
  compareBytes,
  ELEMENT_BYTES,
  LEAF_PAGE,
  PAGE_HEADER_BYTES,
  viewOf,
} from './bolt-format.ts';
import { findMeta, malformed, truncated } from './bolt-meta.ts';
import type { BoltProblem, BoltSource } from './bolt-meta.ts';

export interface BoltEntry {
  readonly key: Uint8Array;
  /** For a bucket, its header (and inline page): open it with `bucket(key)`. */
  readonly value: Uint8Array;
  readonly isBucket: boolean;
}

export interface BoltBucket {
  get(key: Uint8Array): Uint8Array | undefined;
  /** Opens a bucket within. Keep it for further questions: it knows its place, and is not looked for again. */
  bucket(name: Uint8Array): BoltBucket | undefined;
  /** The entry with the highest key that is not above `key`. */
  lastNotAbove(key: Uint8Array): BoltEntry | undefined;
  /** Entries whose key starts with `prefix`, in key order. */
  entries(prefix?: Uint8Array): Iterable<BoltEntry>;
}

/** A database open for reading. What is damaged is left out of the answers and told in `problems`, so look there after each question. */
export interface BoltReader {
  readonly root: BoltBucket;
  readonly problems: readonly BoltProblem[];
}

interface Page {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly isLeaf: boolean;
  readonly count: number;
}

/** What all buckets of one file share. */
interface Pager {
  readonly problems: readonly BoltProblem[];
  readPage(id: number): Page | undefined;
  report(problem: BoltProblem): void;
}

const MAX_REPORTED = 20;

/** Returns a reader of a bolt file that holds a few pages at a time, or what keeps it from being one. */
export function openBolt(source: BoltSource): { readonly reader: BoltReader } | { readonly problem: BoltProblem } {
  const found = findMeta(source);
  if ('problem' in found) return found;
  const wholeBytes = found.meta.pageCount * found.meta.pageSize;
  if (wholeBytes > source.sizeBytes) return { problem: truncated(`the file has ${source.sizeBytes} of ${wholeBytes} bytes`) };
  const pager = createPager(source, found.meta.pageSize);
  return { reader: { root: openTree(pager, found.meta.rootPage), problems: pager.problems } };
}

function createPager(source: BoltSource, pageSize: number): Pager {
  const problems: BoltProblem[] = [];
  const cache = new Map<number, Page>();
  let cachedBytes = 0;

  function report(problem: BoltProblem): void {
    if (problems.length < MAX_REPORTED) problems.push(problem);
  }

  function loadPage(id: number): Page | BoltProblem {
    // Ids above 2^53 lose their last bits here, but no file is that long.
    const position = id * pageSize;
    if (id < 2) return malformed(`page ${id} is no page of a tree`);
    if (position + PAGE_HEADER_BYTES > source.sizeBytes) return truncated(`page ${id} lies behind the end of the file`);
    const first = source.readPage(position, pageSize);
    if (first.length < PAGE_HEADER_BYTES) return truncated(`page ${id} is cut off`);
    const header = viewOf(first);
    const length = (header.getUint32(12, true) + 1) * pageSize;
    if (Number(header.getBigUint64(0, true)) !== id) return malformed(`page ${id} carries another number`);
    if (length > MAX_BOLT_PAGE_BYTES) return malformed(`page ${id} claims ${length} bytes`);
    if (position + length > source.sizeBytes) return truncated(`page ${id} is cut off`);
    // Most pages have no overflow: one read is enough.
    const bytes = length === pageSize ? first : source.readPage(position, length);
    if (bytes.length < length) return truncated(`page ${id} is cut off`);
    return parsePage(bytes) ?? malformed(`page ${id} is neither branch nor leaf, or claims more than it holds`);
  }

  function readPage(id: number): Page | undefined {
    const kept = cache.get(id);
    const page = kept ?? loadPage(id);
    if ('code' in page) {
      report(page);
      return undefined;
    }
    // Taken out and put back: the map's order is the order of use, oldest first.
    if (kept === undefined) cachedBytes += page.bytes.length;
    else cache.delete(id);
    cache.set(id, page);
    for (const [oldest, { bytes }] of cache) {
      if (cachedBytes <= MAX_BOLT_CACHE_BYTES || oldest === id) break;
      cache.delete(oldest);
      cachedBytes -= bytes.length;
    }
    return page;
  }

  return { problems, readPage, report };
}

function parsePage(bytes: Uint8Array): Page | undefined {
  if (bytes.length < PAGE_HEADER_BYTES) return undefined;
  const view = viewOf(bytes);
  const flags = view.getUint16(8, true);
  const count = view.getUint16(10, true);
  if (flags !== BRANCH_PAGE && flags !== LEAF_PAGE) return undefined;
  if (PAGE_HEADER_BYTES + count * ELEMENT_BYTES > bytes.length) return undefined;
  return { bytes, view, isLeaf: flags === LEAF_PAGE, count };
}

function openTree(pager: Pager, rootPage: number): BoltBucket {
  return createBucket(pager, () => pager.readPage(rootPage));
}

/** A bucket whose pages are found from `readRoot`: a page of the file, or the one that lies inline in its parent's value. */
function createBucket(pager: Pager, readRoot: () => Page | undefined): BoltBucket {
  function lastNotAbove(key: Uint8Array): BoltEntry | undefined {
    let page = readRoot();
    for (let depth = 0; page !== undefined && !page.isLeaf; depth += 1) {
      if (depth >= MAX_BOLT_DEPTH) {
        pager.report(malformed('pages are nested too deeply: a loop'));
        return undefined;
      }
      page = readChild(pager, page, Math.max(0, indexNotAbove(page, key)));
    }
    if (page === undefined) return undefined;
    const index = indexNotAbove(page, key);
    return index < 0 ? undefined : readEntry(pager, page, index);
  }

  function find(key: Uint8Array): BoltEntry | undefined {
    const entry = lastNotAbove(key);
    return entry !== undefined && compareBytes(entry.key, key) === 0 ? entry : undefined;
  }

  return {
    lastNotAbove,
    get(key) {
      const entry = find(key);
      return entry === undefined || entry.isBucket ? undefined : entry.value;
    },
    bucket(name) {
      const entry = find(name);
      return entry?.isBucket === true ? openNested(pager, entry.value) : undefined;
    },
    *entries(prefix = new Uint8Array()) {
      const root = readRoot();
      if (root === undefined) return;
      for (const entry of walk(pager, root, prefix, 0, new Set())) {
        if (!startsWith(entry.key, prefix)) {
          if (compareBytes(entry.key, prefix) > 0) return;
          continue;
        }
        yield entry;
      }
    },
  };
}

function openNested(pager: Pager, value: Uint8Array): BoltBucket | undefined {
  const root = value.length < BUCKET_HEADER_BYTES ? undefined : Number(viewOf(value).getBigUint64(0, true));
  if (root !== undefined && root !== 0) return openTree(pager, root);
  const page = root === undefined ? undefined : parsePage(value.subarray(BUCKET_HEADER_BYTES));
  if (page?.isLeaf === true) return createBucket(pager, () => page);
  pager.report(malformed('an inline bucket holds no leaf page'));
  return undefined;
}

/** Entries from `from` on, in key order. `seen` holds the pages of this walk: a page met twice is a loop, which would otherwise branch without end. */
function* walk(pager: Pager, page: Page, from: Uint8Array, depth: number, seen: Set<number>): Generator<BoltEntry> {
  const start = Math.max(0, indexNotAbove(page, from));
  for (let index = start; index < page.count; index += 1) {
    if (page.isLeaf) {
      const entry = readEntry(pager, page, index);
      if (entry === undefined) return;
      yield entry;
      continue;
    }
    const id = childId(page, index);
    if (seen.has(id) || depth >= MAX_BOLT_DEPTH) {
      pager.report(malformed(`page ${id} is reached twice: a loop`));
      return;
    }
    seen.add(id);
    const child = readChild(pager, page, index);
    if (child === undefined) return;
    yield* walk(pager, child, from, depth + 1, seen);
  }
}

/** Index of the last element whose key is not above `key`, -1 when all are. Keys that lie outside the page compare as empty; reading them reports it. */
function indexNotAbove(page: Page, key: Uint8Array): number {
  let low = 0;
  let high = page.count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareKeyAt(page, middle, key) <= 0) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function elementOffset(index: number): number {
  return PAGE_HEADER_BYTES + index * ELEMENT_BYTES;
}

/** As compareBytes does, where the key lies: a look-up compares dozens of keys. */
function compareKeyAt({ bytes, view, isLeaf }: Page, index: number, key: Uint8Array): number {
  const offset = elementOffset(index);
  const start = offset + view.getUint32(offset + (isLeaf ? 4 : 0), true);
  const size = view.getUint32(offset + (isLeaf ? 8 : 4), true);
  const length = start + size > bytes.length ? 0 : size;
  const shared = Math.min(length, key.length);
  for (let i = 0; i < shared; i += 1) {
    const order = (bytes[start + i] ?? 0) - (key[i] ?? 0);
    if (order !== 0) return order;
  }
  return length - key.length;
}

function keyAt({ bytes, view, isLeaf }: Page, index: number): Uint8Array | undefined {
  const offset = elementOffset(index);
  const start = offset + view.getUint32(offset + (isLeaf ? 4 : 0), true);
  const end = start + view.getUint32(offset + (isLeaf ? 8 : 4), true);
  return end > bytes.length ? undefined : bytes.subarray(start, end);
}

function readEntry(pager: Pager, page: Page, index: number): BoltEntry | undefined {
  const key = keyAt(page, index);
  if (key !== undefined) {
    const offset = elementOffset(index);
    const { view } = page;
    const start = offset + view.getUint32(offset + 4, true) + key.length;
    const end = start + view.getUint32(offset + 12, true);
    if (end <= page.bytes.length) {
      return { key, value: page.bytes.subarray(start, end), isBucket: (view.getUint32(offset, true) & BUCKET_ELEMENT) !== 0 };
    }
  }
  pager.report(malformed('a key or value lies outside its page'));
  return undefined;
}

function childId(page: Page, index: number): number {
  return Number(page.view.getBigUint64(elementOffset(index) + 8, true));
}

function readChild(pager: Pager, page: Page, index: number): Page | undefined {
  return index < page.count ? pager.readPage(childId(page, index)) : undefined;
}

function startsWith(key: Uint8Array, prefix: Uint8Array): boolean {
  return key.length >= prefix.length && prefix.every((byte, index) => byte === key[index]);
}
