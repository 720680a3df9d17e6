import { MAX_JSON_DEPTH, MAX_REMOTE_MESSAGE_LENGTH } from '../foundation/base/limits.ts';

export type JsonRecord = Readonly<Record<string, unknown>>;

/** Returns the value of a JSON document that came from outside, or undefined when it is none or is nested deeper than MAX_JSON_DEPTH (which would break whoever prints it). */
export function parseJson(bytes: Uint8Array | string): unknown {
  const text = typeof bytes === 'string' ? bytes : new TextDecoder().decode(bytes);
  if (isTooDeep(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isTooDeep(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i];
    if (inString) {
      if (char === '\\') i += 1;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{' || char === '[') {
      depth += 1;
      if (depth > MAX_JSON_DEPTH) return true;
    } else if (char === '}' || char === ']') depth -= 1;
  }
  return false;
}

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns a record's own member; undefined for an absent one and for whatever Object.prototype has. */
export function memberOf(record: unknown, key: string): unknown {
  return isRecord(record) && Object.hasOwn(record, key) ? record[key] : undefined;
}

export function textOf(record: unknown, key: string): string | undefined {
  const value = memberOf(record, key);
  return typeof value === 'string' ? value : undefined;
}

/** Returns another machine's words fit to be shown: on one line, without control characters, no longer than MAX_REMOTE_MESSAGE_LENGTH. */
export function toShowable(text: string): string {
  const line = text
    .slice(0, MAX_REMOTE_MESSAGE_LENGTH * 4)
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  return line.length > MAX_REMOTE_MESSAGE_LENGTH ? `${line.slice(0, MAX_REMOTE_MESSAGE_LENGTH)}…` : line;
}
