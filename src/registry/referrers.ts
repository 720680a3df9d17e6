import { MAX_REFERRERS } from '../foundation/base/limits.ts';
import { isDigest, type Digest } from '../foundation/model/brand.ts';
import type { RegistryClient } from './client.ts';
import { INDEX_MEDIA_TYPE } from './descriptor.ts';
import { RegistryError } from './error.ts';
import { isRecord, memberOf, parseJson, textOf } from './json.ts';
import { readList } from './pages.ts';

/** Something that refers to an image: a signature, an SBOM, a report. All of it is as the registry, or whoever pushed it, says. */
export interface Referrer {
  /** Of its manifest. */
  readonly digest: Digest;
  readonly mediaType: string;
  /** Of its manifest's config where it names no type of its own; '' where neither is told. */
  readonly artifactType: string;
  readonly sizeBytes: number;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface ReferrersList {
  readonly referrers: readonly Referrer[];
  /** `tag`: the registry has no referrers API, whoever adds something keeps the list under a tag. */
  readonly source: 'api' | 'tag';
}

/** The list that whoever adds something keeps. */
export interface TaggedReferrers {
  /** As stored, those that are not understood too: whoever writes the list back must not lose them. */
  readonly entries: readonly unknown[];
  readonly referrers: readonly Referrer[];
}

/** Answers of registries that do not know the referrers API. */
const UNSUPPORTED: ReadonlySet<number> = new Set([404, 405, 501]);

/**
 * Returns what refers to a digest, of one type when asked for; none is an empty list. Asks the referrers API and, where there is none, the tag that stands in for it.
 * @throws {RegistryError} @see OCI distribution-spec, listing referrers
 */
export async function listReferrers(client: RegistryClient, repository: string, digest: Digest, artifactType?: string): Promise<readonly Referrer[]> {
  return (await readReferrers(client, repository, digest, artifactType)).referrers;
}

/** Returns the same, and where it was found. @throws {RegistryError} */
export async function readReferrers(client: RegistryClient, repository: string, digest: Digest, artifactType?: string): Promise<ReferrersList> {
  const found = (await askApi(client, repository, digest, artifactType)) ?? {
    referrers: (await readReferrersTag(client, repository, digest))?.referrers ?? [],
    source: 'tag',
  };
  if (artifactType === undefined) return found;
  // Registries need not filter, and those that say they did (OCI-Filters-Applied) lose nothing by being checked.
  return { ...found, referrers: found.referrers.filter((referrer) => referrer.artifactType === artifactType) };
}

/** Returns the tag under which the list is kept where the registry keeps none itself. @see OCI distribution-spec, referrers tag schema */
export function referrersTag(digest: Digest): string {
  const [algorithm = '', hex = ''] = digest.split(':');
  return `${algorithm}-${hex.slice(0, 64)}`;
}

/** Returns the list kept under the tag, as it is stored; undefined when there is none. @throws {RegistryError} 'malformed' when something else is there */
export async function readReferrersTag(client: RegistryClient, repository: string, digest: Digest): Promise<TaggedReferrers | undefined> {
  const { registry } = client.session;
  const tag = referrersTag(digest);
  try {
    const manifest = await client.getManifest({ registry, repository, tag });
    const entries = entriesOf(parseJson(manifest.bytes));
    if (entries === undefined)
      throw new RegistryError('malformed', `the tag ${tag} of ${registry}/${repository} is no list of what refers to the image`);
    return { entries, referrers: toReferrers(entries, registry) };
  } catch (error) {
    if (error instanceof RegistryError && error.code === 'not-found') return undefined;
    throw error;
  }
}

/** Undefined where the registry has no such API. */
async function askApi(
  { session }: RegistryClient,
  repository: string,
  digest: Digest,
  artifactType: string | undefined,
): Promise<ReferrersList | undefined> {
  const query = artifactType === undefined ? '' : `?${new URLSearchParams({ artifactType }).toString()}`;
  const url = session.url(repository, 'referrers', digest) + query;
  const scope = `repository:${repository}:pull` as const;
  const found = new Map<Digest, Referrer>();
  const api = { isKnown: true };
  const pages = readList(session, { scope, url, accept: INDEX_MEDIA_TYPE, about: repository }, (page) => {
    const entries = entriesOf(parseJson(page.body));
    if (entries === undefined) {
      // A web page instead of an answer: whoever answers does not know the question.
      api.isKnown = found.size > 0 || page.headers['content-type']?.startsWith(INDEX_MEDIA_TYPE) === true;
      if (!api.isKnown) return undefined;
      throw new RegistryError('malformed', `${session.registry} sent no list of what refers to ${digest}`);
    }
    const fresh = toReferrers(entries, session.registry).filter((referrer) => !found.has(referrer.digest));
    for (const referrer of fresh) found.set(referrer.digest, referrer);
    if (found.size > MAX_REFERRERS) throw tooMany(session.registry);
    // A page of what was told before is one of an endless row; one that a filter left empty is not.
    return entries.length > 0 && fresh.length === 0 ? undefined : { fresh, isEmpty: entries.length === 0 };
  });
  try {
    // What stands on them is in `found`.
    while ((await pages.next()).done !== true);
    if (!api.isKnown) return undefined;
  } catch (error) {
    if (error instanceof RegistryError && error.status !== undefined && UNSUPPORTED.has(error.status)) return undefined;
    throw error;
  }
  return { referrers: [...found.values()], source: 'api' };
}

function entriesOf(document: unknown): readonly unknown[] | undefined {
  const entries = memberOf(document, 'manifests');
  if (textOf(document, 'mediaType') === undefined && memberOf(document, 'schemaVersion') !== 2) return undefined;
  return Array.isArray(entries) ? entries : undefined;
}

/** Entries that are no descriptors are left out. */
function toReferrers(entries: readonly unknown[], registry: string): readonly Referrer[] {
  if (entries.length > MAX_REFERRERS) throw tooMany(registry);
  return entries.flatMap((entry) => {
    const digest = memberOf(entry, 'digest');
    const sizeBytes = memberOf(entry, 'size');
    if (!isDigest(digest) || typeof sizeBytes !== 'number' || !Number.isSafeInteger(sizeBytes) || sizeBytes < 0) return [];
    const annotations = memberOf(entry, 'annotations');
    return {
      digest,
      mediaType: textOf(entry, 'mediaType') ?? '',
      artifactType: textOf(entry, 'artifactType') ?? '',
      sizeBytes,
      annotations: isRecord(annotations) ? onlyTexts(annotations) : {},
    };
  });
}

function onlyTexts(record: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(record).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

function tooMany(registry: string): RegistryError {
  return new RegistryError('too-large', `${registry} names more than ${MAX_REFERRERS} referrers of one image`);
}
