import type { VersionScheme } from '../scheme.ts';
import type { Comparator } from './grammar.ts';
import { holds } from './grammar.ts';

/**
 * Returns the sets of versions written as intervals, one after the other: `[1.0,2.0)` from 1.0 up to and without 2.0, `(,1.0]` up to 1.0, `[1.0]` that one, `(,)` all. Any of them may hold.
 * Undefined when something else stands among them.
 * @see https://maven.apache.org/pom.html#dependency-version-requirement-specification
 */
export function parseIntervals(text: string): readonly (readonly Comparator[])[] | undefined {
  const intervals: (readonly Comparator[])[] = [];
  INTERVAL.lastIndex = 0;
  while (INTERVAL.lastIndex < text.length) {
    const match = INTERVAL.exec(text);
    if (match === null) return undefined;
    const [, open = '', from = '', to, close = ''] = match;
    const interval = toComparators(open, from.trim(), to?.slice(1).trim(), close);
    if (interval === undefined) return undefined;
    intervals.push(interval);
  }
  return intervals;
}

const INTERVAL = /\s*([[(])([^,[\]()]*)(,[^,[\]()]*)?([\])])[\s,]*/y;

function toComparators(open: string, from: string, to: string | undefined, close: string): readonly Comparator[] | undefined {
  if (to === undefined) return open === '[' && close === ']' && from !== '' ? [{ operator: '=', version: from }] : undefined;
  const lower: Comparator = { operator: open === '[' ? '>=' : '>', version: from };
  const upper: Comparator = { operator: close === ']' ? '<=' : '<', version: to };
  return [lower, upper].filter(({ version }) => version !== '');
}

/** Returns whether a version lies in one of the intervals, undefined when they cannot be read. */
export function evaluateIntervals(scheme: VersionScheme, version: string, text: string): boolean | undefined {
  return parseIntervals(text)?.some((interval) => interval.every((bound) => holds(scheme.compare(version, bound.version), bound.operator)));
}

/** Returns whether an alternative is written as intervals. */
export function isInterval(alternative: string): boolean {
  return alternative.startsWith('[') || alternative.startsWith('(');
}
