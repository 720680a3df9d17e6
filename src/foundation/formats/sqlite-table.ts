/**
 * Rows of one table of an SQLite database: a B-tree whose leaves hold records and whose inner pages point to others. A record too long for its page goes on in a chain of overflow pages. A record is a list of column
 * types, then the columns' values.
 *
 * @see https://www.sqlite.org/fileformat2.html#b_tree_pages
 */
import type { ProblemList } from './problem-list.ts';
import type { SqliteDatabase } from './sqlite-pages.ts';

export type SqliteValue = null | number | string | Uint8Array;

const SCHEMA_ROOT = 1;
const INNER_PAGE = 0x05;
const LEAF_PAGE = 0x0d;
/** The database's own head lies before the first page's. */
const DATABASE_HEAD_BYTES = 100;

/** One walk through a tree. Every page is used once and no byte is part of two records, so neither a circle nor cells that lie over each other make the work more than the file is long. */
interface Walk {
  readonly database: SqliteDatabase;
  readonly used: Set<number>;
  bytesLeft: number;
  readonly problems: ProblemList;
}

/** Yields the rows of the table called `name`, the values of each by column. That there is no such table is a problem. */
export function* readSqliteTable(database: SqliteDatabase, name: string, problems: ProblemList): Generator<readonly SqliteValue[], void, undefined> {
  const root = findRoot(database, name, problems);
  if (root === undefined) problems.add({ message: `it has no table ${name}` });
  else yield* readRows({ database, used: new Set(), bytesLeft: database.totalBytes, problems }, root);
}

/** The schema is a table of type, name, table, root page and SQL text. */
function findRoot(database: SqliteDatabase, name: string, problems: ProblemList): number | undefined {
  for (const [type, own, , root] of readRows({ database, used: new Set(), bytesLeft: database.totalBytes, problems }, SCHEMA_ROOT)) {
    if (type === 'table' && own === name && typeof root === 'number') return root;
  }
  return undefined;
}

function* readRows(walk: Walk, root: number): Generator<readonly SqliteValue[], void, undefined> {
  const pending = [root];
  for (let number = pending.pop(); number !== undefined; number = pending.pop()) {
    const page = takePage(walk, number);
    if (page === undefined) continue;
    const start = number === SCHEMA_ROOT ? DATABASE_HEAD_BYTES : 0;
    const type = page[start];
    if (type === INNER_PAGE) pending.push(...listChildren(walk, number, page, start).reverse());
    else if (type === LEAF_PAGE) yield* readLeaf(walk, number, page, start);
    else walk.problems.add({ message: `page ${number} is no page of a table` });
  }
}

/** Returns a page that was not used before; that there is none is a problem. */
function takePage({ database, used, problems }: Walk, number: number): Uint8Array | undefined {
  const page = number <= database.pageCount && !used.has(number) ? database.page(number) : undefined;
  if (page === undefined) problems.add({ message: `page ${number} is ${used.has(number) ? 'part of two records or trees' : 'not there'}` });
  used.add(number);
  return page;
}

/** Returns where the page's cells begin. */
function listCells(walk: Walk, number: number, page: Uint8Array, start: number): readonly number[] {
  const view = toView(page);
  const count = view.getUint16(start + 3);
  const pointers = start + (page[start] === INNER_PAGE ? 12 : 8);
  if (pointers + 2 * count > walk.database.usableBytes) {
    walk.problems.add({ message: `page ${number} says that it has ${count} cells` });
    return [];
  }
  return Array.from({ length: count }, (_, index) => view.getUint16(pointers + 2 * index));
}

function listChildren(walk: Walk, number: number, page: Uint8Array, start: number): number[] {
  const view = toView(page);
  const children: number[] = [];
  for (const cell of listCells(walk, number, page, start)) {
    if (cell + 4 <= page.length) children.push(view.getUint32(cell));
    else walk.problems.add({ message: `a cell of page ${number} lies outside of it` });
  }
  return [...children, view.getUint32(start + 8)];
}

