import { MAX_PROGRAM_LIST_BYTES } from '../../../../foundation/base/limits.ts';
import type { Parsed } from '../../../../foundation/base/result.ts';
import { BUNDLE_MARK, BUNDLE_OFFSET_BYTES, findDepsJson, readHeaderOffset } from '../../../../foundation/formats/dotnet-bundle.ts';
import type { AnalyzedRecords } from '../../analyzer.ts';
import { readDotnetDeps } from '../../dotnet-deps.ts';
import type { ProgramAnalyzer, ProgramFile, ProgramReader } from '../../program-analyzer.ts';
import type { Found } from '../../stream-search.ts';
import { StreamSearch } from '../../stream-search.ts';

/** Programs of .NET that were published as one file (`PublishSingleFile`): the packages that their deps.json lists, which is one of the files inside. */
export const analyzer: ProgramAnalyzer = {
  id: 'dotnet-bundle',
  version: 1,
  scope: 'file',
  open: (file) => new BundleReader(file),
};

/** What a deps.json begins with, behind a brace and spaces. The header that tells where it lies comes last, so everything that may be one is kept until then. */
const BEGINNING = Buffer.from('"runtimeTarget"');
const BEFORE_BEGINNING = 16;
const FIRST_TRY_BYTES = 64 * 1024;
const MAX_CANDIDATES = 4;
/** Of a header that lists thousands of files. Later ones tell the place in their first hundred bytes. */
const MAX_HEADER_BYTES = 1024 * 1024;

interface Candidate {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

class BundleReader implements ProgramReader {
  readonly #fileBytes: number;
  readonly #marks = new StreamSearch([
    { bytes: BUNDLE_MARK, before: BUNDLE_OFFSET_BYTES, after: BUNDLE_MARK.length, take: (found) => this.#takeMark(found) },
  ]);
  #bundle: BundleContents | undefined;
  #position = 0;

  constructor({ sizeBytes }: ProgramFile) {
    this.#fileBytes = sizeBytes;
  }

  read(bytes: Uint8Array): boolean {
    if (this.#bundle === undefined) this.#marks.read(bytes);
    this.#bundle?.read(bytes, this.#position);
    this.#position += bytes.length;
    return true;
  }

  finish(): Parsed<AnalyzedRecords> {
    if (this.#bundle === undefined) this.#marks.end();
    return this.#bundle?.finish() ?? { value: {}, problems: [] };
  }

  #takeMark({ bytes, start, offset }: Found): number {
    const header = start < BUNDLE_OFFSET_BYTES ? 0 : readHeaderOffset(bytes.subarray(start - BUNDLE_OFFSET_BYTES, start));
    // The header lies behind the host; other numbers are those of a program that only knows the mark.
    if (this.#bundle === undefined && header > offset && header < this.#fileBytes) this.#bundle = new BundleContents(header);
    return 0;
  }
}

/** What is kept of the files in a bundle, and its header. */
class BundleContents {
  readonly #headerOffset: number;
  readonly #search = new StreamSearch([
    { bytes: BEGINNING, before: BEFORE_BEGINNING, after: FIRST_TRY_BYTES, take: (found) => this.#takeBeginning(found) },
  ]);
  readonly #candidates: Candidate[] = [];
  readonly #header: Uint8Array[] = [];
  #headerBytes = 0;
  /** Where in the file the search began. */
  #searchedFrom: number | undefined;

  constructor(headerOffset: number) {
    this.#headerOffset = headerOffset;
  }

  read(piece: Uint8Array, position: number): void {
    this.#searchedFrom ??= position;
    this.#search.read(piece);
    const part = piece.subarray(Math.max(0, this.#headerOffset - position)).subarray(0, MAX_HEADER_BYTES - this.#headerBytes);
    if (part.length === 0) return;
    this.#header.push(Uint8Array.from(part));
    this.#headerBytes += part.length;
  }

  finish(): Parsed<AnalyzedRecords> {
    this.#search.end();
    const { value: place, problems } = findDepsJson(Buffer.concat(this.#header));
    if (place === undefined) return { value: {}, problems };
    const found = this.#candidates.find(({ offset, bytes }) => offset === place.offset && bytes.length === place.sizeBytes);
    if (found !== undefined) return readDotnetDeps(found.bytes);
    return { value: {}, problems: [{ message: 'the list of packages of a .NET program in one file is not where its header says' }] };
  }

  #takeBeginning({ bytes, start, offset }: Found): number {
    const brace = bytes.subarray(0, start).lastIndexOf(0x7b);
    if (brace < 0 || this.#candidates.length >= MAX_CANDIDATES) return 0;
    const length = lengthOfObject(bytes.subarray(brace));
    if (length === undefined) return bytes.length >= MAX_PROGRAM_LIST_BYTES ? 0 : Math.min(MAX_PROGRAM_LIST_BYTES, 2 * bytes.length);
    const from = (this.#searchedFrom ?? 0) + offset - (start - brace);
    this.#candidates.push({ offset: from, bytes: Uint8Array.from(bytes.subarray(brace, brace + length)) });
    return 0;
  }
}

/** Returns how many bytes the JSON object takes that `bytes` begin with; undefined when it does not end in them. */
function lengthOfObject(bytes: Uint8Array): number | undefined {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (inText) {
      if (byte === 0x5c) at++;
      else if (byte === 0x22) inText = false;
    } else if (byte === 0x22) inText = true;
    else if (byte === 0x7b) depth++;
    else if (byte === 0x7d && --depth === 0) return at + 1;
  }
  return undefined;
}
