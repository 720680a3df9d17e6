import { mapInParallel } from '../foundation/base/in-parallel.ts';
import { MAX_REQUESTS_AT_ONCE } from '../foundation/base/limits.ts';
import type { HttpClient } from '../foundation/io/http.ts';
import { createHttpClient } from '../foundation/io/http-client.ts';
import { withPatience } from '../foundation/io/patient-http.ts';
import type { AttachedDocument, AttachedImage, AttachmentKind, AttachResult } from '../foundation/model/attachment.ts';
import type { Platform } from '../foundation/model/image.ts';
import type { Problem } from '../foundation/model/problem.ts';
import { messageOf } from '../foundation/base/result.ts';
import { attachArtifact, detachArtifact } from '../registry/attach-artifact.ts';
import type { RegistryClient } from '../registry/client.ts';
import { RegistryError } from '../registry/error.ts';
import { findImages, readImageManifest, type ImageManifest } from '../registry/image-manifests.ts';
import { formatReference, parseReference, withDefaultTag, type ImageReference } from '../registry/reference.ts';
import { listReferrers } from '../registry/referrers.ts';
import { AttachError, readDocumentFile, toDocument, toDocuments, type AttachableDocument, type DocumentFile } from './attach-documents.ts';
import { annotationKeys, kindOf } from './attached-kinds.ts';
import type { ScanHooks, ScanOptions } from './engine.ts';
import { isReportOf } from './found-report.ts';
import { scanImage } from './scan-image.ts';
import { choosePlatform, createClient } from './shared-report.ts';

export { AttachError } from './attach-documents.ts';

export interface AttachOptions {
  /** Which image of several; absent: each. */
  readonly platform?: Platform;
  /** Absent or empty: each image is scanned, and its report and bill of materials are attached. */
  readonly files?: readonly { readonly kind: AttachmentKind; readonly path: string }[];
  /** True to take away what Plimsoll attached of the same kind before. */
  readonly replace?: boolean;
  /** Of the scan. */
  readonly scan?: Pick<ScanOptions, 'advisoriesFile' | 'exceptions' | 'useCache'>;
  readonly createdAt: Date;
}

/** The images that a reference stands for, and where. */
interface Place {
  readonly client: RegistryClient;
  readonly reference: ImageReference;
  readonly images: readonly ImageManifest[];
}

/**
 * Puts documents beside a pushed image, as referrers of its digest: the files that are named, or what a scan of it gives. The same content is not attached twice.
 * @throws {AttachError} when a file is not of the image · {RegistryError} · what scanImage throws
 */
export async function attach(text: string, options: AttachOptions, hooks: ScanHooks = {}): Promise<AttachResult> {
  const files = await Promise.all((options.files ?? []).map(({ kind, path }) => readDocumentFile(kind, path)));
  const place = await findPlace(text, options, hooks);
  const problems: Problem[] = [];
  const wanted = files.length === 0 ? place.images : place.images.filter((image) => files.some((file) => isFor(file, image, place)));
  for (const file of files) if (!wanted.some((image) => isFor(file, image, place))) throw notOfImage(file, place);
  const images: AttachedImage[] = [];
  for (const image of wanted) {
    const documents =
      files.length === 0
        ? await scanForDocuments(place, image, options, hooks, problems)
        : files.filter((file) => isFor(file, image, place)).map((file) => toDocument(file, image, nameOf(place.reference), options.createdAt));
    const attached: AttachedDocument[] = [];
    for (const document of documents) attached.push(...(await attachDocument(place, image, document, options.replace === true, problems)));
    images.push({ digest: image.descriptor.digest, platform: image.platform, documents: attached });
  }
  return { schemaVersion: 1, reference: formatReference(place.reference), images, problems };
}

