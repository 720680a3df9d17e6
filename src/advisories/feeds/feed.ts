import { READ_CHUNK_BYTES } from '../../foundation/base/limits.ts';
import type { AdvisoryRecord } from '../store/record.ts';
import type { Parsed } from '../../foundation/base/result.ts';

/**
 * The contract of an advisory feed: from the bytes of one published file to records, one feed a file. Bytes in, records out, no I/O, no throw on input.
 * The builder (`plimsoll db build`, scripts/starter-set) opens archives and hands over each file that `wants` names.
 *
 * To add one: a file in feeds/readers/ named after its id that exports `feed`, a test of the same name; `npm run gen` registers it.
 */
export interface AdvisoryFeed {
  /** 'debian-oval', 'alpine-secdb', 'osv' …: equals the file name. */
  readonly id: string;
  /** Who publishes it, and under what terms. */
  readonly source: { readonly name: string; readonly url: string; readonly licence: string };
  /** `name` is the file's path inside the feed's archive or folder. */
  wants(name: string): boolean;
  /** Each item is what one entry of the file says, and what of it could not be read. */
  read(file: FeedFile): Iterable<Parsed<readonly AdvisoryRecord[]>>;
}

export interface FeedFile {
  readonly name: string;
  /** The whole content. Of a large file that lies on a disk it is read at the first use: whoever can read in pieces asks `piecesOf`. */
  readonly bytes: Uint8Array;
  /** The content from its start, each time it is asked for; of a file that is not in memory. */
  readonly pieces?: () => Iterable<Uint8Array>;
  readonly sizeBytes?: number;
}

/** Yields a file's content in pieces, for readers that keep no more of it than they need. */
export function* piecesOf(file: FeedFile): Generator<Uint8Array> {
  if (file.pieces !== undefined) {
    yield* file.pieces();
    return;
  }
  for (let at = 0; at < file.bytes.length; at += READ_CHUNK_BYTES) yield file.bytes.subarray(at, at + READ_CHUNK_BYTES);
}
