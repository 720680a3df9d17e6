/** Guards for plain data that crossed a process boundary. A guard looks at what it names and lets unknown further keys be, so that either side may be a version ahead. */
export type Guard<T> = (value: unknown) => value is T;
/** Any predicate: {@link shape} asks one for every key of a type, optional keys included, so a field added to the type cannot be forgotten here. */
export type Check = (value: unknown) => boolean;

export function isText(value: unknown): value is string {
  return typeof value === 'string';
}

export function isFlag(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

export function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

/** Zero, or a positive integer that a double holds exactly. */
export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

export function isAnything(): boolean {
  return true;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns a guard for an object that has all of T's keys as `fields` describe them. */
export function shape<T>(fields: { readonly [K in keyof Required<T>]: Check }): Guard<T> {
  const entries = Object.entries<Check>(fields);
  return (value): value is T => isRecord(value) && entries.every(([key, check]) => check(value[key]));
}

export function listOf(check: Check): Check {
  return (value) => Array.isArray(value) && value.every(check);
}

export function recordOf(check: Check): Check {
  return (value) => isRecord(value) && Object.values(value).every(check);
}

export function optional(check: Check): Check {
  return (value) => value === undefined || check(value);
}

export function nullable(check: Check): Check {
  return (value) => value === null || check(value);
}

/** Returns a check for one of `words`, compared exactly. */
export function oneOf(...words: readonly (string | number)[]): Check {
  return (value) => (typeof value === 'string' || typeof value === 'number') && words.includes(value);
}

export function anyOf(...checks: readonly Check[]): Check {
  return (value) => checks.some((check) => check(value));
}
