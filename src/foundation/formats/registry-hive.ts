/**
 * A hive of the Windows registry: a header block of 4096 bytes, then bins of cells. A cell is its size (negative when it is in use) and a record: `nk` a key, `vk` a value, `lf` `lh` `li` lists of keys, `ri` a list of such
 * lists, `db` a value that is too large for one cell. Records point to each other by the offset of a cell from the end of the header.
 *
 * Every pointer is checked when it is followed, nothing is followed further than it was asked for, and a budget of cells bounds what pointers in circles can cost.
 *
 * @see https://github.com/msuhanov/regf/blob/master/Windows%20registry%20file%20format%20specification.md
 */
import { MAX_HIVE_CELLS, MAX_HIVE_VALUE_BYTES } from '../base/limits.ts';
import type { Parsed } from '../base/result.ts';
import { ProblemList } from './problem-list.ts';

const HEADER_BYTES = 4096;
const NO_CELL = 0xffff_ffff;
/** Bytes of a large value in each of its cells. */
const SEGMENT_BYTES = 16_344;
const INLINE = 0x8000_0000;
const DWORD = 4;
const STRING_TYPES: ReadonlySet<number> = new Set([1, 2, 7]);

const utf16 = new TextDecoder('utf-16le');
const latin1 = new TextDecoder('latin1');

/** One value of a key. */
export interface HiveValue {
  /** As in the registry: 1 text, 4 a number of 32 bits … */
  readonly type: number;
  readonly bytes: Uint8Array;
}

/** Returns the hive that `bytes` are; undefined, with a problem, when they are none. */
export function openHive(bytes: Uint8Array): Parsed<RegistryHive | undefined> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEADER_BYTES || latin1.decode(bytes.subarray(0, 4)) !== 'regf')
    return { value: undefined, problems: [{ message: 'it is no registry hive: it does not begin with regf' }] };
  const problems = new ProblemList();
  if (view.getUint32(4, true) !== view.getUint32(8, true))
    problems.add({ message: 'it was not closed: what was written to it last is in a log that is not read', offset: 4 });
  const hive = new RegistryHive(bytes, view, problems);
  return { value: hive, problems: problems.list() };
}

/** A hive whose keys are read when they are asked for; `problems` are those met until then. */
export class RegistryHive {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #problems: ProblemList;
  readonly #hasSegments: boolean;
  #cellsLeft = MAX_HIVE_CELLS;

  constructor(bytes: Uint8Array, view: DataView, problems: ProblemList) {
    this.#bytes = bytes;
    this.#view = view;
    this.#problems = problems;
    this.#hasSegments = view.getUint32(24, true) > 3;
  }

  get problems(): ProblemList {
    return this.#problems;
  }

