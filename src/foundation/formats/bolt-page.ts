import { BRANCH_PAGE, BUCKET_ELEMENT, BUCKET_HEADER_BYTES, ELEMENT_BYTES, LEAF_PAGE, PAGE_HEADER_BYTES } from './bolt-format.ts';

/** A branch or a leaf. What lies inline in a bucket's value shares the bytes of the page around it. */
export interface Page {
  readonly bytes: Uint8Array;
  /** Of `bytes`. */
  readonly view: DataView;
  /** Where in `bytes` the page begins and ends. */
  readonly start: number;
  readonly end: number;
  readonly isLeaf: boolean;
  readonly count: number;
}

/** Where in the bytes of a leaf page an element's key and value lie: the value begins where the key ends. */
export interface Place {
  readonly keyStart: number;
  readonly valueStart: number;
  readonly valueEnd: number;
}

/** Returns the page that lies in `bytes` from `start` to `end`; undefined when it is neither branch nor leaf, or claims more elements than it holds. */
export function parsePage(bytes: Uint8Array, view: DataView, start: number, end: number): Page | undefined {
  if (end - start < PAGE_HEADER_BYTES) return undefined;
  const flags = view.getUint16(start + 8, true);
  const count = view.getUint16(start + 10, true);
  if (flags !== BRANCH_PAGE && flags !== LEAF_PAGE) return undefined;
  if (start + PAGE_HEADER_BYTES + count * ELEMENT_BYTES > end) return undefined;
  return { bytes, view, start, end, isLeaf: flags === LEAF_PAGE, count };
}

/** Returns the root page of the bucket that an element's value is: its number, or 0 with the leaf page that lies inline. Undefined when it is neither. */
export function parseBucket({ bytes, view }: Page, { valueStart, valueEnd }: Place): { readonly rootId: number; readonly inline?: Page } | undefined {
  if (valueEnd - valueStart < BUCKET_HEADER_BYTES) return undefined;
  const rootId = readId(view, valueStart);
  if (rootId !== 0) return { rootId };
  const inline = parsePage(bytes, view, valueStart + BUCKET_HEADER_BYTES, valueEnd);
  return inline?.isLeaf === true ? { rootId, inline } : undefined;
}

/** Returns the index of the last element whose key is not above `key`, -1 when all are. Keys that lie outside the page compare as empty; reading them tells. */
export function indexNotAbove(page: Page, key: Uint8Array): number {
  let low = 0;
  let high = page.count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareKeyAt(page, middle, key) <= 0) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Returns the order of an element's key and `key`, as compareBytes does, where the key lies: a look-up compares dozens of them. */
export function compareKeyAt(page: Page, index: number, key: Uint8Array): number {
  const { bytes, view } = page;
  const offset = elementOffset(page, index);
  const sizeOffset = page.isLeaf ? offset + 8 : offset + 4;
  const start = offset + view.getUint32(sizeOffset - 4, true);
  const size = view.getUint32(sizeOffset, true);
  const length = start + size > page.end ? 0 : size;
  const shared = Math.min(length, key.length);
  for (let i = 0; i < shared; i += 1) {
    const order = (bytes[start + i] ?? 0) - (key[i] ?? 0);
    if (order !== 0) return order;
  }
  return length - key.length;
}

/** Returns where an element of a leaf lies, undefined when that is outside the page. */
export function placeOf(page: Page, index: number): Place | undefined {
  const { view } = page;
  const offset = elementOffset(page, index);
  const keyStart = offset + view.getUint32(offset + 4, true);
  const valueStart = keyStart + view.getUint32(offset + 8, true);
  const valueEnd = valueStart + view.getUint32(offset + 12, true);
  return valueEnd > page.end ? undefined : { keyStart, valueStart, valueEnd };
}

/** Returns whether the value of a leaf's element is a bucket. */
export function isBucketAt(page: Page, index: number): boolean {
  return (page.view.getUint32(elementOffset(page, index), true) & BUCKET_ELEMENT) !== 0;
}

/** Returns the number of the page below a branch's element. */
export function childId(page: Page, index: number): number {
  return readId(page.view, elementOffset(page, index) + 8);
}

/** Numbers above 2^53 lose their last bits here, but no file has so many pages. */
export function readId(view: DataView, offset: number): number {
  return view.getUint32(offset + 4, true) * 2 ** 32 + view.getUint32(offset, true);
}

function elementOffset(page: Page, index: number): number {
  return page.start + PAGE_HEADER_BYTES + index * ELEMENT_BYTES;
}
