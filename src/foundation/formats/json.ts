import { MAX_JSON_VALUES } from '../base/limits.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

const decoder = new TextDecoder('utf-8', { fatal: true });

/** Returns the JSON value of UTF-8 bytes (a byte order mark is passed over), or why there is none. */
export function parseJson(
  bytes: Uint8Array,
): { readonly value: unknown; readonly reason?: undefined } | { readonly value?: undefined; readonly reason: string } {
  if (hasTooManyValues(bytes)) return { reason: `it has more than ${MAX_JSON_VALUES} values` };
  try {
    return { value: JSON.parse(decoder.decode(bytes)) as unknown };
  } catch (error) {
    // The engine's own message quotes the text around the mistake, which may be anything.
    return { reason: error instanceof SyntaxError ? 'it is not JSON' : 'it is not UTF-8 text' };
  }
}

/** Each value but the first follows a comma, a bracket or a brace. Those in strings are counted too: there are few beside the bound. */
function hasTooManyValues(bytes: Uint8Array): boolean {
  if (bytes.length <= MAX_JSON_VALUES) return false;
  let count = 0;
  for (const byte of bytes) if (byte === 0x2c || byte === 0x5b || byte === 0x7b) count++;
  return count > MAX_JSON_VALUES;
}

/** True for a JSON object, whose members may then be read by name. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns the strings of an array of strings, leaving out all else; an empty array for what is no array. */
export function toStrings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** Returns a string as it is and anything else as undefined. */
export function toText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
