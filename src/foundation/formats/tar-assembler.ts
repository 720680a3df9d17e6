/**
 * Turns a sequence of tar header blocks into entries: keeps the pax and GNU long-name headers that come before an entry and applies them to it. It knows nothing of where the bytes come from, so the reader
 * that streams and the reader that skips over bodies share it.
 */
import { MAX_SPARSE_SEGMENTS, MAX_TAR_META_BYTES } from '../base/limits.ts';
import type { OldSparseMap, TarEntryType, TarHeader } from './tar-header.ts';
import { isBodiless, paddedTarSize, parseTarBlock, readSparseContinuation } from './tar-header.ts';
import type { PaxRecords } from './tar-pax.ts';
import { parsePax } from './tar-pax.ts';
import type { SparseFile } from './tar-sparse.ts';
import { toSegments } from './tar-sparse.ts';

/** A file, directory, link or device of an archive. Names are as written: untrusted, not normalised. */
export interface TarEntry {
  readonly type: TarEntryType;
  readonly name: string;
  readonly linkName: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Bytes of body; `paddedTarSize` of it lie in the archive. */
  readonly sizeBytes: number;
  /** The body is not the file's content but the parts of it that are not zeros: `expandSparse` makes the content of it. */
  readonly sparse?: SparseFile;
  /** It has Windows attributes. */
  readonly windows?: true;
}

/**
 * What the reader has to do next.
 * `meta`: hand the next `sizeBytes` (padded) to `acceptMeta`. `skip`: pass over them. `block`: pass the next block to `acceptBlock`. `entry`: its body comes next. `end`: a block of zeros ended the archive.
 * `bad`: nothing more can be read from this archive.
 */
export type TarStep =
  | { readonly kind: 'meta'; readonly sizeBytes: number }
  | { readonly kind: 'skip'; readonly sizeBytes: number }
  | { readonly kind: 'block' }
  | { readonly kind: 'entry'; readonly entry: TarEntry }
  | { readonly kind: 'end' }
  | { readonly kind: 'bad'; readonly message: string };

const BLOCK: TarStep = { kind: 'block' };
const decoder = new TextDecoder('utf-8');

export class TarAssembler {
  #pax: PaxRecords | undefined;
  #longName: string | undefined;
  #longLink: string | undefined;
  #meta: 'pax' | 'gnu-long-name' | 'gnu-long-link' | undefined;
  /** An entry whose old sparse map goes on in the next block, with what is known of the map. */
  #sparseEntry: TarEntry | undefined;
  #sparseNumbers: number[] = [];

  /** Returns what follows from the block at `offset`. */
  acceptBlock(bytes: Uint8Array, offset: number): TarStep {
    if (this.#sparseEntry !== undefined) return this.#addToSparseMap(readSparseContinuation(bytes, offset));
    const block = parseTarBlock(bytes, offset, this.#longName !== undefined || this.#pax?.path !== undefined);
    if (block.kind === 'zero') return { kind: 'end' };
    if (block.kind === 'bad') return block;
    const { header } = block;
    switch (header.type) {
      case 'pax':
      case 'gnu-long-name':
      case 'gnu-long-link':
        if (header.sizeBytes > MAX_TAR_META_BYTES)
          return { kind: 'bad', message: `extended header of ${header.sizeBytes} bytes is larger than ${MAX_TAR_META_BYTES}` };
        this.#meta = header.type;
        return { kind: 'meta', sizeBytes: header.sizeBytes };
      case 'ignored':
        this.#forget();
        return { kind: 'skip', sizeBytes: header.sizeBytes };
      case 'file':
      case 'directory':
      case 'symlink':
      case 'hardlink':
      case 'character-device':
      case 'block-device':
      case 'fifo': {
        const entry = this.#describe(header);
        this.#forget();
        if (!Number.isSafeInteger(paddedTarSize(entry.sizeBytes))) return { kind: 'bad', message: 'size is absurd' };
        if (header.sparse === undefined) return { kind: 'entry', entry };
        this.#sparseEntry = { ...entry, sparse: { sizeBytes: header.sparse.sizeBytes, segments: [] } };
        this.#sparseNumbers = [];
        return this.#addToSparseMap(header.sparse);
      }
    }
  }

  /** Takes the body that a `meta` step asked for, without its padding. Returns a message when some of it could not be read. */
  acceptMeta(body: Uint8Array): string | undefined {
    const meta = this.#meta;
    this.#meta = undefined;
    if (meta === 'gnu-long-name') this.#longName = toText(body);
    else if (meta === 'gnu-long-link') this.#longLink = toText(body);
    else {
      const { value, problems } = parsePax(body);
      this.#pax = value;
      return problems[0]?.message;
    }
    return undefined;
  }

  /** Which of two names wins, and when a trailing slash makes a directory, is as Go's archive/tar has it: another reading would see other files than the engine does. */
  #describe(header: TarHeader): TarEntry {
    const name = this.#longName ?? this.#pax?.path ?? header.name;
    const type = (header.legacy && name.endsWith('/') ? 'directory' : header.type) as TarEntryType;
    return {
      type,
      name,
      linkName: this.#longLink ?? this.#pax?.linkPath ?? header.linkName,
      mode: header.mode,
      uid: this.#pax?.uid ?? header.uid,
      gid: this.#pax?.gid ?? header.gid,
      sizeBytes: isBodiless(type) ? 0 : (this.#pax?.sizeBytes ?? header.sizeBytes),
      ...(this.#pax?.sparse !== undefined && { sparse: this.#pax.sparse }),
      ...(this.#pax?.windows === true && { windows: true }),
    };
  }

  #addToSparseMap({ numbers, continues }: Omit<OldSparseMap, 'sizeBytes'>): TarStep {
    this.#sparseNumbers.push(...numbers);
    if (this.#sparseNumbers.length > 2 * MAX_SPARSE_SEGMENTS)
      return { kind: 'bad', message: `sparse file of more than ${MAX_SPARSE_SEGMENTS} parts` };
    if (continues) return BLOCK;
    const entry = this.#sparseEntry;
    this.#sparseEntry = undefined;
    const segments = toSegments(this.#sparseNumbers);
    const sizeBytes = entry?.sparse?.sizeBytes ?? -1;
    if (entry === undefined || segments === undefined || sizeBytes < 0) return { kind: 'bad', message: 'map of a sparse file makes no sense' };
    return { kind: 'entry', entry: { ...entry, sparse: { sizeBytes, segments } } };
  }

  #forget(): void {
    this.#pax = undefined;
    this.#longName = undefined;
    this.#longLink = undefined;
  }
}

function toText(body: Uint8Array): string {
  const end = body.indexOf(0);
  return decoder.decode(end < 0 ? body : body.subarray(0, end));
}
