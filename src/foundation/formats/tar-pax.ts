/**
 * The body of a pax header: records of `<length> <key>=<value>\n`, the length in decimal and counting itself. They replace fields of the next entry (or, when global, of all that follow).
 *
 * @see POSIX.1-2017 pax, "pax Extended Header"
 */
import type { Parsed, ParseProblem } from '../base/result.ts';
import { decodeName } from './tar-header.ts';
import type { SparseFile, SparseSegment } from './tar-sparse.ts';
import { parseSparseList, toSegments } from './tar-sparse.ts';

/** The records that matter for reading a layer; numbers are undefined when absent. */
export interface PaxRecords {
  readonly path?: string;
  readonly linkPath?: string;
  readonly sizeBytes?: number;
  readonly uid?: number;
  readonly gid?: number;
  /** There are records of Windows attributes: the archive was made of a Windows file system. */
  readonly windows?: true;
  /** GNU sparse in one of its pax forms. */
  readonly sparse?: SparseFile;
}

/** The GNU.sparse records as they come. */
interface SparseRecords {
  seen: boolean;
  /** What `path` says is then a made-up name. */
  name: string;
  isMapInBody: boolean;
  sizeBytes: number | undefined;
  numbers: number[];
  map: readonly SparseSegment[] | undefined;
}

const WANTED: ReadonlySet<string> = new Set(['path', 'linkpath', 'size', 'uid', 'gid']);
const SPACE = 0x20;
const EQUALS = 0x3d;
const NEWLINE = 0x0a;

/** Returns the records of a pax header body, those before the first that is malformed. */
export function parsePax(bytes: Uint8Array): Parsed<PaxRecords> {
  const value: { -readonly [Key in keyof PaxRecords]: PaxRecords[Key] } = {};
  const problems: ParseProblem[] = [];
  const sparse: SparseRecords = { seen: false, name: '', isMapInBody: false, sizeBytes: undefined, numbers: [], map: undefined };
  let offset = 0;
  // GNU tar pads the body of its own pax headers with NULs.
  while (offset < bytes.length && bytes[offset] !== 0) {
    const record = readRecord(bytes, offset);
    if (record === undefined) {
      problems.push({ message: 'malformed pax record', offset });
      break;
    }
    if (isWanted(record.key) && !applyRecord(value, sparse, record.key, decodeName(bytes, record.valueStart, record.end - 1)))
      problems.push({ message: `pax record ${record.key} is not a number in range`, offset });
    offset = record.end;
  }
  if (sparse.seen) {
    const file = toSparseFile(sparse);
    if (file === undefined) problems.push({ message: 'map of a sparse file makes no sense', offset });
    else value.sparse = file;
    if (sparse.name !== '') value.path = sparse.name;
  }
  return { value, problems };
}

/** Undefined when what belongs to it is missing or out of order. */
function toSparseFile({ isMapInBody, sizeBytes, numbers, map }: SparseRecords): SparseFile | undefined {
  if (sizeBytes === undefined) return undefined;
  if (isMapInBody) return { sizeBytes, segments: undefined };
  const segments = map ?? toSegments(numbers);
  return segments === undefined ? undefined : { sizeBytes, segments };
}

/** A value ends one byte before its record. */
function readRecord(bytes: Uint8Array, start: number): { key: string; valueStart: number; end: number } | undefined {
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
  return { key: decodeName(bytes, i + 1, equals), valueStart: equals + 1, end };
}

/** False of times and attributes, which nearly every header has. */
function isWanted(key: string): boolean {
  return WANTED.has(key) || key.startsWith('MSWINDOWS.') || key.startsWith('GNU.sparse.');
}

/** False when the value of a record that is to be used is out of range. */
function applyRecord(into: { -readonly [Key in keyof PaxRecords]: PaxRecords[Key] }, sparse: SparseRecords, key: string, value: string): boolean {
  if (key.startsWith('MSWINDOWS.')) into.windows = true;
  if (key.startsWith('GNU.sparse.')) return applySparseRecord(sparse, key, value);
  switch (key) {
    case 'path':
      if (value !== '') into.path = value;
      return true;
    case 'linkpath':
      if (value !== '') into.linkPath = value;
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

/** Version 0.0 repeats offset and numbytes, 0.1 has them in one map, 1.0 leaves them to the body. */
function applySparseRecord(sparse: SparseRecords, key: string, value: string): boolean {
  sparse.seen = true;
  switch (key) {
    case 'GNU.sparse.name':
      sparse.name = value;
      return true;
    case 'GNU.sparse.major':
      sparse.isMapInBody = value === '1';
      return true;
    case 'GNU.sparse.size':
    case 'GNU.sparse.realsize':
      return applyNumber(value, (number) => (sparse.sizeBytes = number));
    case 'GNU.sparse.offset':
    case 'GNU.sparse.numbytes':
      return applyNumber(value, (number) => sparse.numbers.push(number));
    case 'GNU.sparse.map':
      sparse.map = parseSparseList(value);
      return sparse.map !== undefined;
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
