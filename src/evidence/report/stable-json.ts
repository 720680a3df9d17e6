import { compareText } from '../../foundation/base/order.ts';

/** Keys that people look for first; the rest follow by name. */
const leading = ['$schema', 'schemaVersion', 'id', 'ruleId', 'name', 'version', 'category', 'severity', 'title'];

/**
 * Returns `value` as JSON with two spaces, a line end behind it, and keys in an order that does not depend on how the object was made: `first`, at the top level only, then the leading ones, then by name.
 * Lone surrogates and what a terminal would obey are escaped.
 */
export function toStableJson(value: unknown, first: readonly string[] = []): string {
  const json = JSON.stringify(sortKeys(value, new KeyOrder([...first, ...leading]), new KeyOrder(leading)), undefined, 2);
  return `${json.replaceAll(terminalControl, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}

/** What JSON leaves as it is, but a terminal obeys or reorders text by; they can stand in strings only, where the escape means the same. */
const terminalControl = /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

function sortKeys(value: unknown, order: KeyOrder, below: KeyOrder): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => sortKeys(item, below, below));
  if (typeof value !== 'object' || value === null) return value;
  const members = value as Record<string, unknown>;
  const sorted: Record<string, unknown> = {};
  for (const key of order.sort(Object.keys(members))) {
    const member = sortKeys(members[key], below, below);
    // By assignment it would be no member but the object's prototype.
    if (key === '__proto__') Object.defineProperty(sorted, key, { value: member, enumerable: true });
    else sorted[key] = member;
  }
  return sorted;
}

/** A set of keys in the order they came in, as far as they go: what follows by the next key. */
interface KeySet {
  readonly next: Map<string, KeySet>;
  sorted?: readonly string[];
}

/** Sorts the keys of objects. A report has thousands of objects and a few dozen sets of keys, so that each set is sorted once. */
class KeyOrder {
  readonly #ranks: ReadonlyMap<string, number>;
  readonly #none: KeySet = { next: new Map() };

  constructor(first: readonly string[]) {
    this.#ranks = new Map(first.toReversed().map((key, index) => [key, -1 - index]));
  }

  sort(keys: readonly string[]): readonly string[] {
    let set = this.#none;
    for (const key of keys) {
      let next = set.next.get(key);
      if (next === undefined) set.next.set(key, (next = { next: new Map() }));
      set = next;
    }
    return (set.sorted ??= keys.toSorted((a, b) => this.#rank(a) - this.#rank(b) || compareText(a, b)));
  }

  #rank(key: string): number {
    return this.#ranks.get(key) ?? 0;
  }
}
