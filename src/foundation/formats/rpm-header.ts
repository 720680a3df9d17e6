/**
 * Package headers of rpm as its databases keep them: a count of entries, the bytes of data, both 32 bits, then an entry of 16 bytes for each tag (tag, type, offset into the data, count), then the data.
 * All numbers are big-endian, whatever machine wrote them. Strings end with a NUL; an array of strings is one after the other.
 *
 * @see https://rpm-software-management.github.io/rpm/manual/hregions.html
 * @see https://refspecs.linuxbase.org/LSB_5.0.0/LSB-Core-generic/LSB-Core-generic/pkgformat.html
 */
import { MAX_RELATIONS } from '../base/limits.ts';
import type { ProblemList } from './problem-list.ts';

const PREAMBLE_BYTES = 8;
const ENTRY_BYTES = 16;

const INT8 = 2;
const INT16 = 3;
const INT32 = 4;
const INT64 = 5;
const STRING = 6;
const BINARY = 7;
const STRING_ARRAY = 8;
const I18N_STRING = 9;
/** Bytes of one value by type, 1 for those whose values have no fixed size. */
const VALUE_BYTES: readonly number[] = [1, 1, 1, 2, 4, 8, 1, 1, 1, 1];

interface Entry {
  readonly type: number;
  readonly offset: number;
  readonly count: number;
}

const decoder = new TextDecoder('utf-8');

/** One header: its tags are read when they are asked for. What a tag lies about is told in the list of problems that it was parsed with. */
export class RpmHeader {
  readonly #data: Uint8Array;
  readonly #entries: ReadonlyMap<number, Entry>;
  readonly #problems: ProblemList;

  constructor(data: Uint8Array, entries: ReadonlyMap<number, Entry>, problems: ProblemList) {
    this.#data = data;
    this.#entries = entries;
    this.#problems = problems;
  }

  /** Returns the strings of a tag; of a translated one, those of every language. Empty when the tag is not there or is of another type. */
  texts(tag: number): readonly string[] {
    const entry = this.#entries.get(tag);
    if (entry === undefined || (entry.type !== STRING && entry.type !== STRING_ARRAY && entry.type !== I18N_STRING)) return [];
    const count = entry.type === STRING ? 1 : Math.min(entry.count, MAX_RELATIONS);
    if (count < entry.count && entry.type !== STRING)
      this.#problems.add({ message: `tag ${tag} of a package header has more than ${count} strings` });
    let end = entry.offset;
    for (let found = 0; found < count; found++) {
      const next = this.#data.indexOf(0, end);
      if (next < 0) {
        this.#problems.add({ message: `tag ${tag} of a package header has ${found} of the ${count} strings that it says` });
        break;
      }
      end = next + 1;
    }
    // One decoding of all of them is far faster than one each: a kernel has 6,000 file names.
    return end === entry.offset ? [] : decoder.decode(this.#data.subarray(entry.offset, end - 1)).split('\0');
  }

  /** Returns the first string of a tag; undefined also for an empty one. */
  text(tag: number): string | undefined {
    const entry = this.#entries.get(tag);
    if (entry === undefined || (entry.type !== STRING && entry.type !== STRING_ARRAY && entry.type !== I18N_STRING)) return undefined;
    const end = this.#data.indexOf(0, entry.offset);
    if (end < 0) this.#problems.add({ message: `tag ${tag} of a package header does not end` });
    return end <= entry.offset ? undefined : decoder.decode(this.#data.subarray(entry.offset, end));
  }

  /** Returns the numbers of a tag, unsigned; those of 64 bits lose what is beyond 2^53. Empty when the tag is not there or holds none. */
  numbers(tag: number): readonly number[] {
    const entry = this.#entries.get(tag);
    if (entry === undefined) return [];
    const { type, offset, count } = entry;
    const size = VALUE_BYTES[type] ?? 1;
    const view = toView(this.#data);
    const numbers: number[] = [];
    for (let at = offset; numbers.length < count; at += size) {
      if (type === INT8) numbers.push(view.getUint8(at));
      else if (type === INT16) numbers.push(view.getUint16(at));
      else if (type === INT32) numbers.push(view.getUint32(at));
      else if (type === INT64) numbers.push(Number(view.getBigUint64(at)));
      else break;
    }
    return numbers;
  }

  /** Returns the bytes of a binary tag. */
  binary(tag: number): Uint8Array | undefined {
    const entry = this.#entries.get(tag);
    return entry?.type === BINARY ? this.#data.subarray(entry.offset, entry.offset + entry.count) : undefined;
  }
}

/** Returns the header that `blob` is, undefined when it is none. Entries that point outside of the data are problems, and are not there. */
export function parseRpmHeader(blob: Uint8Array, problems: ProblemList): RpmHeader | undefined {
  if (blob.length < PREAMBLE_BYTES) {
    problems.add({ message: `a package header has ${blob.length} bytes, which is no header` });
    return undefined;
  }
  const view = toView(blob);
  const entryCount = view.getUint32(0);
  const dataBytes = view.getUint32(4);
  const dataStart = PREAMBLE_BYTES + entryCount * ENTRY_BYTES;
  if (entryCount === 0 || dataStart + dataBytes > blob.length) {
    problems.add({ message: `a package header says ${entryCount} entries and ${dataBytes} bytes of data, and has ${blob.length} bytes in all` });
    return undefined;
  }
  const entries = new Map<number, Entry>();
  for (let at = PREAMBLE_BYTES; at < dataStart; at += ENTRY_BYTES) {
    const tag = view.getUint32(at);
    const entry = { type: view.getUint32(at + 4), offset: view.getInt32(at + 8), count: view.getUint32(at + 12) };
    // An entry that was added to a header after it was signed replaces the one that was there: the later counts.
    if (isInside(entry, dataBytes)) entries.set(tag, entry);
    else problems.add({ message: `tag ${tag} of a package header points outside of it` });
  }
  return new RpmHeader(blob.subarray(dataStart, dataStart + dataBytes), entries, problems);
}

function isInside({ type, offset, count }: Entry, dataBytes: number): boolean {
  const size = VALUE_BYTES[type];
  return size !== undefined && count > 0 && offset >= 0 && offset + size * count <= dataBytes;
}

function toView(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