function* readLeaf(walk: Walk, number: number, page: Uint8Array, start: number): Generator<readonly SqliteValue[], void, undefined> {
  for (const cell of listCells(walk, number, page, start)) {
    const payload = readPayload(walk, page, cell);
    const row = payload === undefined ? undefined : parseRecord(payload, walk.database.encoding);
    if (row === undefined) walk.problems.add({ message: `a row of page ${number} cannot be read` });
    else yield row;
  }
}

/** Returns the bytes of the record in the cell at `cell`; undefined when they are not all there. */
function readPayload(walk: Walk, page: Uint8Array, cell: number): Uint8Array | undefined {
  const { usableBytes } = walk.database;
  const size = readVarint(page, cell);
  const rowId = readVarint(page, size.end);
  const length = size.value;
  if (length > walk.bytesLeft) return undefined;
  const local = countLocal(length, usableBytes);
  const end = rowId.end + local;
  if (end + (local < length ? 4 : 0) > usableBytes) return undefined;
  walk.bytesLeft -= length;
  if (local === length) return page.subarray(rowId.end, end);
  const whole = new Uint8Array(length);
  whole.set(page.subarray(rowId.end, end));
  return fillFromOverflow(walk, whole, local, toView(page).getUint32(end)) ? whole : undefined;
}

/** Returns how many bytes of a record lie in its leaf. @see https://www.sqlite.org/fileformat2.html#cell_payload_overflow_pages */
function countLocal(length: number, usableBytes: number): number {
  const most = usableBytes - 35;
  if (length <= most) return length;
  const least = Math.floor(((usableBytes - 12) * 32) / 255) - 23;
  const fitting = least + ((length - least) % (usableBytes - 4));
  return fitting <= most ? fitting : least;
}

function fillFromOverflow(walk: Walk, whole: Uint8Array, from: number, first: number): boolean {
  let at = from;
  for (let number = first; at < whole.length;) {
    const page = takePage(walk, number);
    if (page === undefined) return false;
    const part = page.subarray(4, Math.min(walk.database.usableBytes, 4 + whole.length - at));
    whole.set(part, at);
    at += part.length;
    number = toView(page).getUint32(0);
  }
  return true;
}

/** Returns the values of a record; undefined when it says more than it has. */
function parseRecord(bytes: Uint8Array, encoding: string): readonly SqliteValue[] | undefined {
  const head = readVarint(bytes, 0);
  let at = head.value;
  if (at > bytes.length) return undefined;
  const values: SqliteValue[] = [];
  for (let next = head.end; next < head.value;) {
    const type = readVarint(bytes, next);
    const length = countValueBytes(type.value);
    if (length === undefined || at + length > bytes.length) return undefined;
    values.push(toValue(bytes.subarray(at, at + length), type.value, encoding));
    at += length;
    next = type.end;
  }
  return values;
}

const INTEGER_BYTES: readonly number[] = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0];

function countValueBytes(type: number): number | undefined {
  return type >= 12 ? Math.floor((type - 12) / 2) : INTEGER_BYTES[type];
}

function toValue(bytes: Uint8Array, type: number, encoding: string): SqliteValue {
  if (type === 0) return null;
  if (type === 7) return toView(bytes).getFloat64(0);
  if (type >= 12) return type % 2 === 0 ? bytes : new TextDecoder(encoding).decode(bytes);
  if (type >= 8) return type - 8;
  // Big-endian, signed. What is beyond 2^53 loses its last digits.
  return bytes.reduce((value, byte, index) => value * 256 + (index === 0 && byte >= 0x80 ? byte - 256 : byte), 0);
}

/** Returns the number at `start`, seven bits a byte but eight in the ninth, and where it ends. Bytes that are not there are read as 0: lengths are checked by the caller. */
function readVarint(bytes: Uint8Array, start: number): { readonly value: number; readonly end: number } {
  let value = 0;
  for (let index = 0; index < 8; index++) {
    const byte = bytes[start + index] ?? 0;
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return { value, end: start + index + 1 };
  }
  return { value: value * 256 + (bytes[start + 8] ?? 0), end: start + 9 };
}

function toView(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
