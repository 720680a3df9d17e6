import { messageOf } from '../../foundation/base/result.ts';
import { MAX_ADVISORY_DB_BYTES, MAX_CONFIG_BYTES } from '../../foundation/base/limits.ts';
import { openBolt } from '../../foundation/formats/bolt-reader.ts';
import type { BoltBucket, BoltProblem, BoltReader } from '../../foundation/formats/bolt-reader.ts';
import { openRandomAccessFile } from '../../foundation/io/random-access-file.ts';
import type { RandomAccessFile } from '../../foundation/io/random-access-file.ts';
import { toAdvisoryId } from '../../foundation/model/brand.ts';
import {
  METADATA_KEY,
  parseAdvisory,
  parseDetail,
  parseOwnMetadata,
  parseTrivyMetadata,
  PLIMSOLL_BUCKET,
  SCHEMA_VERSION,
  VULNERABILITY_BUCKET,
} from './schema.ts';
import type { StoreMetadata } from './schema.ts';
import { AdvisoryStoreError } from './store.ts';
import type { AdvisoryStore } from './store.ts';

/**
 * Returns a database in trivy-db's schema open for look-ups: one that Plimsoll built, which carries its metadata within, or trivy.db with its metadata.json beside it.
 * Look-ups throw AdvisoryStoreError too, when the pages they need are damaged.
 * @throws {AdvisoryStoreError} not-found · not-a-database · wrong-version · truncated · malformed · io
 */
export function openAdvisoryStore(file: string): AdvisoryStore {
  const opened = openFile(file);
  try {
    return createStore(file, opened);
  } catch (error) {
    opened.close();
    throw error;
  }
}

function openFile(file: string): RandomAccessFile {
  try {
    return openRandomAccessFile(file);
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw missing
      ? new AdvisoryStoreError('not-found', `no advisory database at ${file}; run \`plimsoll db update\`, or name one with --advisories`, {
          cause: error,
        })
      : new AdvisoryStoreError('io', `cannot open the advisory database ${file}: ${messageOf(error)}`, { cause: error });
  }
}

function createStore(file: string, opened: RandomAccessFile): AdvisoryStore {
  if (opened.sizeBytes > MAX_ADVISORY_DB_BYTES)
    throw new AdvisoryStoreError('malformed', `the advisory database ${file} is larger than any real one`);
  const reader = openReader(file, opened);
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();

  /** Runs a look-up, and throws the damage that was met in it or before rather than pass it off as "nothing known". */
  function ask<T>(look: (root: BoltBucket) => T): T {
    const answer = look(reader.root);
    const [met] = reader.problems;
    if (met !== undefined) throw toStoreError(file, met);
    return answer;
  }

  function readJson(path: readonly string[], key: string): unknown {
    const bytes = ask((root) => findBucket(root, path)?.get(encoder.encode(key)));
    return bytes === undefined ? undefined : parseJson(file, bytes);
  }

  function findBucket(root: BoltBucket, path: readonly string[]): BoltBucket | undefined {
    return path.reduce<BoltBucket | undefined>((bucket, name) => bucket?.bucket(encoder.encode(name)), root);
  }

  function parseJson(where: string, bytes: Uint8Array): unknown {
    try {
      return JSON.parse(decoder.decode(bytes));
    } catch (error) {
      throw new AdvisoryStoreError('malformed', `an entry of the advisory database ${where} is no JSON; download it again`, { cause: error });
    }
  }

  const metadata = parseOwnMetadata(readJson([PLIMSOLL_BUCKET], METADATA_KEY)) ?? readTrivyMetadata(file);
  if (metadata === undefined && ask((root) => root.bucket(encoder.encode(VULNERABILITY_BUCKET))) === undefined) {
    throw new AdvisoryStoreError('not-a-database', `${file} is a bolt database, but not one of advisories`);
  }
  if (metadata !== undefined && metadata.version !== SCHEMA_VERSION) {
    throw new AdvisoryStoreError(
      'wrong-version',
      `the advisory database ${file} has schema version ${metadata.version}; this Plimsoll reads version ${SCHEMA_VERSION}: ${metadata.version > SCHEMA_VERSION ? 'update Plimsoll' : 'run `plimsoll db update`'}`,
    );
  }

  return {
    used: metadata?.used ?? { source: file, builtAt: '', full: true },
    buckets(prefix) {
      return ask((root) => [...root.entries(encoder.encode(prefix))].filter((entry) => entry.isBucket).map((entry) => decoder.decode(entry.key)));
    },
    advisories(bucket, packageName) {
      const entries = ask((root) => [...(findBucket(root, [bucket, packageName])?.entries() ?? [])]);
      return entries.flatMap((entry) => {
        const advisory = entry.isBucket ? undefined : parseAdvisory(parseJson(file, entry.value));
        return advisory === undefined ? [] : [{ id: toAdvisoryId(decoder.decode(entry.key)), advisory }];
      });
    },
    detail(id) {
      return parseDetail(readJson([VULNERABILITY_BUCKET], id));
    },
    close() {
      opened.close();
    },
  };
}

function openReader(file: string, opened: RandomAccessFile): BoltReader {
  const result = openBolt({
    sizeBytes: opened.sizeBytes,
    readPage(position, length) {
      try {
        return opened.read(position, length);
      } catch (error) {
        throw new AdvisoryStoreError('io', `cannot read the advisory database ${file}: ${messageOf(error)}`, { cause: error });
      }
    },
  });
  if ('problem' in result) throw toStoreError(file, result.problem);
  return result.reader;
}

function toStoreError(file: string, problem: BoltProblem): AdvisoryStoreError {
  const advice = problem.code === 'not-a-database' ? 'name another file' : 'download it again with `plimsoll db update`';
  return new AdvisoryStoreError(problem.code, `the advisory database ${file} cannot be used: ${problem.message}; ${advice}`);
}

/** trivy-db keeps its metadata in a file of this name beside the database; anything else of that name is not ours to judge. */
function readTrivyMetadata(file: string): StoreMetadata | undefined {
  const beside = file.replace(/[^/\\]*$/, 'metadata.json');
  try {
    const opened = openRandomAccessFile(beside);
    try {
      const json: unknown = JSON.parse(new TextDecoder().decode(opened.read(0, Math.min(opened.sizeBytes, MAX_CONFIG_BYTES))));
      return parseTrivyMetadata(json, file);
    } finally {
      opened.close();
    }
  } catch {
    return undefined;
  }
}
