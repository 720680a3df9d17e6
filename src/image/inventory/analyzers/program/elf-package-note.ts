import { MAX_PROGRAM_LIST_BYTES } from '../../../../foundation/base/limits.ts';
import type { Parsed } from '../../../../foundation/base/result.ts';
import { parseElfLayout, parseElfNotes } from '../../../../foundation/formats/elf-layout.ts';
import { isJsonObject, parseJson, toText } from '../../../../foundation/formats/json.ts';
import type { PackageType } from '../../../../foundation/model/package.ts';
import type { AnalyzedPackage, AnalyzedRecords } from '../../analyzer.ts';
import type { ProgramAnalyzer, ProgramFile, ProgramReader } from '../../program-analyzer.ts';

/**
 * ELF programs that name the package they were built for, in a note of JSON. Of a program that lies where its package put it, this is that package once more, and the package manager's record counts; of one that was
 * copied out of another image, it is all there is.
 *
 * @see https://uapi-group.org/specifications/specs/package_metadata_for_executable_files/
 */
export const analyzer: ProgramAnalyzer = {
  id: 'elf-package-note',
  version: 1,
  scope: 'file',
  open,
};

const OWNER = 'FDO';
const PACKAGE_METADATA = 0xcafe1a7e;
/** Notes are a few kilobytes at most. */
const MAX_NOTE_BYTES = Math.min(256 * 1024, MAX_PROGRAM_LIST_BYTES);

const packageTypes: ReadonlyMap<string, PackageType> = new Map<string, PackageType>([
  ['deb', 'deb'],
  ['rpm', 'rpm'],
  ['apk', 'apk'],
  ['alpm', 'alpm'],
]);

function open({ format, head, sizeBytes }: ProgramFile): ProgramReader | undefined {
  const layout = format === 'elf' ? parseElfLayout(head) : undefined;
  const notes = layout?.segments.filter(({ kind, offset, fileBytes }) => kind === 'note' && offset + fileBytes <= sizeBytes && fileBytes <= MAX_NOTE_BYTES);
  return layout === undefined || notes === undefined || notes.length === 0 ? undefined : new NoteReader(notes, layout.littleEndian);
}

/** Keeps the few bytes of a file that hold its notes. */
class NoteReader implements ProgramReader {
  readonly #parts: readonly { readonly offset: number; readonly bytes: Uint8Array }[];
  readonly #littleEndian: boolean;
  readonly #end: number;
  #position = 0;

  constructor(notes: readonly { readonly offset: number; readonly fileBytes: number }[], littleEndian: boolean) {
    this.#parts = notes.slice(0, 16).map(({ offset, fileBytes }) => ({ offset, bytes: new Uint8Array(fileBytes) }));
    this.#littleEndian = littleEndian;
    this.#end = Math.max(...this.#parts.map(({ offset, bytes }) => offset + bytes.length));
  }

  read(piece: Uint8Array): boolean {
    const start = this.#position;
    this.#position += piece.length;
    for (const { offset, bytes } of this.#parts) {
      const from = Math.max(offset, start);
      const to = Math.min(offset + bytes.length, this.#position);
      if (from < to) bytes.set(piece.subarray(from - start, to - start), from - offset);
    }
    return this.#position < this.#end;
  }

  finish(): Parsed<AnalyzedRecords> {
    for (const { bytes } of this.#parts) {
      for (const { owner, type, content } of parseElfNotes(bytes, this.#littleEndian)) {
        if (owner !== OWNER || type !== PACKAGE_METADATA) continue;
        const end = content.indexOf(0);
        return toRecords(end < 0 ? content : content.subarray(0, end));
      }
    }
    return { value: {}, problems: [] };
  }
}

function toRecords(json: Uint8Array): Parsed<AnalyzedRecords> {
  const { value, reason } = parseJson(json);
  if (!isJsonObject(value)) return { value: {}, problems: [{ message: `the note that names its package cannot be read: ${reason ?? 'it is not a JSON object'}` }] };
  const type = packageTypes.get(toText(value['type']) ?? '') ?? 'generic';
  const name = toText(value['name']);
  const version = toText(value['version']);
  if (!name || !version) return { value: {}, problems: [] };
  const architecture = toText(value['architecture']);
  const packages: readonly AnalyzedPackage[] = [{ type, name, version, ...(architecture && { architecture }) }];
  return { value: { packages }, problems: [] };
}
