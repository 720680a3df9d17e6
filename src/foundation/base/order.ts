/** Negative, zero or positive as `a` sorts before, with or after `b`. */
export type Comparator<T> = (a: T, b: T) => number;

/** Returns the order of two strings by UTF-16 units: the same on every machine, unlike localeCompare. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Returns a comparator that asks each of `comparators` in turn until one tells the two apart. */
export function compareBy<T>(...comparators: readonly Comparator<T>[]): Comparator<T> {
  return (a, b) => {
    for (const compare of comparators) {
      const order = compare(a, b);
      if (order !== 0) return order;
    }
    return 0;
  };
}
