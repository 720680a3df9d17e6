import { parse as parseYaml } from 'yaml';
import { MAX_ADVISORY_DOCUMENT_BYTES, MAX_ADVISORY_YAML_BYTES } from '../../foundation/base/limits.ts';
import { messageOf } from '../../foundation/base/result.ts';
import type { Parsed } from '../../foundation/base/result.ts';
import type { FeedFile } from './feed.ts';
import { decodeText } from './text.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** Returns the value of a JSON file, undefined with a problem when it is none. */
export function readJsonDocument(file: FeedFile): Parsed<unknown> {
  return readWith(file, (text) => JSON.parse(text) as unknown);
}

/**
 * Returns the value of a small YAML or JSON file, undefined with a problem when it is none or too large. In YAML every scalar is the text that was written: a version 1.10 is no number, and a date no date.
 * Nothing at all is '' then, and `~` and `null` are words. Of a key that is there twice the last counts, as in JSON.
 */
export function readYamlDocument(file: FeedFile): Parsed<unknown> {
  // JSON is YAML too, but a hundred times slower as such.
  const isJson = file.name.endsWith('.json') || file.bytes[0] === OPENING_BRACE;
  const limit = isJson ? MAX_ADVISORY_DOCUMENT_BYTES : MAX_ADVISORY_YAML_BYTES;
  if (file.bytes.length > limit) return { value: undefined, problems: [{ message: `${file.name}: larger than ${limit} bytes` }] };
  return isJson ? readJsonDocument(file) : readWith(file, parseYamlTexts);
}

const OPENING_BRACE = 0x7b;

function parseYamlTexts(text: string): unknown {
  // Keys within keys and lists within lists on one line take the parser hours; nobody writes them.
  if (/(?:[?-][ \t]+){32}/.test(text)) throw new SyntaxError('lists or keys are nested too deep in one line');
  return parseYaml(text, { logLevel: 'error', prettyErrors: false, schema: 'failsafe', uniqueKeys: false }) as unknown;
}

/** Returns a document that is no record of the feed, as the one problem of its file. */
export function unreadable(file: FeedFile, why: string): Parsed<readonly never[]> {
  return { value: [], problems: [{ message: `${file.name}: ${why}` }] };
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function objectsIn(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

export function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function readWith(file: FeedFile, parse: (text: string) => unknown): Parsed<unknown> {
  try {
    return { value: parse(decodeText(file.bytes)), problems: [] };
  } catch (error) {
    return { value: undefined, problems: [{ message: `${file.name}: ${messageOf(error)}` }] };
  }
}
