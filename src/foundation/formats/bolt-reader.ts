import { MAX_BOLT_CACHE_BYTES, MAX_BOLT_DEPTH, MAX_BOLT_PAGE_BYTES } from '../base/limits.ts';
import { RecentlyUsed } from '../base/recently-used.ts';
import { compareBytes, PAGE_HEADER_BYTES, viewOf } from './bolt-format.ts';
import { findMeta, malformed, truncated } from './bolt-meta.ts';
import type { BoltProblem, BoltSource } from './bolt-meta.ts';
import { childId, compareKeyAt, indexNotAbove, isBucketAt, parseBucket, parsePage, placeOf, readId } from './bolt-page.ts';
import type { Page, Place } from './bolt-page.ts';

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
  /** Entries that are values, in key order, read as UTF-8. */
  texts(): readonly BoltText[];
}

export interface BoltText {
  readonly key: string;
  readonly value: string;
}

/** A database open for reading. What is damaged is left out of the answers and told in `problems`, so look there after each question. */
export interface BoltReader {
  readonly root: BoltBucket;
  readonly problems: readonly BoltProblem[];
}

/** What all buckets of one file share. */
interface Pager {
  readonly problems: readonly BoltProblem[];
  readPage(id: number): Page | undefined;
  report(problem: BoltProblem): void;
}

const MAX_REPORTED = 20;
/** About what a damaged page takes of memory. */
const PROBLEM_BYTES = 256;

/** Returns a reader of a bolt file that holds a few pages at a time, or what keeps it from being one. */
export function openBolt(source: BoltSource): { readonly reader: BoltReader } | { readonly problem: BoltProblem } {
  const found = findMeta(source);
  if ('problem' in found) return found;
  const wholeBytes = found.meta.pageCount * found.meta.pageSize;
  if (wholeBytes > source.sizeBytes) return { problem: truncated(`the file has ${source.sizeBytes} of ${wholeBytes} bytes`) };
  const pager = createPager(source, found.meta.pageSize);
  return { reader: { root: new Bucket(pager, found.meta.rootPage), problems: pager.problems } };
}

function createPager(source: BoltSource, pageSize: number): Pager {
  const problems: BoltProblem[] = [];
  const pages = new RecentlyUsed<number, Page | BoltProblem>(MAX_BOLT_CACHE_BYTES, (page) => ('code' in page ? PROBLEM_BYTES : page.bytes.length));

  function report(problem: BoltProblem): void {
    if (problems.length < MAX_REPORTED) problems.push(problem);
  }

  function loadPage(id: number): Page | BoltProblem {
    const position = id * pageSize;
    if (id < 2) return malformed(`page ${id} is no page of a tree`);
    if (position + PAGE_HEADER_BYTES > source.sizeBytes) return truncated(`page ${id} lies behind the end of the file`);
    const first = source.readPage(position, pageSize);
    if (first.length < PAGE_HEADER_BYTES) return truncated(`page ${id} is cut off`);
    const header = viewOf(first);
    const length = (header.getUint32(12, true) + 1) * pageSize;
    if (readId(header, 0) !== id) return malformed(`page ${id} carries another number`);
    if (length > MAX_BOLT_PAGE_BYTES) return malformed(`page ${id} claims ${length} bytes`);
    if (position + length > source.sizeBytes) return truncated(`page ${id} is cut off`);
    // Most pages have no overflow: one read is enough.
    const bytes = length === pageSize ? first : source.readPage(position, length);
    if (bytes.length < length) return truncated(`page ${id} is cut off`);
    const view = bytes === first ? header : viewOf(bytes);
    return parsePage(bytes, view, 0, length) ?? malformed(`page ${id} is neither branch nor leaf, or claims more than it holds`);
  }

  function readPage(id: number): Page | undefined {
    const page = pages.get(id, loadPage);
    if (!('code' in page)) return page;
    report(page);
    return undefined;
  }

  return { problems, readPage, report };
}

const decoder = new TextDecoder();

/** A bucket whose root is a page of the file, or the one that lies inline in its parent's value. */
class Bucket implements BoltBucket {
  readonly #pager: Pager;
  readonly #rootId: number;
  readonly #inline: Page | undefined;

  constructor(pager: Pager, rootId: number, inline?: Page) {
    this.#pager = pager;
    this.#rootId = rootId;
    this.#inline = inline;
  }

  get(key: Uint8Array): Uint8Array | undefined {
    const found = this.#find(key);
    if (found === undefined || isBucketAt(found.page, found.index)) return undefined;
    return found.page.bytes.subarray(found.place.valueStart, found.place.valueEnd);
  }

