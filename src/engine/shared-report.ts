import { messageOf } from '../foundation/base/result.ts';
import { createHttpClient } from '../foundation/io/http-client.ts';
import type { HttpClient } from '../foundation/io/http.ts';
import type { Platform } from '../foundation/model/image.ts';
import type { ScanReport } from '../foundation/model/report.ts';
import { findEngine, inspectEngineImage } from '../image/sources/docker-engine.ts';
import { hostArchitecture, pickPlatform } from '../image/sources/platform-choice.ts';
import { RegistryClient } from '../registry/client.ts';
import { findCredential } from '../registry/credentials.ts';
import { findImages, readImageManifest, type ImageManifest, type PlatformManifest } from '../registry/image-manifests.ts';
import { formatReference, parseReference, withDefaultTag, type ImageReference } from '../registry/reference.ts';
import { adoptReport, type AdoptedName } from './adopt-report.ts';
import type { ImageInput, ScanHooks, ScanOptions } from './engine.ts';
import { findReport } from './found-report.ts';

/** An image that is to be scanned, as its registry has it. */
interface SharedImage {
  readonly client: RegistryClient;
  readonly repository: string;
  readonly image: ImageManifest;
  readonly name: AdoptedName;
}

/** Most registries' names of one local image that are asked. */
const MAX_REPOSITORIES = 3;

/** Returns the report that somebody attached to the image in its registry, as a scan with `options` would give it; undefined when there is none that can be used, or the registry cannot be asked, of which `onNote` is told. */
export async function findSharedReport(input: ImageInput, options: ScanOptions, hooks: ScanHooks): Promise<ScanReport | undefined> {
  const now = new Date();
  hooks.onProgress?.({ message: 'Looking for a report in the registry' });
  try {
    for await (const { client, repository, image, name } of locate(input, options, hooks)) {
      const { found, refused } = await findReport(client, repository, image, now);
      for (const reason of refused) hooks.onNote?.(reason);
      if (found !== undefined) return await adoptReport(found, name, options, now);
    }
  } catch (error) {
    hooks.signal?.throwIfAborted();
    hooks.onNote?.(`No report was looked for in the registry: ${messageOf(error)}`);
  }
  return undefined;
}

function locate(input: ImageInput, options: ScanOptions, hooks: ScanHooks): AsyncGenerator<SharedImage> {
  if (input.kind === 'registry') return locateRemote(input.reference, options, hooks);
  return input.kind === 'engine' ? locatePulled(input, options, hooks) : nowhere();
}

async function* nowhere(): AsyncGenerator<never> {
  // What was saved to a file does not say where it came from.
}

async function* locateRemote(text: string, { platform }: ScanOptions, hooks: ScanHooks): AsyncGenerator<SharedImage> {
  const parsed = parseReference(text);
  if (parsed === undefined) return;
  const reference = withDefaultTag(parsed);
  const client = createClient(reference, hooks);
  const { digest, manifests } = await findImages(client, reference);
  const chosen = choosePlatform(manifests, platform);
  if (chosen === undefined) return;
  const image = await readImageManifest(client, reference.repository, chosen);
  yield { client, repository: reference.repository, image, name: { reference: formatReference(reference), digest } };
}

/** A local image says from which repositories it was pulled, or to which it was pushed; it is the one there whose layers are the same. */
async function* locatePulled(
  { reference, host }: Extract<ImageInput, { kind: 'engine' }>,
  options: ScanOptions,
  hooks: ScanHooks,
): AsyncGenerator<SharedImage> {
  const { signal } = hooks;
  const engine = await findEngine({ ...(host === undefined ? {} : { host }), ...(signal === undefined ? {} : { signal }) });
  const { repoDigests, platform: own, diffIds } = await inspectEngineImage(engine, reference, signal);
  const platform = options.platform ?? own;
  for (const pushed of repoDigests.flatMap((text) => parseReference(text) ?? []).slice(0, MAX_REPOSITORIES)) {
    const client = createClient(pushed, hooks);
    const chosen = choosePlatform((await findImages(client, pushed)).manifests, platform);
    if (chosen === undefined) continue;
    const image = await readImageManifest(client, pushed.repository, chosen);
    const isSame = diffIds.length === image.diffIds.length && diffIds.every((diffId, index) => diffId === image.diffIds[index]);
    if (isSame)
      yield { client, repository: pushed.repository, image, name: { reference, ...(pushed.digest === undefined ? {} : { digest: pushed.digest }) } };
  }
}

/** Returns the image that is meant, as a scan would choose it. */
export function choosePlatform(manifests: readonly PlatformManifest[], wanted: Platform | undefined): PlatformManifest | undefined {
  const [only, ...others] = manifests;
  if (others.length === 0 && (wanted === undefined || only?.platform === undefined)) return only;
  const candidates = manifests.flatMap((manifest) => (manifest.platform === undefined ? [] : [{ platform: manifest.platform, manifest }]));
  const systems = new Set(candidates.map(({ platform: { os } }) => os));
  const [system = 'linux'] = systems.size === 1 ? systems : [];
  return pickPlatform(candidates, wanted ?? { os: system, architecture: hostArchitecture() })?.manifest;
}

/** Returns a client for the registry of a reference, signed in as docker is. */
export function createClient({ registry, repository }: ImageReference, { signal }: ScanHooks, http: HttpClient = createHttpClient()): RegistryClient {
  return new RegistryClient({
    registry,
    http,
    credential: () => findCredential(registry, undefined, repository),
    ...(signal === undefined ? {} : { signal }),
  });
}
