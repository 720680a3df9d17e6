import {
  BOLT_MAGIC,
  BOLT_PAGE_SIZE,
  BOLT_VERSION,
  BRANCH_PAGE,
  BUCKET_ELEMENT,
  BUCKET_HEADER_BYTES,
  compareBytes,
  ELEMENT_BYTES,
  fnv64a,
  FREELIST_PAGE,
  LEAF_PAGE,
  META_CHECKSUM_OFFSET,
  META_PAGE,
  PAGE_HEADER_BYTES,
  viewOf,
} from './bolt-format.ts';

/** What to write: keys to bytes, or to buckets within. */
export type BoltTree = ReadonlyMap<string, Uint8Array | BoltTree>;

/** One entry of a bucket. Of a bucket within, `value` is what `writeBucket` returned for it. */
export interface BoltLeaf {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
  readonly isBucket: boolean;
}

/** Takes pages as they are made, in the order in which they lie in the file; last of all, those at its beginning. */
export interface BoltTarget {
  write(position: number, bytes: Uint8Array): void;
}

/** Writes a database without holding it: of each bucket under way, one page and the keys of its finished pages. */
export interface BoltWriter {
  /**
   * Writes a bucket's entries, which come in the order of their keys, and returns the value that stands for the bucket in the one around it. The entries may be made while
   * they are asked for, by writing buckets of their own.
   * @throws RangeError when keys are empty, longer than bolt allows, or out of order
   */
  writeBucket(entries: Iterable<BoltLeaf>): Uint8Array;
  /** Writes the outermost bucket, and then all that makes it a database. Returns the file's size in bytes. */
  finish(entries: Iterable<BoltLeaf>): number;
}

interface Child {
  readonly key: Uint8Array;
  readonly page: number;
}

/** A bucket without buckets of its own lies inline in its parent's value up to this. bbolt writes them so up to a quarter of a page, and reads them at any size. */
const MAX_INLINE_BYTES = BOLT_PAGE_SIZE / 2;
const MAX_ELEMENTS = 0xffff;
/** bbolt's own bound. */
export const MAX_BOLT_KEY_BYTES = 32_768;
/** Metas and free list. */
const FIRST_FREE_PAGE = 3;

/**
 * Returns the bytes of a bolt file that bbolt opens and checks. The same tree gives the same bytes, in whatever order its maps were filled.
 * @throws RangeError when a key is empty or too long
 */
export function writeBolt(tree: BoltTree): Uint8Array {
  const pieces: { readonly position: number; readonly bytes: Uint8Array }[] = [];
  const writer = createBoltWriter({ write: (position, bytes) => pieces.push({ position, bytes: bytes.slice() }) });
  const file = new Uint8Array(writer.finish(leavesOf(tree, writer)));
  for (const { position, bytes } of pieces) file.set(bytes, position);
  return file;
}

function* leavesOf(tree: BoltTree, writer: BoltWriter): Generator<BoltLeaf> {
  const encoder = new TextEncoder();
  const sorted = [...tree].map(([name, content]) => ({ key: encoder.encode(name), content })).sort((a, b) => compareBytes(a.key, b.key));
  for (const { key, content } of sorted) {
    yield content instanceof Uint8Array
      ? { key, value: content, isBucket: false }
      : { key, value: writer.writeBucket(leavesOf(content, writer)), isBucket: true };
  }
}

