import { MAX_VEX_TEXT } from '../../foundation/base/limits.ts';
import { isJsonObject, type JsonObject } from '../../foundation/formats/json.ts';

/** Returns the objects of an array; an empty array for what is no array. */
export function objectsOf(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

/** Returns a text without the white space around it, cut at MAX_VEX_TEXT; undefined for anything else and for an empty one. */
export function textOf(value: unknown): string | undefined {
  const text = typeof value === 'string' ? value.slice(0, MAX_VEX_TEXT).trim() : '';
  return text === '' ? undefined : text;
}

/** Returns an own member of an object: what its prototype has is not in the document. */
export function memberOf(object: unknown, name: string): unknown {
  return isJsonObject(object) && Object.hasOwn(object, name) ? object[name] : undefined;
}

/** Returns a date and time in ISO 8601 as the document has it; undefined when it is none. */
export function timeOf(value: unknown): string | undefined {
  const text = textOf(value);
  return text !== undefined && /^\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined;
}

/** Returns a digest as images have it, `sha256:…` in lower case, of an algorithm's name in any spelling ('SHA-256', 'sha256'); undefined for other algorithms. */
export function digestOf(algorithm: unknown, value: unknown): string | undefined {
  const name = textOf(algorithm)?.toLowerCase().replaceAll('-', '');
  const hex = textOf(value)?.toLowerCase();
  return (name === 'sha256' || name === 'sha512') && hex !== undefined && /^[0-9a-f]{64,128}$/.test(hex) ? `${name}:${hex}` : undefined;
}
