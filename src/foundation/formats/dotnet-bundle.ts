/**
 * A .NET program published as one file: the host, then every file of the program one after the other, then a header with a list of them. In the host stand the header's offset and, behind it, a mark by which it is found.
 *
 * @see https://github.com/dotnet/designs/blob/main/accepted/2020/single-file/design.md
 */
import type { Parsed } from '../base/result.ts';

/** SHA-256 of `.net core bundle` with a line end. The eight bytes before it are the header's offset: 0 in a host that carries nothing. */
export const BUNDLE_MARK = Uint8Array.from([
  0x8b, 0x12, 0x02, 0xb9, 0x6a, 0x61, 0x20, 0x38, 0x72, 0x7b, 0x93, 0x02, 0x14, 0xd7, 0xa0, 0x32, 0x13, 0xf5, 0xb9, 0xe6, 0xef, 0xae, 0x33, 0x18,
  0xee, 0x3b, 0x2d, 0xce, 0x24, 0xb3, 0x6a, 0xae,
]);
export const BUNDLE_OFFSET_BYTES = 8;

/** A file's place in the bundle. */
export interface BundledFile {
  readonly offset: number;
  readonly sizeBytes: number;
}

const DEPS_JSON = 3;
/** Of .NET Core 3, which has no more than the list; from .NET 5 on the header names the file itself; from 6 on files may be compressed, this one never is. */
const FIRST_VERSION = 1;
const LAST_VERSION = 6;

/** Returns where the deps.json lies of the bundle whose header is `bytes`, as far as they are there; undefined when it has none, and with a problem when it cannot be read. */
export function findDepsJson(bytes: Uint8Array): Parsed<BundledFile | undefined> {
  const reader = new BundleReader(bytes);
  const version = reader.uint32();
  reader.uint32();
  const count = reader.uint32();
  if (reader.isCut() || version < FIRST_VERSION || version > LAST_VERSION) return unreadable(`its version is ${version}`);
  reader.skipText();
  if (version > FIRST_VERSION) {
    const found = { offset: reader.uint64(), sizeBytes: reader.uint64() };
    if (reader.isCut()) return unreadable('it is cut short');
    return { value: found.offset > 0 && found.sizeBytes > 0 ? found : undefined, problems: [] };
  }
  for (let index = 0; index < count; index++) {
    const found = { offset: reader.uint64(), sizeBytes: reader.uint64() };
    const type = reader.byte();
    reader.skipText();
    if (reader.isCut()) return unreadable(`it claims ${count} files and is cut short after ${index}`);
    if (type === DEPS_JSON) return { value: found, problems: [] };
  }
  return { value: undefined, problems: [] };
}

/** Returns the header's offset that stands before the mark; 0 when there is none. */
export function readHeaderOffset(bytes: Uint8Array): number {
  return new BundleReader(bytes).uint64();
}

function unreadable(why: string): Parsed<undefined> {
  return { value: undefined, problems: [{ message: `the list of files of a .NET program in one file cannot be read: ${why}` }] };
}

/** Reads numbers one after the other; what lies beyond the end is 0, and `isCut` is true from then on. */
class BundleReader {
  readonly #view: DataView;
  #position = 0;
  #isCut = false;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  isCut(): boolean {
    return this.#isCut;
  }

  byte(): number {
    const at = this.#take(1);
    return at === undefined ? 0 : this.#view.getUint8(at);
  }

  uint32(): number {
    const at = this.#take(4);
    return at === undefined ? 0 : this.#view.getUint32(at, true);
  }

  /** Offsets and sizes that no file can have count as 0. */
  uint64(): number {
    const at = this.#take(8);
    const value = at === undefined ? 0 : Number(this.#view.getBigUint64(at, true));
    return Number.isSafeInteger(value) ? value : 0;
  }

  /** A text behind its length, of which each byte gives seven bits, the lowest first. */
  skipText(): void {
    let length = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const part = this.byte();
      length += (part & 0x7f) * 2 ** shift;
      if (part < 0x80) {
        this.#take(length);
        return;
      }
    }
    this.#isCut = true;
  }

  #take(count: number): number | undefined {
    const at = this.#position;
    if (at + count > this.#view.byteLength) {
      this.#isCut = true;
      return undefined;
    }
    this.#position += count;
    return at;
  }
}