/** Returns a writer of a bolt file that bbolt opens and checks: two metas, an empty free list, then the pages of every bucket, each before the one that names it. */
export function createBoltWriter(target: BoltTarget): BoltWriter {
  let nextPage = FIRST_FREE_PAGE;

  function writePage(flags: number, count: number, contentBytes: number, fill: (bytes: Uint8Array) => void): number {
    const spans = Math.max(1, Math.ceil((PAGE_HEADER_BYTES + contentBytes) / BOLT_PAGE_SIZE));
    const bytes = new Uint8Array(spans * BOLT_PAGE_SIZE);
    const page = nextPage;
    writePageHeader(bytes, page, flags, count, spans - 1);
    fill(bytes);
    target.write(page * BOLT_PAGE_SIZE, bytes);
    nextPage += spans;
    return page;
  }

  function writeLeaf(leaves: readonly BoltLeaf[]): Child {
    const page = writePage(LEAF_PAGE, leaves.length, sum(leaves, leafBytes), (bytes) => {
      fillLeaf(bytes, leaves);
    });
    return { key: leaves[0]?.key ?? new Uint8Array(), page };
  }

  /** Writes leaf pages as they fill; the last one is left to the caller, who may have a better place for it. */
  function writeFullLeaves(entries: Iterable<BoltLeaf>): { readonly written: Child[]; readonly rest: readonly BoltLeaf[] } {
    const written: Child[] = [];
    let group: BoltLeaf[] = [];
    let size = PAGE_HEADER_BYTES;
    let previous: Uint8Array = new Uint8Array();
    for (const leaf of entries) {
      checkKey(previous, leaf.key);
      previous = leaf.key;
      if (isFull(group, size, leafBytes(leaf))) {
        written.push(writeLeaf(group));
        group = [];
        size = PAGE_HEADER_BYTES;
      }
      group.push(leaf);
      size += leafBytes(leaf);
    }
    return { written, rest: group };
  }

  /** Returns the page of the root above `children`. */
  function writeBranches(children: readonly Child[]): number {
    let level = children;
    while (level.length > 1) {
      level = splitBySize(level, branchBytes).map((group) => ({
        key: group[0]?.key ?? new Uint8Array(),
        page: writePage(BRANCH_PAGE, group.length, sum(group, branchBytes), (bytes) => {
          fillBranch(bytes, group);
        }),
      }));
    }
    return level[0]?.page ?? 0;
  }

  return {
    writeBucket(entries) {
      const { written, rest } = writeFullLeaves(entries);
      if (written.length === 0 && canLieInline(rest)) return inlineBucket(rest);
      return bucketHeader(writeBranches([...written, writeLeaf(rest)]));
    },
    finish(entries) {
      const { written, rest } = writeFullLeaves(entries);
      const root = writeBranches([...written, writeLeaf(rest)]);
      const freelist = new Uint8Array(BOLT_PAGE_SIZE);
      writePageHeader(freelist, 2, FREELIST_PAGE, 0, 0);
      for (const [page, bytes] of [metaPage(0, root, nextPage), metaPage(1, root, nextPage), freelist].entries()) {
        target.write(page * BOLT_PAGE_SIZE, bytes);
      }
      return nextPage * BOLT_PAGE_SIZE;
    },
  };
}

function checkKey(previous: Uint8Array, key: Uint8Array): void {
  if (key.length === 0 || key.length > MAX_BOLT_KEY_BYTES) throw new RangeError(`a key of ${key.length} bytes`);
  if (compareBytes(previous, key) >= 0) throw new RangeError(`the key ${JSON.stringify(new TextDecoder().decode(key))} comes out of order`);
}

function canLieInline(leaves: readonly BoltLeaf[]): boolean {
  return PAGE_HEADER_BYTES + sum(leaves, leafBytes) <= MAX_INLINE_BYTES && !leaves.some(({ isBucket }) => isBucket);
}

function inlineBucket(leaves: readonly BoltLeaf[]): Uint8Array {
  const value = new Uint8Array(BUCKET_HEADER_BYTES + PAGE_HEADER_BYTES + sum(leaves, leafBytes));
  const page = value.subarray(BUCKET_HEADER_BYTES);
  writePageHeader(page, 0, LEAF_PAGE, leaves.length, 0);
  fillLeaf(page, leaves);
  return value;
}