  /** Returns the key at `path`, its parts separated by backslashes, case not counting; '' is the root. Undefined when there is none. */
  find(path: string): HiveKey | undefined {
    let key = this.keyAt(this.#view.getUint32(36, true));
    for (const part of path.split('\\')) if (part !== '') key = key?.child(part);
    return key;
  }

  /** Yields the keys on the way to `path`, the root left out, as far as there are any; each with its own path. */
  *walk(path: string): Generator<readonly [path: string, key: HiveKey], void, undefined> {
    let key = this.keyAt(this.#view.getUint32(36, true));
    const done: string[] = [];
    for (const part of path.split('\\')) {
      key = key?.child(part);
      if (key === undefined) return;
      done.push(part);
      yield [done.join('\\'), key];
    }
  }

  /** Returns the key whose record is in the cell at `offset`. */
  keyAt(offset: number): HiveKey | undefined {
    const record = this.cell(offset, 'nk', 76);
    if (record === undefined) return undefined;
    const nameLength = record.getUint16(72, true);
    const name = this.#text(record, 76, nameLength, (record.getUint16(2, true) & 0x20) !== 0);
    return name === undefined ? undefined : new HiveKey(this, record, name);
  }

  /** Yields the offsets of keys that a list names. */
  *listed(offset: number, count: number): Generator<number, void, undefined> {
    if (count === 0 || offset === NO_CELL) return;
    const top = this.cell(offset, undefined, 4);
    if (top === undefined) return;
    let left = count;
    // A list of lists may not hold another one.
    const lists = signatureOf(top) === 'ri' ? this.#elements(top, 4) : [offset];
    for (const list of lists) {
      const record = this.cell(list, undefined, 4);
      if (record === undefined) return;
      const kind = signatureOf(record);
      const width = kind === 'li' ? 4 : kind === 'lf' || kind === 'lh' ? 8 : 0;
      if (width === 0) {
        this.#note(`a list of keys is of the unknown kind ${JSON.stringify(kind)}`, list);
        return;
      }
      for (const element of this.#elements(record, width)) {
        if (left-- <= 0) return;
        yield element;
      }
    }
  }

  /** Yields the names and values that the `count` pointers in the cell at `offset` lead to. */
  *values(offset: number, count: number): Generator<readonly [string, HiveValue], void, undefined> {
    if (count === 0 || offset === NO_CELL) return;
    const list = this.cell(offset, undefined, 0);
    if (list === undefined) return;
    const held = Math.min(count, Math.floor(list.byteLength / 4));
    if (held < count) this.#note(`a key claims ${count} values and has room for ${held}`, offset);
    for (let index = 0; index < held; index++) {
      const record = this.cell(list.getUint32(index * 4, true), 'vk', 20);
      if (record === undefined) return;
      const flags = record.getUint16(16, true);
      const name = this.#text(record, 20, record.getUint16(2, true), (flags & 1) !== 0);
      // In a hive of changes, a mark that the value below is gone.
      if (name === undefined || (flags & 2) !== 0) continue;
      const bytes = this.#valueBytes(record);
      if (bytes !== undefined) yield [name, { type: record.getUint32(12, true), bytes }];
    }
  }

  /** Returns the record in a cell that is in use; undefined, with a problem, when it is not what it should be. */
  cell(offset: number, signature: string | undefined, minimum: number): DataView | undefined {
    if (--this.#cellsLeft < 0) {
      if (this.#cellsLeft === -1)
        this.#problems.add({ message: `more than ${MAX_HIVE_CELLS} of its cells would have to be read; the rest is left out` });
      return undefined;
    }
    const start = HEADER_BYTES + offset;
    if (start + DWORD > this.#bytes.length) {
      this.#note('a pointer leads beyond its end', offset);
      return undefined;
    }
    const size = -this.#view.getInt32(start, true);
    if (size < DWORD + minimum || start + size > this.#bytes.length) {
      this.#note('a pointer leads to no record', offset);
      return undefined;
    }
    const record = new DataView(this.#bytes.buffer, this.#bytes.byteOffset + start + DWORD, size - DWORD);
    if (signature !== undefined && signatureOf(record) !== signature) {
      this.#note(`a pointer does not lead to a record ${signature}`, offset);
      return undefined;
    }
    return record;
  }

  *#elements(list: DataView, width: number): Generator<number, void, undefined> {
    const count = Math.min(list.getUint16(2, true), Math.floor((list.byteLength - 4) / width));
    for (let index = 0; index < count; index++) yield list.getUint32(4 + index * width, true);
  }

  #valueBytes(record: DataView): Uint8Array | undefined {
    const written = record.getUint32(4, true);
    if (written >= INLINE) {
      const length = Math.min(written - INLINE, DWORD);
      return new Uint8Array(record.buffer, record.byteOffset + 8, length);
    }
    if (written === 0) return new Uint8Array(0);
    // Nothing that is asked of a registry here is as large.
    if (written > MAX_HIVE_VALUE_BYTES) return undefined;
    const offset = record.getUint32(8, true);
    const data = this.cell(offset, undefined, 0);
    if (data === undefined) return undefined;
    if (this.#hasSegments && written > SEGMENT_BYTES && signatureOf(data) === 'db') return this.#segmentedBytes(data, written);
    if (data.byteLength < written) {
      this.#note(`a value claims ${written} bytes and has ${data.byteLength}`, offset);
      return undefined;
    }
    return new Uint8Array(data.buffer, data.byteOffset, written);
  }

  #segmentedBytes(record: DataView, length: number): Uint8Array | undefined {
    const bytes = new Uint8Array(length);
    const list = record.byteLength < 8 ? undefined : this.cell(record.getUint32(4, true), undefined, 4);
    if (list === undefined) return undefined;
    let filled = 0;
    for (let index = 0; filled < length && (index + 1) * 4 <= list.byteLength; index++) {
      const segment = this.cell(list.getUint32(index * 4, true), undefined, 1);
      if (segment === undefined) return undefined;
      const taken = Math.min(segment.byteLength, SEGMENT_BYTES, length - filled);
      bytes.set(new Uint8Array(segment.buffer, segment.byteOffset, taken), filled);
      filled += taken;
    }
    if (filled === length) return bytes;
    this.#note(`a value claims ${length} bytes and has ${filled}`);
    return undefined;
  }

  #text(record: DataView, start: number, length: number, narrow: boolean): string | undefined {
    if (start + length > record.byteLength) {
      this.#note('a name is longer than its record');
      return undefined;
    }
    return (narrow ? latin1 : utf16).decode(new Uint8Array(record.buffer, record.byteOffset + start, length));
  }

  #note(message: string, offset?: number): void {
    this.#problems.add({ message, ...(offset !== undefined && { offset: HEADER_BYTES + offset }) });
  }
}

