import { MAX_ADVISORY_DB_BYTES } from '../../foundation/base/limits.ts';
import { messageOf } from '../../foundation/base/result.ts';
import { openBolt } from '../../foundation/formats/bolt-reader.ts';
import type { BoltProblem } from '../../foundation/formats/bolt-meta.ts';
import type { BoltBucket, BoltReader } from '../../foundation/formats/bolt-reader.ts';
import { openRandomAccessFile } from '../../foundation/io/random-access-file.ts';
import type { RandomAccessFile } from '../../foundation/io/random-access-file.ts';
import { AdvisoryStoreError } from './store.ts';

/** A bolt file open for look-ups; whoever reads it keeps the file that was opened, though another takes its place meanwhile. */
export interface BoltFile {
  readonly path: string;
  readonly sizeBytes: number;
  /** Runs a look-up, and throws the damage that was met in it or before rather than pass it off as "nothing known". @throws {AdvisoryStoreError} */
  ask<T>(look: (root: BoltBucket) => T): T;
  /** Returns the value of an entry, given as UTF-8 or as text. @throws {AdvisoryStoreError} malformed, when it is no JSON */
  parseJson(json: Uint8Array | string): unknown;
  close(): void;
}

/**
 * Returns an open bolt file.
 * @throws {AdvisoryStoreError} not-found · not-a-database · wrong-version · truncated · malformed · io
 */
export function openBoltFile(path: string): BoltFile {
  const opened = openFile(path);
  try {
    if (opened.sizeBytes > MAX_ADVISORY_DB_BYTES)
      throw new AdvisoryStoreError('malformed', `the advisory database ${path} is larger than any real one`);
    const reader = openReader(path, opened);
    const decoder = new TextDecoder();
    return {
      path,
      sizeBytes: opened.sizeBytes,
      ask(look) {
        const answer = look(reader.root);
        const met = reader.problems[0];
        if (met !== undefined) throw toStoreError(path, met);
        return answer;
      },
      parseJson(json) {
        try {
          return JSON.parse(typeof json === 'string' ? json : decoder.decode(json)) as unknown;
        } catch (error) {
          throw new AdvisoryStoreError('malformed', `an entry of the advisory database ${path} is no JSON; download it again`, { cause: error });
        }
      },
      close() {
        opened.close();
      },
    };
  } catch (error) {
    opened.close();
    throw error;
  }
}

function openFile(path: string): RandomAccessFile {
  try {
    return openRandomAccessFile(path);
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw missing
      ? new AdvisoryStoreError('not-found', `no advisory database at ${path}; run \`plimsoll db update\`, or name one with --advisories`, {
          cause: error,
        })
      : new AdvisoryStoreError('io', `cannot open the advisory database ${path}: ${messageOf(error)}`, { cause: error });
  }
}

function openReader(path: string, opened: RandomAccessFile): BoltReader {
  const result = openBolt({
    sizeBytes: opened.sizeBytes,
    readPage(position, length) {
      try {
        return opened.read(position, length);
      } catch (error) {
        throw new AdvisoryStoreError('io', `cannot read the advisory database ${path}: ${messageOf(error)}`, { cause: error });
      }
    },
  });
  if ('problem' in result) throw toStoreError(path, result.problem);
  return result.reader;
}

function toStoreError(path: string, problem: BoltProblem): AdvisoryStoreError {
  const advice = problem.code === 'not-a-database' ? 'name another file' : 'download it again with `plimsoll db update`';
  return new AdvisoryStoreError(problem.code, `the advisory database ${path} cannot be used: ${problem.message}; ${advice}`);
}
