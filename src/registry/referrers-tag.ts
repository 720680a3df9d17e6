/**
 * The list of an image's referrers where the registry keeps none: an index under a tag, read, changed and written back by whoever attaches something. Registries have no "write only if nobody else did", so
 * that a list that two write at the same time loses what one of them wrote: each looks again whether its change is still there, and makes it anew when it is not.
 *
 * @see OCI distribution-spec, referrers tag schema
 */
import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { LIST_SETTLE_MS, MAX_IMAGE_JSON_BYTES, MAX_LIST_REWRITES } from '../foundation/base/limits.ts';
import type { Digest } from '../foundation/model/brand.ts';
import type { RegistryClient } from './client.ts';
import { INDEX_MEDIA_TYPE, type Descriptor } from './descriptor.ts';
import { RegistryError } from './error.ts';
import { memberOf } from './json.ts';
import { readReferrersTag, referrersTag } from './referrers.ts';
import { putManifest } from './upload.ts';

export interface ListedArtifact extends Descriptor {
  readonly artifactType: string;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Puts an artifact into the list, in place of an entry of the same digest. @throws {RegistryError} */
export async function addToReferrersTag(client: RegistryClient, repository: string, subject: Digest, artifact: ListedArtifact): Promise<void> {
  await changeList(client, repository, subject, {
    isMade: (entries) => entries.some((entry) => digestIn(entry) === artifact.digest),
    make: (entries) => [...entries, artifact],
  });
}

/** Takes an artifact out of the list. @throws {RegistryError} */
export async function removeFromReferrersTag(client: RegistryClient, repository: string, subject: Digest, digest: Digest): Promise<void> {
  await changeList(client, repository, subject, {
    isMade: (entries) => entries.every((entry) => digestIn(entry) !== digest),
    make: (entries) => entries.filter((entry) => digestIn(entry) !== digest),
  });
}

interface Change {
  isMade(entries: readonly unknown[]): boolean;
  make(entries: readonly unknown[]): readonly unknown[];
}

/** A change is made when it is seen twice, with a pause of chance length between: somebody who read the list before it was written, and writes it after, is then noticed. */
async function changeList(client: RegistryClient, repository: string, subject: Digest, change: Change): Promise<void> {
  let wasWritten = false;
  let wasSeen = false;
  for (let tries = 0; tries < MAX_LIST_REWRITES; tries += 1) {
    try {
      const entries = (await readReferrersTag(client, repository, subject))?.entries ?? [];
      const isMade = change.isMade(entries);
      if (isMade && (wasSeen || !wasWritten)) return;
      if (!isMade) await writeList(client, repository, subject, change.make(entries));
      wasWritten = true;
      wasSeen = isMade;
    } catch (error) {
      // Debian's registry fails so when a tag is read or written while others write it.
      if (!(error instanceof RegistryError) || error.code !== 'server-error' || tries + 1 === MAX_LIST_REWRITES) throw error;
    }
    await pause(client);
  }
  throw new RegistryError(
    'server-error',
    `the list of what is attached to ${subject} in ${client.session.registry}/${repository} is written by others all the time; try again`,
  );
}

async function pause({ session: { signal } }: RegistryClient): Promise<void> {
  await delay(randomInt(LIST_SETTLE_MS / 4, LIST_SETTLE_MS), undefined, signal === undefined ? {} : { signal });
}

async function writeList({ session }: RegistryClient, repository: string, subject: Digest, entries: readonly unknown[]): Promise<void> {
  const bytes = new TextEncoder().encode(JSON.stringify({ schemaVersion: 2, mediaType: INDEX_MEDIA_TYPE, manifests: entries }));
  if (bytes.length > MAX_IMAGE_JSON_BYTES)
    throw new RegistryError('too-large', `so much is attached to ${subject} that the list of it would be larger than ${MAX_IMAGE_JSON_BYTES} bytes`);
  await putManifest(session, repository, referrersTag(subject), INDEX_MEDIA_TYPE, bytes);
}

function digestIn(entry: unknown): unknown {
  return memberOf(entry, 'digest');
}
