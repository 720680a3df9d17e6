import { MAX_PROGRAM_LIST_BYTES } from '../../../../foundation/base/limits.ts';
import type { Parsed } from '../../../../foundation/base/result.ts';
import { parseElfLayout } from '../../../../foundation/formats/elf-layout.ts';
import { parseGoBuildInfo } from '../../../../foundation/formats/go-build-info.ts';
import { parseMachOLayout } from '../../../../foundation/formats/mach-o-layout.ts';
import { parsePeLayout } from '../../../../foundation/formats/pe-layout.ts';
import type { AnalyzedRecords } from '../../analyzer.ts';
import { listGoPackages } from '../../go-packages.ts';
import type { ProgramAnalyzer, ProgramFile, ProgramReader } from '../../program-analyzer.ts';
import { RangeKeeper } from '../../range-keeper.ts';
import type { Found, Needle } from '../../stream-search.ts';
import { StreamSearch } from '../../stream-search.ts';

/**
 * Programs that Go built: the modules in them, and the standard library. Since Go 1.18 all of it stands in one place; before, that place has pointers to where the version and the list of modules stand, and the
 * strings they lead to have already gone by, so all strings that may be meant are kept, and so is the data that the pointers may lead over.
 *
 * @see https://pkg.go.dev/debug/buildinfo
 * @see https://go.dev/src/debug/buildinfo/buildinfo.go
 */
export const analyzer: ProgramAnalyzer = {
  id: 'go-build-info',
  version: 1,
  scope: 'file',
  open: (file) => new GoReader(file),
};

const MAGIC = Buffer.from('\xff Go buildinf:', 'latin1');
const ALIGNMENT = 16;
const HEADER_BYTES = 32;
const BIG_ENDIAN = 1;
const INLINE = 2;
/** What stands before and after the list of modules, wherever it is; of the first, the six bytes that are searched for begin at the third. */
const LIST_START = Buffer.from('3077af0c9274080241e1c107e6d618e6', 'hex');
const LIST_END = Buffer.from('f932433186182072008242104116d8f2', 'hex');
const PROBE_AT = 2;
const PROBE_BYTES = 6;
const MAX_GO_VERSION_BYTES = 100;
/** Programs of Go have a few MiB of data that they can write to. */
const MAX_DATA_BYTES = 16 * 1024 * 1024;
/** The type and owner of the note with which the Go linker names a build, in both byte orders. */
const GO_NOTES = ['\x04\0\0\0Go\0\0', '\0\0\0\x04Go\0\0'].map((note) => Buffer.from(note, 'latin1'));

const decoder = new TextDecoder();

interface Answer {
  readonly goVersion: string;
  readonly list: string;
}

/** The address in memory of where a program of old says where its version is. */
interface Pointer {
  readonly address: number;
  readonly wordBytes: number;
  readonly littleEndian: boolean;
}

interface Segment {
  readonly address: number;
  readonly offset: number;
  readonly fileBytes: number;
  readonly isWritable: boolean;
}

class GoReader implements ProgramReader {
  readonly #search: StreamSearch;
  readonly #segments: readonly Segment[];
  /** What a program of old can write to, which holds the pointers. */
  readonly #data: RangeKeeper | undefined;
  /** The beginnings of strings that may be the version, by where they stand. */
  readonly #versions = new Map<number, Uint8Array>();
  #answer: Answer | undefined;
  #pointer: Pointer | undefined;
  #list: string | undefined;
  #isCutOff = false;

