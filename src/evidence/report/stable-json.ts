import { compareText } from '../../foundation/base/order.ts';

/** Keys that people look for first; the rest follow by name. */
const leading = ['$schema', 'schemaVersion', 'id', 'ruleId', 'name', 'version', 'category', 'severity', 'title'];

/**
 * Returns `value` as JSON with two spaces, a line end behind it, and keys in an order that does not depend on how the object was made: `first`, at the top level only, then the leading ones, then by name.
 * Lone surrogates and what a terminal would obey are escaped.
 */
export function toStableJson(value: unknown, first: readonly string[] = []): string {
  const json = JSON.stringify(sortKeys(value, first), undefined, 2);
  return `${json.replaceAll(terminalControl, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}

/** What JSON leaves as it is, but a terminal obeys or reorders text by; they can stand in strings only, where the escape means the same. */
const terminalControl = /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

function sortKeys(value: unknown, first: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => sortKeys(item, []));
  if (typeof value !== 'object' || value === null) return value;
  const order = [...first, ...leading];
  const rank = (key: string): number => (order.includes(key) ? order.indexOf(key) : order.length);
  const entries = Object.entries(value).toSorted(([a], [b]) => rank(a) - rank(b) || compareText(a, b));
  return Object.fromEntries(entries.map(([key, item]) => [key, sortKeys(item, [])]));
}
