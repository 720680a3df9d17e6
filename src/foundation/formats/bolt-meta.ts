import { BOLT_MAGIC, BOLT_VERSION, fnv64a, META_BYTES, META_CHECKSUM_OFFSET, PAGE_HEADER_BYTES, viewOf } from './bolt-format.ts';

/** Where the bytes come from. `readPage` returns fewer bytes than asked for only at the end of the file; it may throw what the disk throws. */
export interface BoltSource {
  readonly sizeBytes: number;
  readPage(position: number, length: number): Uint8Array;
}

/** `truncated`: something lies behind the end of the file. `malformed`: a page contradicts itself or the tree it hangs in. */
export interface BoltProblem {
  readonly code: 'not-a-database' | 'wrong-version' | 'truncated' | 'malformed';
  readonly message: string;
}

/** What one of the two meta pages says. */
export interface BoltMeta {
  readonly pageSize: number;
  readonly rootPage: number;
  /** Pages that the file has at least. */
  readonly pageCount: number;
  readonly transaction: bigint;
}

/** Page sizes a meta may name; the second meta is looked for at each of them when the first is damaged. */
const PAGE_SIZES = [1024, 2048, 4096, 8192, 16_384, 32_768, 65_536];
/** Returns the meta page that counts, or what keeps the file from being a database: damaged ones are passed over as long as the other is whole. */
export function findMeta(source: BoltSource): { meta: BoltMeta } | { problem: BoltProblem } {
  const first = readMeta(source, 0);
  const sizes = 'meta' in first ? [first.meta.pageSize] : PAGE_SIZES;
  const candidates = [first, ...sizes.map((size) => readMeta(source, size))];
  const metas = candidates.flatMap((candidate) => ('meta' in candidate ? [candidate.meta] : []));
  const newest = metas.reduce<BoltMeta | undefined>(
    (best, meta) => (best === undefined || meta.transaction > best.transaction ? meta : best),
    undefined,
  );
  if (newest !== undefined) return { meta: newest };
  return 'problem' in first ? first : { problem: malformed('no valid meta page') };
}

function readMeta(source: BoltSource, position: number): { meta: BoltMeta } | { problem: BoltProblem } {
  const bytes = source.readPage(position, PAGE_HEADER_BYTES + META_BYTES).subarray(PAGE_HEADER_BYTES);
  const isBolt = bytes.length >= 4 && viewOf(bytes).getUint32(0, true) === BOLT_MAGIC;
  if (!isBolt) return { problem: { code: 'not-a-database', message: 'the file does not begin as a bolt database does' } };
  if (bytes.length < META_BYTES) return { problem: truncated('the file ends inside its first page') };
  const view = viewOf(bytes);
  const version = view.getUint32(4, true);
  if (version !== BOLT_VERSION) return { problem: { code: 'wrong-version', message: `bolt format ${version}, not ${BOLT_VERSION}` } };
  if (view.getBigUint64(META_CHECKSUM_OFFSET, true) !== fnv64a(bytes.subarray(0, META_CHECKSUM_OFFSET))) {
    return { problem: malformed('the checksum of a meta page is wrong') };
  }
  const pageSize = view.getUint32(8, true);
  const rootPage = Number(view.getBigUint64(16, true));
  const pageCount = Number(view.getBigUint64(40, true));
  if (!PAGE_SIZES.includes(pageSize)) return { problem: malformed(`page size ${pageSize}`) };
  return { meta: { pageSize, rootPage, pageCount, transaction: view.getBigUint64(48, true) } };
}

export function malformed(message: string): BoltProblem {
  return { code: 'malformed', message };
}

export function truncated(message: string): BoltProblem {
  return { code: 'truncated', message };
}
