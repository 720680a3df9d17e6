import { createHash, type Hash } from 'node:crypto';
import { MAX_DOWNLOAD_RESUMES } from '../foundation/base/limits.ts';
import type { StreamingHttpClient } from '../foundation/io/http.ts';
import type { Digest } from '../foundation/model/brand.ts';
import { algorithmOf } from './digest.ts';
import { RegistryError, toStatusError, wrapHttp } from './error.ts';
import { isSuccess, type RegistrySession } from './session.ts';

export interface BlobDownload {
  readonly session: RegistrySession;
  readonly http: StreamingHttpClient;
  readonly repository: string;
  readonly digest: Digest;
  readonly maxBytes: number;
  readonly onChunk: (chunk: Uint8Array) => void | Promise<void>;
  /** What the blob begins with, from an earlier attempt. */
  readonly known?: AsyncIterable<Uint8Array>;
}

/** What was received so far. */
interface Received {
  readonly hash: Hash;
  sizeBytes: number;
}

/** 416: nothing of the blob lies from there on, which is how a registry answers who has it whole already. @see RFC 9110 section 15.5.17 */
const RANGE_NOT_SATISFIABLE = 416;

/** Returns the size of a blob once it is streamed and its digest holds; see RegistryClient.downloadBlob. @throws {RegistryError} */
export async function downloadBlob(download: BlobDownload): Promise<number> {
  const { session, digest } = download;
  const received: Received = { hash: createHash(algorithmOf(digest)), sizeBytes: 0 };
  for await (const chunk of download.known ?? []) take(received, chunk);
  for (let resumes = 0; ; resumes++) {
    const start = received.sizeBytes;
    try {
      await downloadRest(download, received);
      break;
    } catch (error) {
      const isCutOff = error instanceof RegistryError && (error.code === 'network' || error.code === 'timeout');
      if (!isCutOff || received.sizeBytes === start || resumes >= MAX_DOWNLOAD_RESUMES) throw error;
    }
  }
  if (`${algorithmOf(digest)}:${received.hash.digest('hex')}` !== digest)
    throw new RegistryError('digest-mismatch', `${session.registry} sent other bytes than ${digest}`);
  return received.sizeBytes;
}

/** Streams what a blob has beyond what was received; a registry that knows no ranges begins anew, and what is known is passed over. */
async function downloadRest({ session, http, repository, digest, maxBytes, onChunk }: BlobDownload, received: Received): Promise<void> {
  const start = received.sizeBytes;
  const url = session.url(repository, 'blobs', digest);
  const range = start === 0 ? {} : { range: `bytes=${start}-` };
  const signal = session.signal === undefined ? {} : { signal: session.signal };
  let toSkip = start;
  const response = await session.authorized(`repository:${repository}:pull`, (authorization) =>
    wrapHttp(() =>
      http.download({ url, headers: { accept: '*/*', ...range, ...authorization }, maxBytes, ...signal }, async (chunk, status) => {
        const skipped = status === 206 ? 0 : Math.min(toSkip, chunk.length);
        toSkip -= skipped;
        if (skipped === chunk.length) return;
        const rest = chunk.subarray(skipped);
        take(received, rest);
        await onChunk(rest);
      }),
    ),
  );
  if (start > 0 && response.status === RANGE_NOT_SATISFIABLE) return;
  if (!isSuccess(response)) throw toStatusError(response, session.registry, repository);
}

function take(received: Received, chunk: Uint8Array): void {
  received.hash.update(chunk);
  received.sizeBytes += chunk.length;
}