  constructor(file: ProgramFile) {
    this.#segments = listSegments(file);
    const needles: Needle[] = [{ bytes: MAGIC, before: 0, after: HEADER_BYTES, take: (found) => this.#takeHeader(found) }];
    if (mayBeOld(file)) {
      const writable = this.#segments.filter(({ isWritable }) => isWritable).map(({ offset, fileBytes }) => ({ offset, sizeBytes: fileBytes }));
      this.#data = new RangeKeeper(writable, file.sizeBytes, MAX_DATA_BYTES);
      needles.push(
        { bytes: Buffer.from('go1.'), before: 0, after: MAX_GO_VERSION_BYTES, take: (found) => this.#takeVersion(found) },
        {
          bytes: LIST_START.subarray(PROBE_AT, PROBE_AT + PROBE_BYTES),
          before: PROBE_AT,
          after: 2048,
          take: (found) => this.#takeList(found),
        },
      );
    }
    this.#search = new StreamSearch(needles);
  }

  read(bytes: Uint8Array): boolean {
    this.#data?.read(bytes);
    this.#search.read(bytes);
    return this.#answer === undefined;
  }

  finish(): Parsed<AnalyzedRecords> {
    this.#search.end();
    const answer = this.#answer ?? (this.#pointer === undefined ? undefined : { goVersion: this.#followPointer(this.#pointer), list: this.#list });
    if (answer === undefined)
      return { value: {}, problems: this.#isCutOff ? [{ message: 'it was built by Go, but the list of its modules is damaged or cut off' }] : [] };
    const { goVersion, list } = answer;
    const problems = goVersion === undefined ? [{ message: 'it was built by Go, but which version of it cannot be told' }] : [];
    const packages = listGoPackages(goVersion ?? '', list === undefined ? undefined : parseGoBuildInfo(list));
    return { value: { packages }, problems };
  }

  #takeHeader({ bytes, offset }: Found): number {
    if (this.#answer !== undefined || offset % ALIGNMENT !== 0) return 0;
    if (bytes.length < HEADER_BYTES) return this.#cutOff();
    const wordBytes = bytes[14] ?? 0;
    const flags = bytes[15] ?? 0;
    if ((flags & INLINE) !== 0) return this.#takeInline(bytes);
    return (wordBytes === 4 || wordBytes === 8) && flags <= BIG_ENDIAN ? this.#takePointers(bytes, wordBytes, flags !== BIG_ENDIAN) : 0;
  }

  /** Two strings, the version and the list, each after its length. */
  #takeInline(bytes: Uint8Array): number {
    const version = readString(bytes, HEADER_BYTES);
    if (version.end > MAX_GO_VERSION_BYTES + HEADER_BYTES) return 0;
    const list = readString(bytes, version.end);
    const needed = list.end;
    if (needed > MAX_PROGRAM_LIST_BYTES) return this.#cutOff();
    if (needed > bytes.length) {
      this.#isCutOff = true;
      return needed;
    }
    this.#isCutOff = false;
    const goVersion = decoder.decode(version.bytes);
    if (!/^(?:devel |go\d)/.test(goVersion)) return 0;
    this.#answer = { goVersion, list: decoder.decode(stripMarks(list.bytes)) };
    return 0;
  }

  /** An address of an address and a length, the version's: what they are in is data, before this place or after it. */
  #takePointers(bytes: Uint8Array, wordBytes: number, littleEndian: boolean): number {
    this.#pointer = { address: readWord(bytes, 16, wordBytes, littleEndian), wordBytes, littleEndian };
    return 0;
  }

  #followPointer({ address, wordBytes, littleEndian }: Pointer): string | undefined {
    const at = toOffset(this.#segments, address);
    const text = at === undefined ? undefined : this.#data?.bytesAt(at, 2 * wordBytes);
    if (text === undefined) return undefined;
    const start = toOffset(this.#segments, readWord(text, 0, wordBytes, littleEndian));
    const length = readWord(text, wordBytes, wordBytes, littleEndian);
    const version = start === undefined || length > MAX_GO_VERSION_BYTES ? undefined : this.#versions.get(start);
    return version === undefined ? undefined : decoder.decode(version.subarray(0, length));
  }

  #takeVersion({ bytes, offset }: Found): number {
    this.#versions.set(offset, Uint8Array.from(bytes));
    return 0;
  }

  #takeList({ bytes, start }: Found): number {
    const first = start - PROBE_AT;
    if (this.#list !== undefined || !LIST_START.equals(bytes.subarray(first, first + LIST_START.length))) return 0;
    const end = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).indexOf(LIST_END);
    if (end < 0) return Math.min(2 * bytes.length, MAX_PROGRAM_LIST_BYTES);
    this.#list = decoder.decode(bytes.subarray(first + LIST_START.length, end));
    return 0;
  }

  #cutOff(): number {
    this.#isCutOff = true;
    return 0;
  }
}

/** A string after its length, which is a number in groups of seven bits. What is not there yet counts to its end. */
function readString(bytes: Uint8Array, at: number): { readonly bytes: Uint8Array; readonly end: number } {
  let length = 0;
  let start = at;
  for (let shift = 1; ; shift *= 128) {
    const byte = bytes[start] ?? 0;
    start++;
    length += (byte & 0x7f) * shift;
    if (byte < 0x80 || start - at > 6) break;
  }
  return { bytes: bytes.subarray(start, start + length), end: start + length };
}

function stripMarks(list: Uint8Array): Uint8Array {
  return list.length >= LIST_START.length + LIST_END.length ? list.subarray(LIST_START.length, -LIST_END.length) : new Uint8Array(0);
}

/** False for ELF files of the Go linker's own making that need none of the searches for old ones, and for those that no Go linker made. */
function mayBeOld({ format, head, sizeBytes }: ProgramFile): boolean {
  if (format !== 'elf') return true;
  const notes = parseElfLayout(head)?.segments.filter(({ kind }) => kind === 'note') ?? [];
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  const isGo = GO_NOTES.some((note) => bytes.includes(note));
  return isGo || notes.some(({ offset, fileBytes }) => offset + fileBytes > head.length && offset < sizeBytes);
}

function listSegments({ format, head }: ProgramFile): readonly Segment[] {
  if (format === 'elf') return parseElfLayout(head)?.segments.filter(({ kind }) => kind === 'load') ?? [];
  if (format === 'mach-o') return parseMachOLayout(head)?.segments ?? [];
  const pe = parsePeLayout(head);
  return pe?.sections.map((section) => ({ ...section, address: pe.base + section.address })) ?? [];
}

/** Returns the place in the file of an address in memory. */
function toOffset(segments: readonly Segment[], address: number): number | undefined {
  const segment = segments.find((other) => address >= other.address && address < other.address + other.fileBytes);
  return segment === undefined ? undefined : segment.offset + address - segment.address;
}

function readWord(bytes: Uint8Array, at: number, wordBytes: number, littleEndian: boolean): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return wordBytes === 8 ? Number(view.getBigUint64(at, littleEndian)) : view.getUint32(at, littleEndian);
}
