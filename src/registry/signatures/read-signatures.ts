import { MAX_SIGNATURE_BYTES, MAX_SIGNATURES, MAX_SIGNATURES_BYTES } from '../../foundation/base/limits.ts';
import { messageOf } from '../../foundation/base/result.ts';
import { isDigest, type Digest } from '../../foundation/model/brand.ts';
import type { Problem } from '../../foundation/model/problem.ts';
import type { SignatureKind } from '../../foundation/model/signature.ts';
import { RegistryError, type RegistryErrorCode } from '../error.ts';
import { isRecord, memberOf, parseJson, textOf } from '../json.ts';
import type { Referrer } from '../referrers.ts';
import type { SignatureStore } from './signature-store.ts';
import type { StoredContent, StoredSignature } from './stored-signature.ts';

export interface StoredSignatures {
  readonly signatures: readonly StoredSignature[];
  /** Why there may be more than those: not empty means that nobody can say that there are no others. */
  readonly problems: readonly Problem[];
}

export const NOTATION_TYPE = 'application/vnd.cncf.notary.signature';
/** Signatures of cosign that refer to the image instead of lying under a tag. */
const COSIGN_REFERRER_TYPE = 'application/vnd.dev.cosign.artifact.sig.v1+json';
const BUNDLE_TYPE = /^application\/vnd\.dev\.sigstore\.bundle(?:\.v\d\.\d)?\+json(?:;.{0,40})?$/;

/**
 * Returns every signature of a digest that a repository keeps: cosign's under its tag, sigstore bundles and Notation's among what refers to the image. Bounded by MAX_SIGNATURES of each place;
 * what is beyond, or cannot be read, is a problem. Throws only when cancelled.
 */
export async function readSignatures(store: SignatureStore, digest: Digest): Promise<StoredSignatures> {
  const reading = new Reading(store);
  await reading.readTag(signatureTag(digest));
  await reading.readReferrers(digest);
  return reading;
}

/** Returns the tag under which cosign keeps the signatures of a digest. @see https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md */
export function signatureTag(digest: Digest): string {
  return `${digest.replace(':', '-')}.sig`;
}

interface Layer {
  readonly digest: Digest;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly annotations: Readonly<Record<string, string>>;
}

class Reading implements StoredSignatures {
  readonly signatures: StoredSignature[] = [];
  readonly problems: Problem[] = [];
  readonly #store: SignatureStore;
  /** Many signatures of one image have the same payload. */
  readonly #blobs = new Map<Digest, StoredContent>();
  #sizeBytes = 0;

  constructor(store: SignatureStore) {
    this.#store = store;
  }

  async readTag(tag: string): Promise<void> {
    const manifest = await this.#try(`the signatures under the tag ${tag} cannot be read`, () => this.#store.manifest({ tag }));
    if (manifest !== undefined) await this.#readLayers('cosign', `tag ${tag}`, manifest);
  }

