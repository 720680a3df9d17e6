import { parse } from 'smol-toml';
import { MAX_TOML_BYTES, MAX_TOML_DEPTH, MAX_TOML_MARKS } from '../base/limits.ts';
import { isJsonObject, type JsonObject } from './json.ts';

const decoder = new TextDecoder('utf-8', { fatal: true });

/** Returns the table of a TOML document of at most MAX_TOML_BYTES, or why there is none. Its tables have no prototype. @see https://toml.io/en/v1.0.0 */
export function parseToml(
  bytes: Uint8Array,
): { readonly value: JsonObject; readonly reason?: undefined } | { readonly value?: undefined; readonly reason: string } {
  if (bytes.length > MAX_TOML_BYTES) return { reason: `it has ${bytes.length} bytes; at most ${MAX_TOML_BYTES} are read` };
  if (countMarks(bytes) > MAX_TOML_MARKS) return { reason: `it has more than ${MAX_TOML_MARKS} keys and values` };
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    return { reason: 'it is not UTF-8 text' };
  }
  try {
    return { value: parse(text, { maxDepth: MAX_TOML_DEPTH, integersAsBigInt: 'asNeeded' }) };
  } catch {
    // The parser's own message quotes the lines around the mistake, which may be anything.
    return { reason: 'it is not TOML' };
  }
}

/** The most keys, tables and values that there can be: each has one of these before or after it. */
function countMarks(bytes: Uint8Array): number {
  let count = 0;
  for (const byte of bytes) if (byte === 0x2c || byte === 0x2e || byte === 0x3d || byte === 0x5b || byte === 0x7b) count++;
  return count;
}

/** Returns the tables of an array of tables, `[[package]]`; none when there is no such array. */
export function toTables(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter((item) => isJsonObject(item)) : [];
}
