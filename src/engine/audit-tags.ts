import type { AuditedImage } from '../foundation/model/audit.ts';
import type { Digest } from '../foundation/model/brand.ts';
import { listTags } from '../registry/catalog.ts';
import type { RegistryClient } from '../registry/client.ts';
import { RegistryError } from '../registry/error.ts';
import { explainFailure } from './audit-image.ts';
import { selectTags, type TagSelection } from './audit-selection.ts';

/** What tags of a repository stand for. */
export type TaggedDigest =
  | { readonly repository: string; readonly tags: readonly string[]; readonly digest: Digest }
  /** The registry does not tell: `refused` says what that means. */
  | { readonly repository: string; readonly tags: readonly string[]; readonly digest?: undefined; readonly refused: AuditedImage };

/** Returns the digests that the chosen tags of a repository stand for, each once; one that vanished meanwhile is left out. @throws {RegistryError} when the tags cannot be listed */
export async function groupByDigest(client: RegistryClient, repository: string, selection: TagSelection): Promise<readonly TaggedDigest[]> {
  const tags = selectTags(await listTags(client.session, repository), selection);
  const tagged = new Map<Digest, string[]>();
  const refused: TaggedDigest[] = [];
  for (const tag of tags.toSorted()) {
    try {
      const digest = await digestOf(client, repository, tag);
      const known = tagged.get(digest);
      if (known === undefined) tagged.set(digest, [tag]);
      else known.push(tag);
    } catch (error) {
      client.session.signal?.throwIfAborted();
      if (error instanceof RegistryError && error.code === 'not-found') continue;
      refused.push({ repository, tags: [tag], refused: { repository, tags: [tag], ...explainFailure(error), blocking: [], platforms: [] } });
    }
  }
  return [...[...tagged].map(([digest, names]) => ({ repository, digest, tags: names })), ...refused];
}

async function digestOf(client: RegistryClient, repository: string, tag: string): Promise<Digest> {
  const reference = { registry: client.session.registry, repository, tag };
  return (await client.headManifest(reference)).digest ?? (await client.getManifest(reference)).digest;
}