  async readReferrers(digest: Digest): Promise<void> {
    const referrers = (await this.#try('what refers to the image cannot be read', () => this.#store.referrers(digest))) ?? [];
    const signing = referrers.filter(({ artifactType }) => artifactType === '' || kindOf(artifactType) !== undefined);
    for (const referrer of this.#bounded(signing, 'the list of what refers to the image')) await this.#readReferrer(referrer);
  }

  async #readReferrer({ digest, artifactType }: Referrer): Promise<void> {
    const location = `referrer ${digest}`;
    const manifest = await this.#try(`the ${location} cannot be read`, async () => {
      const found = await this.#store.manifest({ digest });
      if (found === undefined) throw new RegistryError('not-found', 'the registry names it, but does not have it');
      return found;
    });
    if (manifest === undefined) return;
    // Lists that are kept under a tag do not always name the type.
    const kind = kindOf(artifactType === '' ? artifactTypeOf(manifest.bytes) : artifactType);
    if (kind !== undefined) await this.#readLayers(kind, location, manifest);
  }

  async #readLayers(
    kind: SignatureKind,
    location: string,
    { digest, bytes }: { readonly digest: Digest; readonly bytes: Uint8Array },
  ): Promise<void> {
    const layers = layersOf(bytes);
    const add = (place: string, layer: Pick<Layer, 'mediaType' | 'annotations'>, content: StoredContent): void => {
      const { mediaType, annotations } = layer;
      this.signatures.push({ kind, location: place, manifest: digest, mediaType, annotations, content });
    };
    if (layers === undefined || layers.length === 0 || (kind !== 'cosign' && layers.length > 1)) {
      const unread = layers === undefined ? 'what is there is no manifest with layers' : `its manifest has ${layers.length} layers`;
      add(location, { mediaType: '', annotations: {} }, { unread, isBroken: true });
      return;
    }
    for (const [index, layer] of this.#bounded(layers, location).entries())
      add(kind === 'cosign' ? `${location}, layer ${index + 1}` : location, layer, await this.#content(layer));
  }

  async #content({ digest, sizeBytes }: Layer): Promise<StoredContent> {
    const known = this.#blobs.get(digest);
    if (known !== undefined) return known;
    const content = await this.#fetch(digest, sizeBytes);
    this.#blobs.set(digest, content);
    return content;
  }

  async #fetch(digest: Digest, sizeBytes: number): Promise<StoredContent> {
    if (sizeBytes > MAX_SIGNATURE_BYTES || this.#sizeBytes + sizeBytes > MAX_SIGNATURES_BYTES)
      return { unread: `its ${sizeBytes} bytes are more than a signature has`, isBroken: false };
    this.#sizeBytes += sizeBytes;
    try {
      const bytes = await this.#store.blob(digest, MAX_SIGNATURE_BYTES);
      return bytes.length === sizeBytes ? { bytes } : { unread: `it has ${bytes.length} bytes, not the ${sizeBytes} that are told`, isBroken: true };
    } catch (error) {
      throwIfCancelled(error);
      return { unread: messageOf(error), isBroken: false };
    }
  }

  #bounded<T>(items: readonly T[], where: string): readonly T[] {
    if (items.length > MAX_SIGNATURES)
      this.problems.push({
        code: 'limit-exceeded',
        message: `${where} holds ${items.length} signatures; only the first ${MAX_SIGNATURES} were looked at`,
      });
    return items.slice(0, MAX_SIGNATURES);
  }

  async #try<T>(what: string, action: () => Promise<T>): Promise<T | undefined> {
    try {
      return await action();
    } catch (error) {
      throwIfCancelled(error);
      const code = error instanceof RegistryError ? problemCodeOf(error.code) : 'other';
      this.problems.push({ code, message: `${what}: ${messageOf(error)}` });
      return undefined;
    }
  }
}

/** Undefined for what is no manifest, or has a layer that is no descriptor. */
function layersOf(bytes: Uint8Array): readonly Layer[] | undefined {
  const layers = memberOf(parseJson(bytes), 'layers');
  if (!Array.isArray(layers)) return undefined;
  const read = layers.flatMap((layer): Layer[] => {
    const digest = memberOf(layer, 'digest');
    const sizeBytes = memberOf(layer, 'size');
    if (!isDigest(digest) || typeof sizeBytes !== 'number' || !Number.isSafeInteger(sizeBytes) || sizeBytes < 0) return [];
    return [{ digest, sizeBytes, mediaType: textOf(layer, 'mediaType') ?? '', annotations: onlyTexts(memberOf(layer, 'annotations')) }];
  });
  return read.length === layers.length ? read : undefined;
}

function onlyTexts(value: unknown): Readonly<Record<string, string>> {
  const entries = isRecord(value) ? Object.entries(value) : [];
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

function artifactTypeOf(manifest: Uint8Array): string {
  const document = parseJson(manifest);
  return textOf(document, 'artifactType') ?? textOf(memberOf(document, 'config'), 'mediaType') ?? '';
}

function kindOf(artifactType: string): SignatureKind | undefined {
  if (artifactType === NOTATION_TYPE) return 'notation';
  if (artifactType === COSIGN_REFERRER_TYPE) return 'cosign';
  return BUNDLE_TYPE.test(artifactType) ? 'sigstore-bundle' : undefined;
}

function throwIfCancelled(error: unknown): void {
  if (error instanceof RegistryError && error.code === 'aborted') throw error;
}

function problemCodeOf(code: RegistryErrorCode): Problem['code'] {
  switch (code) {
    case 'unauthenticated':
    case 'forbidden':
    case 'blocked':
      return 'permission';
    case 'too-large':
      return 'limit-exceeded';
    case 'malformed':
    case 'digest-mismatch':
    case 'not-found':
      return 'malformed';
    case 'rate-limited':
    case 'server-error':
    case 'timeout':
    case 'tls':
    case 'network':
    case 'aborted':
      return 'network';
  }
}
