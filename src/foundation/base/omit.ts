/** Returns a copy of `value` without some of its members. */
export function omit<T extends object, K extends keyof T & string>(value: T, ...names: readonly K[]): Omit<T, K> {
  const left = new Set<string>(names);
  return Object.fromEntries(Object.entries(value).filter(([name]) => !left.has(name))) as Omit<T, K>;
}
