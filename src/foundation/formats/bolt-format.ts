/**
 * The layout of a bolt file, as bbolt writes it on a little-endian machine: pages of one size, each with a 16-byte header; pages 0 and 1 are metas, of which the valid one
 * with the highest transaction id counts; every bucket is a B+tree of branch and leaf pages, or small enough to lie inline in its parent's value.
 * @see https://github.com/etcd-io/bbolt/blob/main/internal/common/page.go
 * @see https://github.com/etcd-io/bbolt/blob/main/internal/common/meta.go
 */
export const BOLT_MAGIC = 0xed0cdaed;
export const BOLT_VERSION = 2;
export const BOLT_PAGE_SIZE = 4096;

/** id u64, flags u16, count u16, overflow u32. */
export const PAGE_HEADER_BYTES = 16;
/** Branch: pos u32, ksize u32, pgid u64. Leaf: flags u32, pos u32, ksize u32, vsize u32. `pos` counts from the element itself. */
export const ELEMENT_BYTES = 16;
/** root pgid u64, sequence u64; root 0 means that a leaf page follows inline. */
export const BUCKET_HEADER_BYTES = 16;
/** magic u32, version u32, pageSize u32, flags u32, root bucket 16, freelist pgid u64, high-water pgid u64, txid u64, checksum u64. */
export const META_BYTES = 64;
export const META_CHECKSUM_OFFSET = 56;

export const BRANCH_PAGE = 0x01;
export const LEAF_PAGE = 0x02;
export const META_PAGE = 0x04;
export const FREELIST_PAGE = 0x10;
/** Leaf element flag: the value is a bucket. */
export const BUCKET_ELEMENT = 0x01;

/** Returns the 64-bit FNV-1a hash of bytes. @see http://www.isthe.com/chongo/tech/comp/fnv/ */
export function fnv64a(bytes: Uint8Array): bigint {
  let hash = 0xcbf29ce484222325n;
  for (const byte of bytes) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash;
}

/** Returns the order of two byte strings: by unsigned byte, a prefix before what it begins. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    const order = (a[i] ?? 0) - (b[i] ?? 0);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
