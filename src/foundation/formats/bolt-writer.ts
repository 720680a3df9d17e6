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

interface Leaf {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
  readonly isBucket: boolean;
}

interface Child {
  readonly key: Uint8Array;
  readonly page: number;
}

/** A bucket without buckets of its own lies inline in its parent's value up to this. bbolt writes them so up to a quarter of a page, and reads them at any size. */
const MAX_INLINE_BYTES = BOLT_PAGE_SIZE / 2;
const MAX_ELEMENTS = 0xffff;

/**
 * Returns the bytes of a bolt file that bbolt opens and checks: two metas, an empty free list, then every bucket's pages, children before their parents. The same tree gives
 * the same bytes, in whatever order its maps were filled. Keys must not be empty.
 * @throws RangeError when a bucket is longer than 4 GiB
 */
export function writeBolt(tree: BoltTree): Uint8Array {
  const pages: Uint8Array[] = [];
  // Pages 0 and 1 are the metas, 2 the free list; each entry of `pages` may span several numbers.
  let nextPage = 3;

  function allocate(flags: number, count: number, contentBytes: number): { page: number; bytes: Uint8Array } {
    const spans = Math.max(1, Math.ceil((PAGE_HEADER_BYTES + contentBytes) / BOLT_PAGE_SIZE));
    const bytes = new Uint8Array(spans * BOLT_PAGE_SIZE);
    writePageHeader(bytes, nextPage, flags, count, spans - 1);
    pages.push(bytes);
    const page = nextPage;
    nextPage += spans;
    return { page, bytes };
  }

  function writeBucket(bucket: BoltTree): number {
    const leaves = toLeaves(bucket);
    let level: Child[] = splitBySize(leaves, leafBytes).map((group) => {
      const { page, bytes } = allocate(LEAF_PAGE, group.length, sum(group, leafBytes));
      fillLeaf(bytes, group);
      return { key: group[0]?.key ?? new Uint8Array(), page };
    });
    while (level.length > 1) {
      level = splitBySize(level, branchBytes).map((group) => {
        const { page, bytes } = allocate(BRANCH_PAGE, group.length, sum(group, branchBytes));
        fillBranch(bytes, group);
        return { key: group[0]?.key ?? new Uint8Array(), page };
      });
    }
    return level[0]?.page ?? 0;
  }

  function toLeaves(bucket: BoltTree): Leaf[] {
    const encoder = new TextEncoder();
    return [...bucket]
      .map(([name, content]) => ({ key: encoder.encode(name), content }))
      .sort((a, b) => compareBytes(a.key, b.key))
      .map(({ key, content }) =>
        content instanceof Uint8Array ? { key, value: content, isBucket: false } : { key, value: toBucketValue(content), isBucket: true },
      );
  }

  function toBucketValue(bucket: BoltTree): Uint8Array {
    return toInlineBucket(bucket) ?? bucketHeader(writeBucket(bucket));
  }

  function toInlineBucket(bucket: BoltTree): Uint8Array | undefined {
    if ([...bucket.values()].some((content) => !(content instanceof Uint8Array))) return undefined;
    const leaves = toLeaves(bucket);
    const pageBytes = PAGE_HEADER_BYTES + sum(leaves, leafBytes);
    if (pageBytes > MAX_INLINE_BYTES) return undefined;
    const value = new Uint8Array(BUCKET_HEADER_BYTES + pageBytes);
    const page = value.subarray(BUCKET_HEADER_BYTES);
    writePageHeader(page, 0, LEAF_PAGE, leaves.length, 0);
    fillLeaf(page, leaves);
    return value;
  }

  const root = writeBucket(tree);
  const freelist = new Uint8Array(BOLT_PAGE_SIZE);
  writePageHeader(freelist, 2, FREELIST_PAGE, 0, 0);
  const file = new Uint8Array(nextPage * BOLT_PAGE_SIZE);
  let offset = 0;
  for (const bytes of [metaPage(0, root, nextPage), metaPage(1, root, nextPage), freelist, ...pages]) {
    file.set(bytes, offset);
    offset += bytes.length;
  }
  return file;
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

function fillLeaf(bytes: Uint8Array, leaves: readonly Leaf[]): void {
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

function leafBytes({ key, value }: Leaf): number {
  return ELEMENT_BYTES + key.length + value.length;
}

function branchBytes({ key }: Child): number {
  return ELEMENT_BYTES + key.length;
}

/** Groups items into pages. Two at least share a page, as bbolt wants, so that a level of branches always has fewer pages than the one below. */
function splitBySize<T>(items: readonly T[], sizeOf: (item: T) => number): T[][] {
  const groups: T[][] = [];
  let group: T[] = [];
  let size = PAGE_HEADER_BYTES;
  for (const item of items) {
    if (group.length >= 2 && (size + sizeOf(item) > BOLT_PAGE_SIZE || group.length >= MAX_ELEMENTS)) {
      groups.push(group);
      group = [];
      size = PAGE_HEADER_BYTES;
    }
    group.push(item);
    size += sizeOf(item);
  }
  return [...groups, group];
}

function sum<T>(items: readonly T[], sizeOf: (item: T) => number): number {
  return items.reduce((total, item) => total + sizeOf(item), 0);
}