function metaPage(id: 0 | 1, root: number, pageCount: number): Uint8Array {
  const bytes = new Uint8Array(BOLT_PAGE_SIZE);
  writePageHeader(bytes, id, META_PAGE, 0, 0);
  const meta = bytes.subarray(PAGE_HEADER_BYTES);
  const view = viewOf(meta);
  view.setUint32(0, BOLT_MAGIC, true);
  view.setUint32(4, BOLT_VERSION, true);
  view.setUint32(8, BOLT_PAGE_SIZE, true);
  view.setBigUint64(16, BigInt(root), true);
  view.setBigUint64(32, 2n, true);
  view.setBigUint64(40, BigInt(pageCount), true);
  // bbolt takes the meta at (transaction id mod 2) as the one that the transaction wrote.
  view.setBigUint64(48, BigInt(id), true);
  view.setBigUint64(META_CHECKSUM_OFFSET, fnv64a(meta.subarray(0, META_CHECKSUM_OFFSET)), true);
  return bytes;
}

function writePageHeader(bytes: Uint8Array, id: number, flags: number, count: number, overflow: number): void {
  const view = viewOf(bytes);
  view.setBigUint64(0, BigInt(id), true);
  view.setUint16(8, flags, true);
  view.setUint16(10, count, true);
  view.setUint32(12, overflow, true);
}

function bucketHeader(root: number): Uint8Array {
  const bytes = new Uint8Array(BUCKET_HEADER_BYTES);
  viewOf(bytes).setBigUint64(0, BigInt(root), true);
  return bytes;
}

function fillLeaf(bytes: Uint8Array, leaves: readonly BoltLeaf[]): void {
  const view = viewOf(bytes);
  let end = PAGE_HEADER_BYTES + leaves.length * ELEMENT_BYTES;
  for (const [index, { key, value, isBucket }] of leaves.entries()) {
    const element = PAGE_HEADER_BYTES + index * ELEMENT_BYTES;
    view.setUint32(element, isBucket ? BUCKET_ELEMENT : 0, true);
    view.setUint32(element + 4, end - element, true);
    view.setUint32(element + 8, key.length, true);
    view.setUint32(element + 12, value.length, true);
    bytes.set(key, end);
    bytes.set(value, end + key.length);
    end += key.length + value.length;
  }
}

function fillBranch(bytes: Uint8Array, children: readonly Child[]): void {
  const view = viewOf(bytes);
  let end = PAGE_HEADER_BYTES + children.length * ELEMENT_BYTES;
  for (const [index, { key, page }] of children.entries()) {
    const element = PAGE_HEADER_BYTES + index * ELEMENT_BYTES;
    view.setUint32(element, end - element, true);
    view.setUint32(element + 4, key.length, true);
    view.setBigUint64(element + 8, BigInt(page), true);
    bytes.set(key, end);
    end += key.length;
  }
}

function leafBytes({ key, value }: BoltLeaf): number {
  return ELEMENT_BYTES + key.length + value.length;
}

function branchBytes({ key }: Child): number {
  return ELEMENT_BYTES + key.length;
}

/** Groups items into pages. */
function splitBySize<T>(items: readonly T[], sizeOf: (item: T) => number): T[][] {
  const groups: T[][] = [];
  let group: T[] = [];
  let size = PAGE_HEADER_BYTES;
  for (const item of items) {
    if (isFull(group, size, sizeOf(item))) {
      groups.push(group);
      group = [];
      size = PAGE_HEADER_BYTES;
    }
    group.push(item);
    size += sizeOf(item);
  }
  return [...groups, group];
}

/** Two at least share a page, as bbolt wants, so that a level of branches always has fewer pages than the one below. */
function isFull(group: readonly unknown[], size: number, more: number): boolean {
  return group.length >= 2 && (size + more > BOLT_PAGE_SIZE || group.length >= MAX_ELEMENTS);
}

function sum<T>(items: readonly T[], sizeOf: (item: T) => number): number {
  return items.reduce((total, item) => total + sizeOf(item), 0);
}
