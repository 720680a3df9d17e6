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
  return Object.fromEntries(order.sort(Object.keys(value)).map((key) => [key, sortKeys(members[key], below, below)]));
}

/** Sorts the keys of objects. A report has thousands of objects and a few dozen sets of keys, so that each set is sorted once. */
class KeyOrder {
  readonly #ranks: ReadonlyMap<string, number>;
  readonly #sorted = new Map<string, readonly string[]>();

  constructor(first: readonly string[]) {
    this.#ranks = new Map(first.toReversed().map((key, index) => [key, -1 - index]));
  }

  sort(keys: readonly string[]): readonly string[] {
    const set = JSON.stringify(keys);
    const known = this.#sorted.get(set);
    if (known !== undefined) return known;
    const rank = (key: string): number => this.#ranks.get(key) ?? 0;
    const sorted = keys.toSorted((a, b) => rank(a) - rank(b) || compareText(a, b));
    this.#sorted.set(set, sorted);
    return sorted;
  }
}
