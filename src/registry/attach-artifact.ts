/**
 * Putting something beside an image: an artifact whose manifest names the image as its subject. Registries that know the referrers API list it by themselves; for the others the list is kept
 * under a tag, by whoever adds to it. @see OCI distribution-spec, pushing manifests with subject
 */
import type { Digest } from '../foundation/model/brand.ts';
import type { RegistryClient } from './client.ts';
import { MANIFEST_MEDIA_TYPE, type Descriptor } from './descriptor.ts';
import { digestOf } from './digest.ts';
import { RegistryError } from './error.ts';
import { readReferrers } from './referrers.ts';
import { addToReferrersTag, removeFromReferrersTag } from './referrers-tag.ts';
import { deleteManifest, pushBlob, putManifest } from './upload.ts';

export interface Attachment {
  /** What readers look for. */
  readonly artifactType: string;
  /** Of the content. */
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  /** Shown by those who list what is attached; part of the manifest. */
  readonly annotations: Readonly<Record<string, string>>;
  /** A file name for those who fetch it. */
  readonly title: string;
}

/** What an artifact without a config names as one. @see OCI image-spec, guidance for an empty descriptor */
const EMPTY = { mediaType: 'application/vnd.oci.empty.v1+json', bytes: new TextEncoder().encode('{}') } as const;
const TITLE = 'org.opencontainers.image.title';

/** Attaches something to `subject`, and returns its manifest's digest. The same content with the same annotations is the same manifest: attaching it again changes nothing. @throws {RegistryError} */
export async function attachArtifact(client: RegistryClient, repository: string, subject: Descriptor, attachment: Attachment): Promise<Digest> {
  const { session } = client;
  const { artifactType, mediaType, annotations, title } = attachment;
  const config = { mediaType: EMPTY.mediaType, digest: await pushBlob(session, repository, EMPTY.bytes), size: EMPTY.bytes.length };
  const layer = { mediaType, digest: await pushBlob(session, repository, attachment.bytes), size: attachment.bytes.length };
  const bytes = new TextEncoder().encode(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: MANIFEST_MEDIA_TYPE,
      artifactType,
      config,
      layers: [{ ...layer, annotations: { [TITLE]: title } }],
      subject,
      annotations,
    }),
  );
  const { digest, listed } = await putManifest(session, repository, digestOf(bytes), MANIFEST_MEDIA_TYPE, bytes);
  // Some list it without saying so.
  if (listed || (await readReferrers(client, repository, subject.digest)).source === 'api') return digest;
  await addToReferrersTag(client, repository, subject.digest, {
    mediaType: MANIFEST_MEDIA_TYPE,
    digest,
    size: bytes.length,
    artifactType,
    annotations,
  });
  return digest;
}

/** Takes what was attached away again. @throws {RegistryError} with status 405 where the registry forgets nothing and keeps the list itself */
export async function detachArtifact(client: RegistryClient, repository: string, subject: Digest, digest: Digest): Promise<void> {
  const { source } = await readReferrers(client, repository, subject);
  if (source === 'tag') await removeFromReferrersTag(client, repository, subject, digest);
  try {
    await deleteManifest(client.session, repository, digest);
  } catch (error) {
    // Out of the list is gone enough: what stays is found by nobody.
    const isRefused = error instanceof RegistryError && error.status !== undefined && error.status < 500;
    if (source === 'api' || !isRefused) throw error;
  }
}