/** Takes away everything that Plimsoll attached to an image. @throws {RegistryError} */
export async function detachAll(text: string, options: Pick<AttachOptions, 'platform'>, hooks: ScanHooks = {}): Promise<AttachResult> {
  const { client, reference, images } = await findPlace(text, options, hooks);
  const done: AttachedImage[] = [];
  for (const { descriptor, platform } of images) {
    const documents: AttachedDocument[] = [];
    for (const referrer of await listReferrers(client, reference.repository, descriptor.digest)) {
      const kind = kindOf(referrer);
      if (kind === undefined) continue;
      await detachArtifact(client, reference.repository, descriptor.digest, referrer.digest);
      documents.push({ kind, artifactType: referrer.artifactType, digest: referrer.digest, outcome: 'removed' });
    }
    done.push({ digest: descriptor.digest, platform, documents });
  }
  return { schemaVersion: 1, reference: formatReference(reference), images: done, problems: [] };
}

async function findPlace(text: string, { platform }: Pick<AttachOptions, 'platform'>, hooks: ScanHooks): Promise<Place> {
  const parsed = parseReference(text);
  if (parsed === undefined) throw new AttachError(`${JSON.stringify(text)} is not the name of an image. Write it as REGISTRY/REPOSITORY:TAG.`);
  const reference = withDefaultTag(parsed);
  const http: HttpClient = withPatience(createHttpClient());
  const client = createClient(reference, hooks, http);
  const { manifests } = await findImages(client, reference);
  const chosen = platform === undefined ? manifests : [choosePlatform(manifests, platform)].filter((manifest) => manifest !== undefined);
  if (chosen.length === 0)
    throw new AttachError(`${formatReference(reference)} ${platform === undefined ? 'holds no image' : 'has no image for that platform'}`);
  const images = await mapInParallel(chosen, MAX_REQUESTS_AT_ONCE, (manifest) => readImageManifest(client, reference.repository, manifest));
  return { client, reference, images };
}

/** A report says which image it is of; a bill of materials or a VEX document is taken for the only one there is. */
function isFor({ report }: DocumentFile, image: ImageManifest, { images }: Place): boolean {
  return report === undefined ? images.length === 1 : isReportOf(report, image);
}

function notOfImage({ path, report }: DocumentFile, { reference, images }: Place): AttachError {
  return report === undefined
    ? new AttachError(`${formatReference(reference)} has images for ${images.length} platforms: say with --platform which one ${path} is of`)
    : new AttachError(`${path} is the report of another image: its layers or platform are not those of ${formatReference(reference)}`);
}

async function scanForDocuments(
  { reference }: Place,
  image: ImageManifest,
  { scan, createdAt }: AttachOptions,
  hooks: ScanHooks,
  problems: Problem[],
): Promise<readonly AttachableDocument[]> {
  const { registry, repository } = reference;
  const digest = image.descriptor.digest;
  const report = await scanImage({ kind: 'registry', reference: formatReference({ registry, repository, digest }) }, { ...scan }, hooks);
  problems.push(...report.problems);
  return toDocuments(report, image, nameOf(reference), createdAt);
}

async function attachDocument(
  { client, reference: { repository } }: Place,
  { descriptor }: ImageManifest,
  document: AttachableDocument,
  replaces: boolean,
  problems: Problem[],
): Promise<readonly AttachedDocument[]> {
  const { kind, artifactType, annotations } = document;
  const before = (await listReferrers(client, repository, descriptor.digest, artifactType)).filter((referrer) => kindOf(referrer) === kind);
  const same = before.find((referrer) => referrer.annotations[annotationKeys.content] === annotations[annotationKeys.content]);
  const digest = same?.digest ?? (await attachArtifact(client, repository, descriptor, { ...document, mediaType: artifactType }));
  const attached: AttachedDocument[] = [{ kind, artifactType, digest, outcome: same === undefined ? 'attached' : 'already-there' }];
  for (const older of replaces ? before.filter((referrer) => referrer.digest !== digest) : []) {
    try {
      await detachArtifact(client, repository, descriptor.digest, older.digest);
      attached.push({ kind, artifactType, digest: older.digest, outcome: 'removed' });
    } catch (error) {
      if (!(error instanceof RegistryError) || error.code === 'aborted') throw error;
      problems.push({ code: 'permission', message: `What was attached before stays: ${messageOf(error)}` });
    }
  }
  return attached;
}

function nameOf({ registry, repository }: ImageReference): string {
  return `${registry}/${repository}`;
}
