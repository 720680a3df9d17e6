import { PackageURL } from 'packageurl-js';
import type { Platform } from '../../foundation/model/image.ts';
import { formatReference, parseReference, type ImageReference } from '../../registry/reference.ts';
import type { VexName } from './exception.ts';

/** Longest package URL that is parsed: they come from files that anybody may have written. */
const MAX_PURL_LENGTH = 4096;

/** The image that statements may be about. */
export interface NamedImage {
  readonly reference?: string | undefined;
  readonly digest?: string | undefined;
  readonly platform: Platform;
}

/** A package URL in its parts; qualifiers by name. */
export interface PurlParts {
  readonly type: string;
  readonly namespace: string;
  readonly name: string;
  readonly version: string;
  readonly subpath: string;
  readonly qualifiers: ReadonlyMap<string, string>;
}

/** Returns the parts of a package URL, names in the spelling that its type compares them in; undefined when it is none. */
export function parsePurl(text: string): PurlParts | undefined {
  if (!text.startsWith('pkg:') || text.length > MAX_PURL_LENGTH) return undefined;
  try {
    const { type, namespace, name, version, qualifiers, subpath } = PackageURL.fromString(text);
    return {
      type,
      namespace: namespace ?? '',
      name,
      version: version ?? '',
      subpath: subpath ?? '',
      qualifiers: new Map(Object.entries(qualifiers ?? {})),
    };
  } catch {
    return undefined;
  }
}

/** Returns whether `installed` is among what `wanted` names: the same type and name; version, qualifiers and subpath where `wanted` has them. */
export function coversPurl(wanted: PurlParts, installed: PurlParts): boolean {
  if (wanted.type !== installed.type || wanted.namespace !== installed.namespace || wanted.name !== installed.name) return false;
  if (wanted.version !== '' && wanted.version !== installed.version) return false;
  if (wanted.subpath !== '' && wanted.subpath !== installed.subpath) return false;
  return [...wanted.qualifiers].every(([name, value]) => installed.qualifiers.get(name) === value);
}

/** Returns whether one of the names or digests is the image's: its digest, its reference (`nginx` is docker.io/library/nginx; without a tag any tag), or a package URL of the types oci and docker. */
export function namesImage(name: VexName, image: NamedImage): boolean {
  const reference = image.reference === undefined ? undefined : parseReference(image.reference);
  const digests = [image.digest, reference?.digest].filter((digest) => digest !== undefined);
  if (name.digests.some((digest) => digests.includes(digest))) return true;
  return name.names.some((text) => {
    if (text.startsWith('pkg:')) return purlNamesImage(parsePurl(text), reference, digests, image.platform);
    if (digests.includes(text.toLowerCase())) return true;
    const named = parseReference(text);
    return named !== undefined && reference !== undefined && isSameImage(named, reference, digests);
  });
}

function isSameImage(named: ImageReference, reference: ImageReference, digests: readonly string[]): boolean {
  if (named.registry !== reference.registry || named.repository !== reference.repository) return false;
  // A digest says more than a tag that may have moved.
  if (named.digest !== undefined) return digests.includes(named.digest);
  return named.tag === undefined || named.tag === (reference.tag ?? 'latest');
}

/** @see https://github.com/package-url/purl-spec/blob/main/types-doc/oci-definition.md */
function purlNamesImage(purl: PurlParts | undefined, reference: ImageReference | undefined, digests: readonly string[], platform: Platform): boolean {
  if (purl === undefined || (purl.type !== 'oci' && purl.type !== 'docker')) return false;
  const { version, qualifiers } = purl;
  const architecture = qualifiers.get('arch');
  if (architecture !== undefined && architecture !== platform.architecture) return false;
  const byDigest = version.startsWith('sha256:') || version.startsWith('sha512:');
  if (byDigest) return digests.includes(version);
  if (reference === undefined) return false;
  const tag = version === '' ? qualifiers.get('tag') : version;
  if (tag !== undefined && tag !== (reference.tag ?? 'latest')) return false;
  return repositoriesOf(purl, reference).includes(formatReference({ registry: reference.registry, repository: reference.repository }));
}

/** The repositories that a package URL may mean. `repository_url` is the whole of it, or leaves the name out; without one an `oci` URL knows the last part of the name only. */
function repositoriesOf({ type, namespace, name, qualifiers }: PurlParts, reference: ImageReference): readonly string[] {
  const given = qualifiers
    .get('repository_url')
    ?.replace(/^https?:\/\//, '')
    .replace(/\/+$/, '');
  const path = namespace === '' ? name : `${namespace}/${name}`;
  if (given !== undefined) return [given, `${given}/${path}`].map(normalise);
  if (type === 'docker') return [normalise(path)];
  const last = reference.repository.slice(reference.repository.lastIndexOf('/') + 1);
  return last === name ? [formatReference({ registry: reference.registry, repository: reference.repository })] : [];
}

function normalise(repository: string): string {
  const parsed = parseReference(repository);
  return parsed === undefined ? repository : formatReference({ registry: parsed.registry, repository: parsed.repository });
}
