import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { MAX_ADVISORY_DB_BYTES, MAX_CONFIG_BYTES } from '../foundation/base/limits.ts';
import { TarReader } from '../foundation/formats/tar-reader.ts';
import { readRange, type OpenFile } from '../foundation/io/files.ts';
import type { Staging } from '../foundation/io/staging.ts';
import { DATABASE_FILE, METADATA_FILE } from './store/schema.ts';
import { AdvisoriesUpdateError } from './update-error.ts';

/**
 * Takes the database and its metadata out of trivy-db's archive by their names, into the staging folder; nothing else in it is written anywhere.
 * @throws {AdvisoriesUpdateError} malformed; what zlib and the operating system report
 */
export async function extractDatabase(archive: OpenFile, staging: Staging, signal: AbortSignal | undefined): Promise<void> {
  const bounds: ReadonlyMap<string, number> = new Map([
    [DATABASE_FILE, MAX_ADVISORY_DB_BYTES],
    [METADATA_FILE, MAX_CONFIG_BYTES],
  ]);
  const found = new Set<string>();
  await pipeline(copies(archive, signal), createGunzip(), async (unpacked: AsyncIterable<Uint8Array>) => {
    const tar = new TarReader(bounded(unpacked));
    for (let entry = await tar.next(); entry !== undefined; entry = await tar.next()) {
      const name = entry.name.replace(/^\.\//, '');
      const bound = bounds.get(name);
      if (bound === undefined) continue;
      if (entry.type !== 'file' || entry.sparse !== undefined || found.has(name))
        throw new AdvisoriesUpdateError('malformed', `its ${name} is not one plain file`);
      if (entry.sizeBytes > bound) throw new AdvisoriesUpdateError('malformed', `its ${name} is larger than any real one (${entry.sizeBytes} bytes)`);
      found.add(name);
      await writeEntry(tar, staging, name);
    }
    if (tar.failure !== undefined) throw new AdvisoriesUpdateError('malformed', `its archive is damaged: ${tar.failure.message}`);
  });
  if (!found.has(DATABASE_FILE)) throw new AdvisoriesUpdateError('malformed', `its archive holds no ${DATABASE_FILE}`);
}

async function writeEntry(tar: TarReader, staging: Staging, name: string): Promise<void> {
  const file = await staging.create(name);
  try {
    for (let piece = await tar.readPiece(); piece !== undefined; piece = await tar.readPiece()) await file.write(piece);
  } finally {
    await file.finish();
  }
}

/** Pieces in memory of their own: a stream keeps some, while the reader uses its memory again. */
async function* copies(file: OpenFile, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
  for await (const chunk of readRange(file, 0, file.sizeBytes, signal)) yield chunk.slice();
}

/** A small archive can unpack to anything: what lies beside the database must not go on for ever either. */
async function* bounded(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > MAX_ADVISORY_DB_BYTES + MAX_CONFIG_BYTES)
      throw new AdvisoriesUpdateError('malformed', 'its archive unpacks to more than any advisory database');
    yield chunk;
  }
}
