/**
 * Zip archives as their bytes go by, by the header before each entry: for an archive that is too large to be held, and for one whose central directory is lost. Java's own tool writes sizes after an entry's bytes and
 * not before them; the end is then found by that record, which counts only when the size in it is how many bytes have gone by.
 *
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT 4.3.7, 4.3.9
 */
import { MAX_ZIP_ENTRIES } from '../base/limits.ts';
import type { ZipEntry } from './zip.ts';

export type ZipStreamEntry = Pick<ZipEntry, 'name' | 'method' | 'isEncrypted'>;

export interface ZipStreamVisitor {
  /** Returns the most bytes, as compressed, that are wanted of an entry; 0 for none. */
  wants(entry: ZipStreamEntry): number;
  /** The compressed bytes of an entry that was wanted; undefined when they are more than was wanted. Kept by the visitor if it likes. */
  content(entry: ZipStreamEntry, packed: Uint8Array | undefined): void;
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const DESCRIPTOR = 0x08074b50;
const EXTRA_64 = 0x06064b50;
const END = 0x06054b50;
const LOCAL_BYTES = 30;
const UNKNOWN_32 = 0xffffffff;
/** The longest record after an entry: a signature, a checksum, two sizes of 64 bits. */
const DESCRIPTOR_BYTES = 24;
const NOTHING = new Uint8Array(0);
const decoder = new TextDecoder('utf-8');

/** An entry whose bytes are going by. */
interface OpenEntry {
  readonly entry: ZipStreamEntry;
  /** Undefined when it is told only after them. */
  readonly sizeBytes: number | undefined;
  readonly wanted: number;
  passed: number;
  /** Undefined when nothing is wanted, or no longer. */
  kept: ByteCollector | undefined;
}

/** Reads an archive that is given in pieces of any size. */
export class ZipStream {
  readonly #visitor: ZipStreamVisitor;
  /** Bytes that are not understood without those after them. */
  #rest: Uint8Array = NOTHING;
  #open: OpenEntry | undefined;
  #count = 0;
  #isOver = false;
  #damage: string | undefined;

  constructor(visitor: ZipStreamVisitor) {
    this.#visitor = visitor;
  }

  /** Takes the next bytes, which need to stay as they are during the call only. False when no entry can follow. */
  push(bytes: Uint8Array): boolean {
    let data = this.#rest.length === 0 ? bytes : join(this.#rest, bytes);
    this.#rest = NOTHING;
    while (!this.#isOver) {
      const used = this.#open === undefined ? this.#readHeader(data) : this.#readContent(data, this.#open);
      if (used === undefined) {
        this.#rest = data.slice();
        return true;
      }
      data = data.subarray(used);
    }
    return false;
  }

  /** Returns how many entries went by and, when the archive is not whole, why: to be called after the last bytes. */
  finish(): { readonly count: number; readonly damage?: string } {
    const cut = this.#count === 0 ? 'it is no zip archive' : `it is cut short after ${this.#count} of its entries`;
    const damage = this.#damage ?? (this.#isOver ? undefined : cut);
    return { count: this.#count, ...(damage !== undefined && { damage }) };
  }

  /** Returns how many bytes the header takes; undefined when there are not enough yet. */
  #readHeader(data: Uint8Array): number | undefined {
    if (data.length < 4) return undefined;
    const view = viewOf(data);
    const signature = view.getUint32(0, true);
    if (signature !== LOCAL) return this.#readOther(view, signature);
    if (data.length < LOCAL_BYTES) return undefined;
    const nameEnd = LOCAL_BYTES + view.getUint16(26, true);
    const end = nameEnd + view.getUint16(28, true);
    if (data.length < end) return undefined;
    if (++this.#count > MAX_ZIP_ENTRIES) {
      this.#isOver = true;
      this.#damage = 'it has more entries than are looked at';
      return 0;
    }
    const flags = view.getUint16(6, true);
    const entry = { name: decoder.decode(data.subarray(LOCAL_BYTES, nameEnd)), method: view.getUint16(8, true), isEncrypted: (flags & 1) !== 0 };
    const wanted = this.#visitor.wants(entry);
    const sizeBytes = (flags & 8) !== 0 && view.getUint32(18, true) === 0 ? undefined : readSize(view, nameEnd, end);
    this.#open = { entry, sizeBytes, wanted, passed: 0, kept: wanted > 0 ? new ByteCollector(Math.min(wanted, sizeBytes ?? 0)) : undefined };
    return end;
  }

