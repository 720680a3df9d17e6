/** Makes Windows registry hives: tests must be able to write what no Windows would. Checked against the readers of hivex and reglookup. */

export interface HiveKeySpec {
  readonly name: string;
  readonly values?: Readonly<Record<string, HiveValueSpec>>;
  readonly keys?: readonly HiveKeySpec[];
  /** How the keys below are listed; default lh. `ri`: in lists of at most 2. */
  readonly list?: 'lf' | 'lh' | 'li' | 'ri';
  /** A mark of a hive of changes: the key is deleted. */
  readonly deleted?: boolean;
  /** Likewise: it stands in the place of the one below and of all below that. */
  readonly replaces?: boolean;
}

/** Text, a number of 32 bits, bytes, or the mark that a value is deleted. */
export type HiveValueSpec = string | number | Uint8Array | { readonly deleted: true };

const HEADER = 4096;
const SEGMENT = 16_344;
const NONE = 0xffff_ffff;

/** Returns the hive whose root is `root`. */
export function buildHive(root: HiveKeySpec): Uint8Array {
  const cells = new Cells();
  const rootOffset = addKey(cells, root, 0, true);
  return cells.toHive(rootOffset);
}

class Cells {
  readonly #parts: Uint8Array[] = [];
  /** The bin's own header comes first. */
  #length = 32;

  /** Returns the offset of a new cell with this record. */
  add(record: Uint8Array): number {
    const size = Math.ceil((record.length + 4) / 8) * 8;
    const cell = Buffer.alloc(size);
    cell.writeInt32LE(-size);
    cell.set(record, 4);
    const offset = this.#length;
    this.#parts.push(cell);
    this.#length += size;
    return offset;
  }

