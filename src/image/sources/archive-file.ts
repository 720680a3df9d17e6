/** An image archive in a file that can be read at any offset: the headers tell where everything lies, and layers are handed on without the archive ever being read as a whole. */
import { MAX_ARCHIVE_ENTRIES, MAX_IMAGE_JSON_BYTES, MAX_SYMLINKS } from '../../foundation/base/limits.ts';
import { messageOf } from '../../foundation/base/result.ts';
import { TarAssembler } from '../../foundation/formats/tar-assembler.ts';
import type { TarEntry } from '../../foundation/formats/tar-assembler.ts';
import { TAR_BLOCK_BYTES, paddedTarSize } from '../../foundation/formats/tar-header.ts';
import { toImagePath } from '../../foundation/model/brand.ts';
import type { DocumentStore } from './image-description.ts';
import { documentTooLarge } from './read-layers.ts';
import type { SeekableBytes } from './source.ts';
import { ImageSourceError } from './source.ts';

/** A file inside an archive. */
export interface ArchiveMember {
  readonly start: number;
  readonly sizeBytes: number;
}

/** Where everything in an archive lies. */
export interface ArchiveIndex {
  readonly members: ReadonlyMap<string, ArchiveMember>;
  /** Links by path: old `docker save` wrote equal layers once and links for the rest. */
  readonly links: ReadonlyMap<string, string>;
  /** Why the rest of the archive could not be read. */
  readonly failure?: { readonly kind: 'truncated' | 'malformed'; readonly message: string };
}

/** Returns where everything in the tar `file` lies, as far as it can be read. */
export async function indexArchive(file: SeekableBytes, signal?: AbortSignal): Promise<ArchiveIndex> {
  const members = new Map<string, ArchiveMember>();
  const links = new Map<string, string>();
  const assembler = new TarAssembler();
  const block = new Uint8Array(TAR_BLOCK_BYTES);
  let position = 0;
  let entries = 0;
  const fail = (kind: 'truncated' | 'malformed', message: string): ArchiveIndex => ({ members, links, failure: { kind, message } });
  for (;;) {
    signal?.throwIfAborted();
    const count = await file.read(block, position);
    if (count === 0) return position > file.sizeBytes ? fail('truncated', 'it ends inside a file') : { members, links };
    if (count < TAR_BLOCK_BYTES) return fail('truncated', 'it ends inside a header');
    const step = assembler.acceptBlock(block, 0);
    position += TAR_BLOCK_BYTES;
    switch (step.kind) {
      case 'end':
        return { members, links };
      case 'bad':
        return fail('malformed', `${step.message} at byte ${position - TAR_BLOCK_BYTES}`);
      case 'block':
        break;
      case 'skip':
        position += paddedTarSize(step.sizeBytes);
        break;
      case 'meta': {
        const body = new Uint8Array(step.sizeBytes);
        if ((await file.read(body, position)) < body.length) return fail('truncated', 'it ends inside a header');
        const message = assembler.acceptMeta(body);
        if (message !== undefined) return fail('malformed', `${message} at byte ${position}`);
        position += paddedTarSize(step.sizeBytes);
        break;
      }
      case 'entry': {
        if (++entries > MAX_ARCHIVE_ENTRIES) return fail('malformed', `it has more than ${MAX_ARCHIVE_ENTRIES} entries`);
        noteEntry(step.entry, position, file.sizeBytes, members, links);
        position += paddedTarSize(step.entry.sizeBytes);
        break;
      }
    }
  }
}

function noteEntry(entry: TarEntry, start: number, fileSize: number, members: Map<string, ArchiveMember>, links: Map<string, string>): void {
  const path = toImagePath(entry.name);
  if (path === undefined) return;
  if (entry.type === 'file') members.set(path, { start, sizeBytes: Math.min(entry.sizeBytes, Math.max(fileSize - start, 0)) });
  const target = linkTarget(path, entry);
  if (target !== undefined) links.set(path, target);
}

/** Returns the path that a link in an archive leads to. */
export function linkTarget(path: string, entry: TarEntry): string | undefined {
  if (entry.type === 'hardlink') return toImagePath(entry.linkName);
  if (entry.type !== 'symlink') return undefined;
  const folder = entry.linkName.startsWith('/') ? '' : path.slice(0, path.lastIndexOf('/') + 1);
  return toImagePath(folder + entry.linkName);
}

/** Returns the path of the member that `path` is or links to, undefined when there is none. */
export function followLinks(path: string, has: (path: string) => boolean, links: ReadonlyMap<string, string>): string | undefined {
  let current: string | undefined = toImagePath(path);
  for (let hops = 0; current !== undefined && hops <= MAX_SYMLINKS; hops++) {
    if (has(current)) return current;
    current = links.get(current);
  }
  return undefined;
}

/** Returns the documents of an indexed archive. */
export function toDocumentStore(name: string, file: SeekableBytes, index: ArchiveIndex): DocumentStore {
  const locate = (path: string): { path: string; sizeBytes: number } | undefined => {
    const found = followLinks(path, (candidate) => index.members.has(candidate), index.links);
    return found === undefined ? undefined : { path: found, sizeBytes: index.members.get(found)?.sizeBytes ?? 0 };
  };
  return {
    name,
    locate,
    read: async (path) => {
      const found = locate(path);
      const member = found === undefined ? undefined : index.members.get(found.path);
      if (member === undefined) return undefined;
      if (member.sizeBytes > MAX_IMAGE_JSON_BYTES) throw documentTooLarge(name, path, member.sizeBytes);
      const bytes = new Uint8Array(member.sizeBytes);
      try {
        return bytes.subarray(0, await file.read(bytes, member.start));
      } catch (error) {
        throw new ImageSourceError('io', `${name} could not be read: ${messageOf(error)}`, { cause: error });
      }
    },
  };
}