  /** What stands where a header should: a size told a second time, what comes after the last entry, or a script before the first. */
  #readOther(view: DataView, signature: number): number | undefined {
    if (signature === DESCRIPTOR && this.#count > 0) return skipDescriptor(view);
    const isEnd = signature === CENTRAL || signature === END || signature === EXTRA_64;
    if (!isEnd && this.#count === 0) {
      for (let at = 1; at + 4 <= view.byteLength; at++) if (view.getUint8(at) === 0x50 && view.getUint32(at, true) === LOCAL) return at;
      return view.byteLength > 3 ? view.byteLength - 3 : undefined;
    }
    this.#isOver = true;
    if (!isEnd) this.#damage = `it is damaged after ${this.#count} of its entries`;
    return 0;
  }

  #readContent(data: Uint8Array, open: OpenEntry): number | undefined {
    if (open.sizeBytes === undefined) return this.#readUntold(data, open);
    const taken = Math.min(data.length, open.sizeBytes - open.passed);
    this.#pass(data.subarray(0, taken), open);
    if (open.passed === open.sizeBytes) this.#close(open);
    else if (taken === 0) return undefined;
    return taken;
  }

  /** Looks for the next header and, before it, the record with the size. */
  #readUntold(data: Uint8Array, open: OpenEntry): number | undefined {
    const view = viewOf(data);
    for (let at = data.indexOf(0x50); at >= 0 && at + 4 <= data.length; at = data.indexOf(0x50, at + 1)) {
      const signature = view.getUint32(at, true);
      if (signature !== LOCAL && signature !== CENTRAL) continue;
      const length = descriptorBefore(view, at, open.passed);
      if (length === undefined) continue;
      this.#pass(data.subarray(0, at - length), open);
      this.#close(open);
      return at;
    }
    const sure = data.length - DESCRIPTOR_BYTES - 3;
    if (sure <= 0) return undefined;
    this.#pass(data.subarray(0, sure), open);
    return sure;
  }

  #pass(bytes: Uint8Array, open: OpenEntry): void {
    open.passed += bytes.length;
    if (open.passed > open.wanted) open.kept = undefined;
    open.kept?.add(bytes);
  }

  #close(open: OpenEntry): void {
    this.#open = undefined;
    if (open.wanted > 0) this.#visitor.content(open.entry, open.kept?.bytes());
  }
}

/** The length of a record that was not needed: it is the one after which a header follows. */
function skipDescriptor(view: DataView): number | undefined {
  if (view.byteLength < DESCRIPTOR_BYTES + 4) return undefined;
  const next = view.getUint32(16, true);
  return next === LOCAL || next === CENTRAL ? 16 : DESCRIPTOR_BYTES;
}

/** The length of the record that ends at `at`, when the size in it is that of the bytes before it, of which `passed` are gone. */
function descriptorBefore(view: DataView, at: number, passed: number): number | undefined {
  for (const { length, sizeAt, isLarge, isSigned } of descriptorForms) {
    const start = at - length;
    if (start < 0 || (isSigned && view.getUint32(start, true) !== DESCRIPTOR)) continue;
    const sizeBytes = isLarge ? Number(view.getBigUint64(start + sizeAt, true)) : view.getUint32(start + sizeAt, true);
    if (sizeBytes === passed + start) return length;
  }
  return undefined;
}

const descriptorForms = [
  { length: 16, sizeAt: 8, isLarge: false, isSigned: true },
  { length: 24, sizeAt: 8, isLarge: true, isSigned: true },
  { length: 12, sizeAt: 4, isLarge: false, isSigned: false },
  { length: 20, sizeAt: 4, isLarge: true, isSigned: false },
] as const;

/** The compressed size, in the extra field 1 after the plain one when it does not fit. */
function readSize(view: DataView, start: number, end: number): number {
  const sizeBytes = view.getUint32(18, true);
  if (sizeBytes !== UNKNOWN_32) return sizeBytes;
  for (let at = start; at + 4 <= end; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) === 1 && at + 20 <= end) return Number(view.getBigUint64(at + 12, true));
  }
  return sizeBytes;
}

/** Copies of bytes, one after the other. */
class ByteCollector {
  #buffer: Uint8Array;
  #length = 0;

  /** `sizeBytes` is how many are expected; there may be more. */
  constructor(sizeBytes: number) {
    this.#buffer = new Uint8Array(sizeBytes);
  }

  add(bytes: Uint8Array): void {
    const length = this.#length + bytes.length;
    if (length > this.#buffer.length) {
      const larger = new Uint8Array(Math.max(length, 2 * this.#buffer.length));
      larger.set(this.bytes());
      this.#buffer = larger;
    }
    this.#buffer.set(bytes, this.#length);
    this.#length = length;
  }

  bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.#length);
  }
}

function join(first: Uint8Array, second: Uint8Array): Uint8Array {
  const whole = new Uint8Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
