import type { Parsed } from '../../../../foundation/base/result.ts';
import { parseElfLayout, parseElfNotes } from '../../../../foundation/formats/elf-layout.ts';
import { isJsonObject, parseJson, toText } from '../../../../foundation/formats/json.ts';
import type { PackageType } from '../../../../foundation/model/package.ts';
import type { AnalyzedPackage, AnalyzedRecords } from '../../analyzer.ts';
import type { ProgramAnalyzer, ProgramFile, ProgramReader } from '../../program-analyzer.ts';
import { RangeKeeper } from '../../range-keeper.ts';

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
/** Notes are a few kilobytes. */
const MAX_NOTES_BYTES = 256 * 1024;

const packageTypes: ReadonlyMap<string, PackageType> = new Map<string, PackageType>([
  ['deb', 'deb'],
  ['rpm', 'rpm'],
  ['apk', 'apk'],
  ['alpm', 'alpm'],
]);

function open({ format, head, sizeBytes }: ProgramFile): ProgramReader | undefined {
  const layout = format === 'elf' ? parseElfLayout(head) : undefined;
  const notes = layout?.segments.filter(({ kind }) => kind === 'note') ?? [];
  if (layout === undefined || notes.length === 0) return undefined;
  const ranges = notes.map(({ offset, fileBytes }) => ({ offset, sizeBytes: fileBytes }));
  return new NoteReader(new RangeKeeper(ranges, sizeBytes, MAX_NOTES_BYTES), layout.littleEndian);
}

class NoteReader implements ProgramReader {
  readonly #notes: RangeKeeper;
  readonly #littleEndian: boolean;

  constructor(notes: RangeKeeper, littleEndian: boolean) {
    this.#notes = notes;
    this.#littleEndian = littleEndian;
  }

  read(piece: Uint8Array): boolean {
    return this.#notes.read(piece);
  }

  finish(): Parsed<AnalyzedRecords> {
    for (const bytes of this.#notes.parts()) {
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
  if (!isJsonObject(value))
    return { value: {}, problems: [{ message: `the note that names its package cannot be read: ${reason ?? 'it is not a JSON object'}` }] };
  const type = packageTypes.get(toText(value['type']) ?? '') ?? 'generic';
  const name = toText(value['name']);
  const version = toText(value['version']);
  if (!name || !version) return { value: {}, problems: [] };
  const architecture = toText(value['architecture']);
  const packages: readonly AnalyzedPackage[] = [{ type, name, version, ...(architecture && { architecture }) }];
  return { value: { packages }, problems: [] };
}
