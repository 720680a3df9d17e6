/**
 * The body of a pax header: records of `<length> <key>=<value>\n`, the length in decimal and counting itself. They replace fields of the next entry (or, when global, of all that follow).
 *
 * @see POSIX.1-2017 pax, "pax Extended Header"
 */
import type { Parsed, ParseProblem } from '../base/result.ts';

/** The records that matter for reading a layer; numbers are undefined when absent. */
export interface PaxRecords {
  readonly path?: string;
  readonly linkPath?: string;
  readonly sizeBytes?: number;
  readonly uid?: number;
  readonly gid?: number;
  /** GNU sparse in one of its pax forms: the body is not the file's content as such. */
  readonly sparse?: boolean;
}

const decoder = new TextDecoder('utf-8');
const SPACE = 0x20;
const EQUALS = 0x3d;
const NEWLINE = 0x0a;

/** Returns the records of a pax header body, those before the first that is malformed. */
export function parsePax(bytes: Uint8Array): Parsed<PaxRecords> {
  const value: { -readonly [Key in keyof PaxRecords]: PaxRecords[Key] } = {};
  const problems: ParseProblem[] = [];
  let offset = 0;
  // GNU tar pads the body of its own pax headers with NULs.
  while (offset < bytes.length && bytes[offset] !== 0) {
    const record = readRecord(bytes, offset);
    if (record === undefined) {
      problems.push({ message: 'malformed pax record', offset });
      break;
    }
    if (!applyRecord(value, record.key, record.value)) problems.push({ message: `pax record ${record.key} is not a number in range`, offset });
    offset = record.end;
  }
  return { value, problems };
}

function readRecord(bytes: Uint8Array, start: number): { key: string; value: string; end: number } | undefined {
  let length = 0;
  let i = start;
  for (; bytes[i] !== SPACE; i++) {
    const digit = (bytes[i] ?? 0) - 0x30;
    if (digit < 0 || digit > 9 || i - start > 8) return undefined;
    length = length * 10 + digit;
  }
  const end = start + length;
  if (end > bytes.length || end <= i + 1 || bytes[end - 1] !== NEWLINE) return undefined;
  const equals = bytes.indexOf(EQUALS, i + 1);
  if (equals < 0 || equals >= end) return undefined;
  return { key: decoder.decode(bytes.subarray(i + 1, equals)), value: decoder.decode(bytes.subarray(equals + 1, end - 1)), end };
}

/** False when the value of a record that is to be used is out of range. */
function applyRecord(into: { -readonly [Key in keyof PaxRecords]: PaxRecords[Key] }, key: string, value: string): boolean {
  switch (key) {
    case 'path':
    case 'GNU.sparse.name':
      if (value !== '') into.path = value;
      if (key === 'GNU.sparse.name') into.sparse = true;
      return true;
    case 'linkpath':
      if (value !== '') into.linkPath = value;
      return true;
    case 'GNU.sparse.major':
    case 'GNU.sparse.map':
    case 'GNU.sparse.size':
      into.sparse = true;
      return true;
    case 'size':
      return applyNumber(value, (number) => (into.sizeBytes = number));
    case 'uid':
      return applyNumber(value, (number) => (into.uid = number));
    case 'gid':
      return applyNumber(value, (number) => (into.gid = number));
    default:
      return true;
  }
}

function applyNumber(text: string, use: (value: number) => void): boolean {
  if (text === '') return true;
  const value = Number(text);
  if (!/^[0-9]{1,16}$/.test(text) || !Number.isSafeInteger(value)) return false;
  use(value);
  return true;
}
