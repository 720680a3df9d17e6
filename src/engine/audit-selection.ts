import { createHash } from 'node:crypto';

/** Which tags of a repository are looked at. */
export type TagSelection =
  | { readonly kind: 'all' }
  /** Those that sort highest, numbers in them by value; 'latest' is the highest of all. */
  | { readonly kind: 'latest'; readonly count: number }
  /** `*` stands for anything, `?` for one character. */
  | { readonly kind: 'pattern'; readonly pattern: string };

/** One part of several: `index` from 1 to `count`. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** Tags that stand for no image: what is attached to one, by its digest. */
const ATTACHMENT_TAG = /^sha(?:256|512)-[0-9a-f]{64,128}(?:\.[a-z]+)?$/;

/** Returns the tags that are looked at. */
export function selectTags(tags: readonly string[], selection: TagSelection): readonly string[] {
  const images = tags.filter((tag) => !ATTACHMENT_TAG.test(tag));
  switch (selection.kind) {
    case 'all':
      return images;
    case 'latest':
      return images.toSorted(highestFirst).slice(0, selection.count);
    case 'pattern':
      return images.filter((tag) => matchesPattern(tag, selection.pattern));
  }
}

/** Returns the part that a repository belongs to: always the same one, and about as many in each. */
export function shardOf(repository: string, count: number): number {
  const hash = createHash('sha256').update(repository).digest();
  // 48 bits: exact in a double, and far more than there are parts.
  return (hash.readUIntBE(0, 6) % count) + 1;
}

const collator = new Intl.Collator('en', { numeric: true });

function highestFirst(a: string, b: string): number {
  if (a === 'latest' || b === 'latest') return a === 'latest' ? -1 : 1;
  return collator.compare(b, a);
}

/** In time that grows with the product of the lengths at most: after a mismatch only the last `*` takes one character more. */
export function matchesPattern(text: string, pattern: string): boolean {
  let at = 0;
  let place = 0;
  let star = -1;
  let afterStar = 0;
  while (at < text.length) {
    if (place < pattern.length && pattern[place] === '*') {
      star = place++;
      afterStar = at;
    } else if (place < pattern.length && (pattern[place] === '?' || pattern[place] === text[at])) {
      place += 1;
      at += 1;
    } else if (star >= 0) {
      place = star + 1;
      at = ++afterStar;
    } else return false;
  }
  return /^\**$/.test(pattern.slice(place));
}