  bucket(name: Uint8Array): BoltBucket | undefined {
    const entry = this.#find(name);
    if (entry === undefined || !isBucketAt(entry.page, entry.index)) return undefined;
    const found = parseBucket(entry.page, entry.place);
    if (found !== undefined) return new Bucket(this.#pager, found.rootId, found.inline);
    this.#pager.report(malformed('an inline bucket holds no leaf page'));
    return undefined;
  }

  lastNotAbove(key: Uint8Array): BoltEntry | undefined {
    const page = this.#findLeaf(key);
    const index = page === undefined ? -1 : indexNotAbove(page, key);
    return page === undefined || index < 0 ? undefined : readEntry(this.#pager, page, index);
  }

  *entries(prefix = new Uint8Array()): Generator<BoltEntry> {
    const root = this.#readRoot();
    if (root === undefined) return;
    for (const entry of walk(this.#pager, root, prefix, 0, new Set())) {
      if (!startsWith(entry.key, prefix)) {
        if (compareBytes(entry.key, prefix) > 0) return;
        continue;
      }
      yield entry;
    }
  }

  texts(): readonly BoltText[] {
    const root = this.#readRoot();
    if (root === undefined) return [];
    const texts = root.isLeaf ? textsTogether(root) : undefined;
    return (
      texts ??
      Array.from(this.entries()).flatMap(({ key, value, isBucket }) => (isBucket ? [] : [{ key: decoder.decode(key), value: decoder.decode(value) }]))
    );
  }

  #readRoot(): Page | undefined {
    return this.#inline ?? this.#pager.readPage(this.#rootId);
  }

  /** The leaf that has the key, if any has. */
  #findLeaf(key: Uint8Array): Page | undefined {
    let page = this.#readRoot();
    for (let depth = 0; page !== undefined && !page.isLeaf; depth += 1) {
      if (depth >= MAX_BOLT_DEPTH) {
        this.#pager.report(malformed('pages are nested too deeply: a loop'));
        return undefined;
      }
      page = readChild(this.#pager, page, Math.max(0, indexNotAbove(page, key)));
    }
    return page;
  }

  #find(key: Uint8Array): { readonly page: Page; readonly index: number; readonly place: Place } | undefined {
    const page = this.#findLeaf(key);
    const index = page === undefined ? -1 : indexNotAbove(page, key);
    if (page === undefined || index < 0) return undefined;
    const place = placeOf(page, index);
    // Also where it turns out to be another: a damaged one may have led here.
    if (place === undefined) reportOutside(this.#pager);
    return place !== undefined && compareKeyAt(page, index, key) === 0 ? { page, index, place } : undefined;
  }
}

/**
 * Returns the entries of a leaf, decoded all at once: a package has dozens of short ones, and each decoding costs more than it decodes. Undefined where they are to be taken one by one: when there are buckets among them, when they do
 * not lie one behind the other, when one lies outside of the page, and when there are fewer characters than bytes, so that it is not known where each begins.
 */
function textsTogether(page: Page): readonly BoltText[] | undefined {
  const places: Place[] = [];
  for (let index = 0; index < page.count; index += 1) {
    const place = isBucketAt(page, index) ? undefined : placeOf(page, index);
    if (place === undefined || (index > 0 && place.keyStart !== places[index - 1]?.valueEnd)) return undefined;
    places.push(place);
  }
  const start = places[0]?.keyStart ?? 0;
  const end = places.at(-1)?.valueEnd ?? start;
  const text = decoder.decode(page.bytes.subarray(start, end));
  if (text.length !== end - start) return undefined;
  return places.map(({ keyStart, valueStart, valueEnd }) => ({
    key: text.slice(keyStart - start, valueStart - start),
    value: text.slice(valueStart - start, valueEnd - start),
  }));
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

function readEntry(pager: Pager, page: Page, index: number): BoltEntry | undefined {
  const place = placeOf(page, index);
  if (place === undefined) {
    reportOutside(pager);
    return undefined;
  }
  const { keyStart, valueStart, valueEnd } = place;
  return { key: page.bytes.subarray(keyStart, valueStart), value: page.bytes.subarray(valueStart, valueEnd), isBucket: isBucketAt(page, index) };
}

function reportOutside(pager: Pager): void {
  pager.report(malformed('a key or value lies outside its page'));
}

function readChild(pager: Pager, page: Page, index: number): Page | undefined {
  return index < page.count ? pager.readPage(childId(page, index)) : undefined;
}

function startsWith(key: Uint8Array, prefix: Uint8Array): boolean {
  return key.length >= prefix.length && prefix.every((byte, index) => byte === key[index]);
}