  toHive(root: number): Uint8Array {
    const binSize = Math.ceil(this.#length / HEADER) * HEADER;
    const free = binSize - this.#length;
    const rest = Buffer.alloc(free);
    if (free >= 4) rest.writeInt32LE(free);
    const bin = Buffer.alloc(32);
    bin.write('hbin', 0, 'latin1');
    bin.writeUInt32LE(binSize, 8);
    const header = Buffer.alloc(HEADER);
    header.write('regf', 0, 'latin1');
    header.writeUInt32LE(1, 4);
    header.writeUInt32LE(1, 8);
    header.writeUInt32LE(1, 20);
    header.writeUInt32LE(5, 24);
    header.writeUInt32LE(1, 32);
    header.writeUInt32LE(root, 36);
    header.writeUInt32LE(binSize, 40);
    header.writeUInt32LE(1, 44);
    let checksum = 0;
    for (let offset = 0; offset < 508; offset += 4) checksum ^= header.readUInt32LE(offset);
    header.writeInt32LE(checksum, 508);
    return Buffer.concat([header, bin, ...this.#parts, rest]);
  }
}

function addKey(cells: Cells, key: HiveKeySpec, parent: number, isRoot: boolean): number {
  const values = Object.entries(key.values ?? {}).map(([name, value]) => addValue(cells, name, value));
  const valueList = values.length === 0 ? NONE : cells.add(pointers(values));
  const children = [...(key.keys ?? [])].sort((a, b) => (a.name.toUpperCase() < b.name.toUpperCase() ? -1 : 1));
  const offsets = children.map((child) => addKey(cells, child, parent, false));
  const narrow = isNarrow(key.name);
  const name = Buffer.from(key.name, narrow ? 'latin1' : 'utf16le');
  const record = Buffer.alloc(76 + name.length);
  record.write('nk', 0, 'latin1');
  record.writeUInt16LE((narrow ? 0x20 : 0) | (isRoot ? 0x0c : 0), 2);
  if (key.deleted === true) record.writeUInt8(1, 13);
  if (key.replaces === true) record.writeUInt8(3, 13);
  record.writeUInt32LE(parent, 16);
  record.writeUInt32LE(offsets.length, 20);
  record.writeUInt32LE(offsets.length === 0 ? NONE : addList(cells, children, offsets, key.list ?? 'lh'), 28);
  record.writeUInt32LE(NONE, 32);
  record.writeUInt32LE(values.length, 36);
  record.writeUInt32LE(valueList, 40);
  record.writeUInt32LE(NONE, 44);
  record.writeUInt32LE(NONE, 48);
  record.writeUInt16LE(name.length, 72);
  record.set(name, 76);
  return cells.add(record);
}

function addList(cells: Cells, keys: readonly HiveKeySpec[], offsets: readonly number[], kind: NonNullable<HiveKeySpec['list']>): number {
  if (kind === 'ri') {
    const lists: number[] = [];
    for (let start = 0; start < offsets.length; start += 2)
      lists.push(addList(cells, keys.slice(start, start + 2), offsets.slice(start, start + 2), 'lh'));
    return cells.add(Buffer.concat([listHead('ri', lists.length), pointers(lists)]));
  }
  const elements = offsets.map((offset, index) => {
    const element = Buffer.alloc(kind === 'li' ? 4 : 8);
    element.writeUInt32LE(offset);
    const name = keys[index]?.name ?? '';
    if (kind === 'lf') element.write(name.slice(0, 4), 4, 'latin1');
    if (kind === 'lh') element.writeUInt32LE(hashOf(name), 4);
    return element;
  });
  return cells.add(Buffer.concat([listHead(kind, offsets.length), ...elements]));
}

function addValue(cells: Cells, name: string, value: HiveValueSpec): number {
  const isDeleted = typeof value === 'object' && 'deleted' in value;
  const bytes = isDeleted ? new Uint8Array(0) : toBytes(value);
  const type = isDeleted ? 0 : typeof value === 'string' ? 1 : typeof value === 'number' ? 4 : 3;
  const narrow = isNarrow(name);
  const encoded = Buffer.from(name, narrow ? 'latin1' : 'utf16le');
  const record = Buffer.alloc(20 + encoded.length);
  record.write('vk', 0, 'latin1');
  record.writeUInt16LE(encoded.length, 2);
  if (bytes.length <= 4) {
    record.writeUInt32LE(0x8000_0000 + bytes.length, 4);
    record.set(bytes, 8);
  } else {
    record.writeUInt32LE(bytes.length, 4);
    record.writeUInt32LE(bytes.length > SEGMENT ? addSegments(cells, bytes) : cells.add(bytes), 8);
  }
  record.writeUInt32LE(type, 12);
  record.writeUInt16LE((narrow ? 1 : 0) | (isDeleted ? 2 : 0), 16);
  record.set(encoded, 20);
  return cells.add(record);
}

function addSegments(cells: Cells, bytes: Uint8Array): number {
  const segments: number[] = [];
  for (let start = 0; start < bytes.length; start += SEGMENT) segments.push(cells.add(bytes.subarray(start, start + SEGMENT)));
  const list = cells.add(pointers(segments));
  const record = Buffer.alloc(8);
  record.write('db', 0, 'latin1');
  record.writeUInt16LE(segments.length, 2);
  record.writeUInt32LE(list, 4);
  return cells.add(record);
}

function toBytes(value: string | number | Uint8Array | { readonly deleted: true }): Uint8Array {
  if (typeof value === 'string') return Buffer.from(`${value}\0`, 'utf16le');
  if (typeof value !== 'number') return value instanceof Uint8Array ? value : new Uint8Array(0);
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function listHead(kind: string, count: number): Uint8Array {
  const head = Buffer.alloc(4);
  head.write(kind, 0, 'latin1');
  head.writeUInt16LE(count, 2);
  return head;
}

function pointers(offsets: readonly number[]): Uint8Array {
  const bytes = Buffer.alloc(offsets.length * 4);
  offsets.forEach((offset, index) => bytes.writeUInt32LE(offset, index * 4));
  return bytes;
}

function hashOf(name: string): number {
  let hash = 0;
  for (const character of name.toUpperCase()) hash = (Math.imul(hash, 37) + character.charCodeAt(0)) >>> 0;
  return hash;
}

function isNarrow(name: string): boolean {
  return /^[\u0020-\u00ff]*$/.test(name);
}
