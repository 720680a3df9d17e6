import { askEngine, readAnswer } from '../../foundation/io/engine-connection.ts';
import { isRecord, memberOf, parseJson, textOf } from '../../registry/json.ts';
import type { PushEngine } from './engine-push.ts';
import { PushError } from './push-error.ts';

/** First version whose images may be for several platforms, and which tells them. */
const MANIFESTS_API_VERSION = 48;
/** First version that can be told to push one platform of several. */
const PUSH_PLATFORM_API_VERSION = 46;

/** Returns 'linux/amd64', 'linux/arm64' … of the images for several platforms that the engine holds under one name; nothing where it holds one, or is too old to tell. @throws {PushError} broken */
export async function listPlatforms(engine: PushEngine, id: string, signal?: AbortSignal): Promise<readonly string[]> {
  if (minorOf(engine) < MANIFESTS_API_VERSION) return [];
  const path = `/v${engine.apiVersion}/images/${encodeURIComponent(id)}/json?manifests=1`;
  const answer = await askEngine(engine.endpoint, { path, ...(signal === undefined ? {} : { signal }) });
  const told = answer.status === 200 ? parseJson(await readAnswer(answer)) : undefined;
  if (answer.status !== 200) answer.close();
  // Absent where the engine keeps one image under a name. Not to be told is no sign of that: what nobody scanned would be pushed.
  const manifests = isRecord(told) ? (memberOf(told, 'Manifests') ?? []) : undefined;
  if (!Array.isArray(manifests))
    throw new PushError('broken', `The engine at ${engine.endpoint.address} does not say for which platforms it holds the image. Try again.`);
  // What BuildKit says of how an image was built lies beside it as a manifest of its own kind; what was not pulled is not pushed.
  const images = manifests.filter((manifest: unknown) => textOf(manifest, 'Kind') === 'image' && memberOf(manifest, 'Available') === true);
  return images.map((image: unknown) => {
    const platform = memberOf(memberOf(image, 'ImageData'), 'Platform');
    return [textOf(platform, 'os'), textOf(platform, 'architecture'), textOf(platform, 'variant')]
      .filter((part) => part !== undefined && part !== '')
      .join('/');
  });
}

/** True when the engine can push one platform of several. */
export function pushesPlatforms(engine: PushEngine): boolean {
  return minorOf(engine) >= PUSH_PLATFORM_API_VERSION;
}

function minorOf({ apiVersion }: PushEngine): number {
  const [major = 0, minor = 0] = apiVersion.split('.').map(Number);
  return major > 1 ? Number.POSITIVE_INFINITY : minor;
}