export class HiveKey {
  readonly name: string;
  readonly #hive: RegistryHive;
  readonly #record: DataView;

  constructor(hive: RegistryHive, record: DataView, name: string) {
    this.#hive = hive;
    this.#record = record;
    this.name = name;
  }

  /** True in a hive of changes, for a key that is deleted. */
  get isDeleted(): boolean {
    return (this.#record.getUint8(13) & 3) === 1;
  }

  /** True in a hive of changes, for a key that stands in the place of the one below and of all that is below that. */
  get replacesTree(): boolean {
    return (this.#record.getUint8(13) & 3) === 3;
  }

  /** Yields the keys below this one. */
  *children(): Generator<HiveKey, void, undefined> {
    for (const offset of this.#hive.listed(this.#record.getUint32(28, true), this.#record.getUint32(20, true))) {
      const key = this.#hive.keyAt(offset);
      if (key === undefined) return;
      yield key;
    }
  }

  child(name: string): HiveKey | undefined {
    const wanted = name.toLowerCase();
    for (const key of this.children()) if (key.name.toLowerCase() === wanted) return key;
    return undefined;
  }

  /** Returns the values by name, in lower case. */
  values(): ReadonlyMap<string, HiveValue> {
    const values = new Map<string, HiveValue>();
    for (const [name, value] of this.#hive.values(this.#record.getUint32(40, true), this.#record.getUint32(36, true)))
      values.set(name.toLowerCase(), value);
    return values;
  }
}

/** Returns a value that is text, up to its end; undefined for any other. */
export function toHiveText(value: HiveValue | undefined): string | undefined {
  if (value === undefined || !STRING_TYPES.has(value.type)) return undefined;
  const [text = ''] = utf16.decode(value.bytes.subarray(0, value.bytes.length & ~1)).split('\0', 1);
  return text;
}

/** Returns a value that is a number of 32 bits; undefined for any other. */
export function toHiveNumber(value: HiveValue | undefined): number | undefined {
  if (value?.type !== 4 || value.bytes.length < DWORD) return undefined;
  return new DataView(value.bytes.buffer, value.bytes.byteOffset).getUint32(0, true);
}

function signatureOf(record: DataView): string {
  return record.byteLength < 2 ? '' : String.fromCharCode(record.getUint8(0), record.getUint8(1));
}
