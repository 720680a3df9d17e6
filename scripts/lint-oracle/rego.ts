/** A value of Rego: JSON's, and sets, which become arrays. */
export type RegoValue = string | number | boolean | null | readonly RegoValue[] | { readonly [key: string]: RegoValue };

export interface RegoScope {
  readonly names: Map<string, RegoValue>;
  call(name: string, args: readonly RegoValue[]): RegoValue;
}

/**
 * Returns the literal that begins at `start`, of as much of Rego as the fixtures of policies are written in: objects, arrays, sets, strings, numbers, names that are bound
 * in `scope`, and calls.
 * @throws Error where it is anything else.
 */
export function readRego(source: string, start: number, scope: RegoScope): RegoValue {
  let at = start;
  return readValue();

  function skip(): void {
    const space = /(?:\s|#[^\n]*)*/y;
    space.lastIndex = at;
    at += space.exec(source)?.[0].length ?? 0;
  }

  function take(sign: string): boolean {
    skip();
    if (!source.startsWith(sign, at)) return false;
    at += sign.length;
    return true;
  }

  function readValue(): RegoValue {
    skip();
    if (take('[')) return readItems(']');
    if (take('{')) return readBraces();
    if (source[at] === '"') return JSON.parse(readToken(/"(?:\\.|[^"\\])*"/y)) as string;
    if (source[at] === '`') return readToken(/`[^`]*`/y).slice(1, -1);
    if (/[\d-]/.test(source[at] ?? '')) return Number(readToken(/-?[\d.]+/y));
    return readName(readToken(/[A-Za-z_][\w.]*/y));
  }

  function readName(name: string): RegoValue {
    if (take('(')) return scope.call(name, readItems(')'));
    if (name === 'true' || name === 'false') return name === 'true';
    const value = scope.names.get(name);
    if (value === undefined) throw new Error(`${name} is not bound`);
    return value;
  }

  function readItems(end: string): readonly RegoValue[] {
    const items: RegoValue[] = [];
    while (!take(end)) {
      items.push(readValue());
      take(',');
    }
    return items;
  }

  /** An object, or a set where there is no colon. */
  function readBraces(): RegoValue {
    const entries: [RegoValue, RegoValue][] = [];
    let isSet = false;
    while (!take('}')) {
      const key = readValue();
      const hasValue = take(':');
      isSet ||= !hasValue;
      entries.push([key, hasValue ? readValue() : key]);
      take(',');
    }
    return isSet
      ? entries.map(([key]) => key)
      : Object.fromEntries(entries.map(([key, value]) => [typeof key === 'string' ? key : JSON.stringify(key), value]));
  }

  function readToken(pattern: RegExp): string {
    pattern.lastIndex = at;
    const token = pattern.exec(source)?.[0];
    if (token === undefined) throw new Error(`unexpected ${JSON.stringify(source.slice(at, at + 20))}`);
    at += token.length;
    return token;
  }
}
