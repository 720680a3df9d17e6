import { constants, inflateSync } from 'node:zlib';
import { MAX_PROGRAM_COMPONENTS, MAX_PROGRAM_LIST_BYTES, MAX_PROGRAM_SBOM_BYTES } from '../../../../foundation/base/limits.ts';
import type { Parsed } from '../../../../foundation/base/result.ts';
import { isJsonObject, parseJson, toText } from '../../../../foundation/formats/json.ts';
import type { AnalyzedPackage, AnalyzedRecords } from '../../analyzer.ts';
import type { ProgramAnalyzer, ProgramReader } from '../../program-analyzer.ts';
import type { Found } from '../../stream-search.ts';
import { StreamSearch } from '../../stream-search.ts';

/**
 * Programs that `cargo auditable` built: their crates, in zlib-compressed JSON in a section of its own. The section's place stands at the end of the file, so its bytes are known by how they begin.
 *
 * @see https://github.com/rust-secure-code/cargo-auditable/blob/master/PARSING.md
 */
export const analyzer: ProgramAnalyzer = {
  id: 'cargo-auditable',
  version: 1,
  scope: 'file',
  open: () => new CargoReader(),
};

/** The first two bytes of zlib as compressors write them that were told nothing, or to do their best. */
const ZLIB_HEADERS = ['789c', '78da'];
/** The least of a list: `{"packages":[]`. */
const JSON_START = '{"packages":';
/** How a block of deflate is packed. */
const STORED = 0;
const FIXED_CODES = 1;
const DYNAMIC_CODES = 2;
/** The fixed code of `{`, 0x30 + 0x7b, with its bits in the order in which they are read. */
const FIXED_CODE_OF_START = 0b1101_0101;
/** Enough to see whether it begins like a list, once the codes that it is packed with look right. */
const PROBE_BYTES = 512;
const FIRST_TRY_BYTES = 64 * 1024;
/** How often one program is unpacked: a list takes five tries at most, and one that is made to waste time is not the program's only one. */
const MAX_TRIES = 32;

class CargoReader implements ProgramReader {
  readonly #search = new StreamSearch(
    ZLIB_HEADERS.map((header) => ({ bytes: Buffer.from(header, 'hex'), before: 0, after: PROBE_BYTES, take: (found) => this.#take(found) })),
  );
  #packages: readonly AnalyzedPackage[] | undefined;
  #isDamaged = false;
  #tries = 0;

  read(bytes: Uint8Array): boolean {
    this.#search.read(bytes);
    return this.#packages === undefined;
  }

  finish(): Parsed<AnalyzedRecords> {
    this.#search.end();
    if (this.#packages !== undefined) return { value: { packages: this.#packages }, problems: [] };
    return {
      value: {},
      problems: this.#isDamaged ? [{ message: 'cargo auditable built it, but the list of its crates is damaged or cut off' }] : [],
    };
  }

  #take({ bytes }: Found): number {
    if (this.#packages !== undefined || this.#tries > MAX_TRIES) return 0;
    if (bytes.length <= PROBE_BYTES && !beginsList(bytes)) return 0;
    this.#tries++;
    const whole = unpack(bytes);
    if (whole === undefined) {
      this.#isDamaged = true;
      return bytes.length >= MAX_PROGRAM_LIST_BYTES ? 0 : Math.min(MAX_PROGRAM_LIST_BYTES, Math.max(FIRST_TRY_BYTES, 4 * bytes.length));
    }
    const packages = listCrates(whole);
    if (packages !== undefined) {
      this.#isDamaged = false;
      this.#packages = packages;
    }
    return 0;
  }
}

/** False for nearly all bytes that are no packed list, at little cost: what is not packed, or by the fixed codes, shows its first byte, and otherwise the lengths of the codes in the head of a block must add up. */
function mayBeList(bytes: Uint8Array): boolean {
  const readBits = (at: number, count: number): number => {
    const value = (bytes[2 + (at >> 3)] ?? 0) | ((bytes[3 + (at >> 3)] ?? 0) << 8);
    return (value >> (at & 7)) & ((1 << count) - 1);
  };
  const kind = readBits(1, 2);
  if (kind === STORED) return bytes[7] === JSON_START.charCodeAt(0);
  if (kind === FIXED_CODES) return readBits(3, 8) === FIXED_CODE_OF_START;
  if (kind !== DYNAMIC_CODES) return false;
  let space = 0;
  const count = readBits(13, 4) + 4;
  for (let i = 0; i < count; i++) {
    const length = readBits(17 + 3 * i, 3);
    if (length > 0) space += 128 >> length;
  }
  return space === 128 && readBits(3, 5) < 30;
}

function beginsList(bytes: Uint8Array): boolean {
  if (!mayBeList(bytes)) return false;
  try {
    // A truncated stream gives what it can with this flush mode.
    const start = inflateSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 64 * PROBE_BYTES, chunkSize: 1024 });
    return start.toString('latin1', 0, JSON_START.length) === JSON_START;
  } catch {
    return false;
  }
}

/** Returns what is packed; undefined when it does not end in these bytes. What follows it is passed over. */
function unpack(bytes: Uint8Array): Uint8Array | undefined {
  try {
    return inflateSync(bytes, { maxOutputLength: MAX_PROGRAM_SBOM_BYTES });
  } catch {
    return undefined;
  }
}

/** Returns the crates that are in the program, without those that only took part in building it; undefined when it is another JSON. */
function listCrates(bytes: Uint8Array): readonly AnalyzedPackage[] | undefined {
  const { value } = parseJson(bytes);
  const list = isJsonObject(value) ? value['packages'] : undefined;
  if (!Array.isArray(list)) return undefined;
  const crates = list.slice(0, MAX_PROGRAM_COMPONENTS).map((crate: unknown) => (isJsonObject(crate) ? crate : {}));
  const packages: AnalyzedPackage[] = [];
  for (const crate of crates) {
    const name = toText(crate['name']);
    const version = toText(crate['version']);
    if (!name || !version || crate['kind'] === 'build') continue;
    const dependencies = listNames(crate['dependencies'], crates);
    packages.push({ type: 'cargo', name, version, ...(dependencies.length > 0 && { dependencies }) });
  }
  return packages;
}

/** Dependencies are numbers of crates in the list. */
function listNames(indexes: unknown, crates: readonly Readonly<Record<string, unknown>>[]): readonly string[] {
  if (!Array.isArray(indexes)) return [];
  const names = indexes.slice(0, 1000).map((index: unknown) => (typeof index === 'number' ? toText(crates[index]?.['name']) : undefined));
  return [...new Set(names.filter((name) => name !== undefined))];
}
