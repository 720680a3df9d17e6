import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { MAX_EPSS_BYTES, MAX_KEV_BYTES } from '../foundation/base/limits.ts';
import { openFile, readRange, readWholeFile, type OpenFile } from '../foundation/io/files.ts';
import { changeAdvisories, installDatabase } from './update.ts';
import { toUpdateError } from './update-error.ts';
import { keepList, listKindOf, type ListKind, type ListUpdate } from './update-lists.ts';

export interface ImportAdvisoriesInput {
  /** Each a bolt database (metadata.json beside it is taken along), trivy-db's tar.gz, CISA's list as JSON, or FIRST's as CSV, gzipped or not. */
  readonly files: readonly string[];
  readonly directory: string;
  readonly signal?: AbortSignal;
}

export interface ImportedAdvisories {
  /** Of the last database among the files. */
  readonly database?: { readonly source: string; readonly file: string; readonly builtAt: string };
  readonly lists: readonly ListUpdate[];
}

/** How much of a file's beginning is looked at to tell what it is. */
const BEGINNING_BYTES = 2048;

/**
 * Puts files that were carried here by hand in the place of the previous ones, which stay when anything fails. What each is, is told from its content.
 * @throws {AdvisoriesUpdateError} naming the first file that could not be taken; those before it were
 */
export async function importAdvisories({ files, directory, signal }: ImportAdvisoriesInput): Promise<ImportedAdvisories> {
  return changeAdvisories({ directory, ...(signal === undefined ? {} : { signal }) }, async () => {
    let imported: ImportedAdvisories = { lists: [] };
    for (const file of files) {
      try {
        imported = await importFile(file, directory, imported, signal);
      } catch (error) {
        signal?.throwIfAborted();
        throw toUpdateError(error, file);
      }
    }
    return imported;
  });
}

async function importFile(
  file: string,
  directory: string,
  imported: ImportedAdvisories,
  signal: AbortSignal | undefined,
): Promise<ImportedAdvisories> {
  const kind = await readKind(file);
  if (kind === undefined) {
    const { builtAt, file: installed } = await installDatabase(file, directory, { source: path.basename(file) }, signal);
    return { ...imported, database: { source: file, file: installed, builtAt } };
  }
  const bytes = await readWholeFile(file, kind === 'kev' ? MAX_KEV_BYTES : MAX_EPSS_BYTES);
  return { ...imported, lists: [...imported.lists, await keepList(kind, bytes, path.basename(file), directory)] };
}

/** Undefined for what is no list, and so must be a database. */
async function readKind(file: string): Promise<ListKind | undefined> {
  const opened = await openFile(file);
  try {
    const start = new Uint8Array(BEGINNING_BYTES);
    const length = await opened.read(start, 0);
    const isGzip = start[0] === 0x1f && start[1] === 0x8b;
    return listKindOf(isGzip ? await unpackBeginning(opened) : start.subarray(0, length));
  } finally {
    await opened.close();
  }
}

async function unpackBeginning(file: OpenFile): Promise<Uint8Array> {
  let start: Uint8Array = new Uint8Array();
  try {
    await pipeline(readRange(file, 0, Math.min(file.sizeBytes, 4 * BEGINNING_BYTES)), createGunzip(), async (unpacked: AsyncIterable<Uint8Array>) => {
      for await (const chunk of unpacked) if (start.length < BEGINNING_BYTES) start = Buffer.concat([start, chunk]);
    });
  } catch {
    // Cut short by us, or damaged: whoever reads the whole of it will say so.
  }
  return start;
}
