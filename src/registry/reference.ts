import { MAX_REFERENCE_LENGTH } from '../foundation/base/limits.ts';
import { isDigest, type Digest } from '../foundation/model/brand.ts';

/** A parsed image reference. @see https://github.com/distribution/reference/blob/main/reference.go */
export interface ImageReference {
  /** Host, with port when given: 'docker.io', 'harbor.example.com', 'localhost:5000'. */
  readonly registry: string;
  /** 'library/nginx', 'team/app/web'. */
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: Digest;
}

const DEFAULT_REGISTRY = 'docker.io';
const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?';
const HOST = new RegExp(`^(?:${LABEL}(?:\\.${LABEL})*|\\[[0-9A-Fa-f:.]+\\])(?::(\\d{1,5}))?$`);
const PATH_COMPONENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const IMAGE_ID = /^[0-9a-f]{64}$/;
const MAX_REPOSITORY_LENGTH = 255;

/**
 * Returns the reference that `text` names, as the docker CLI reads it, or undefined when it is none. `nginx` is docker.io/library/nginx; the first part is a host only when it has a dot,
 * a colon or a capital, or is `localhost`. The tag stays absent when it is not given.
 * @see https://github.com/distribution/reference/blob/main/normalize.go
 */
export function parseReference(text: string): ImageReference | undefined {
  if (text.length > MAX_REFERENCE_LENGTH || IMAGE_ID.test(text)) return undefined;
  const at = text.indexOf('@');
  const digest = at < 0 ? undefined : text.slice(at + 1);
  if (digest !== undefined && !isDigest(digest)) return undefined;

  const { registry, rest } = splitHost(at < 0 ? text : text.slice(0, at));
  if (!isHost(registry)) return undefined;
  const colon = rest.indexOf(':');
  const tag = colon < 0 ? undefined : rest.slice(colon + 1);
  if (tag !== undefined && !TAG.test(tag)) return undefined;
  const path = colon < 0 ? rest : rest.slice(0, colon);
  const repository = registry === DEFAULT_REGISTRY && !path.includes('/') ? `library/${path}` : path;
  if (!isRepository(repository)) return undefined;
  return { registry, repository, ...(tag === undefined ? {} : { tag }), ...(digest === undefined ? {} : { digest }) };
}

function splitHost(name: string): { registry: string; rest: string } {
  const slash = name.indexOf('/');
  const first = name.slice(0, Math.max(slash, 0));
  const isDomain = /[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase();
  if (!isDomain) return { registry: DEFAULT_REGISTRY, rest: name };
  return { registry: first === 'index.docker.io' ? DEFAULT_REGISTRY : first, rest: name.slice(slash + 1) };
}

function isHost(text: string): boolean {
  const match = HOST.exec(text);
  if (match === null || Number(match[1] ?? 0) > 65_535) return false;
  return !text.startsWith('[') || URL.canParse(`http://${text}`);
}

/** True for what can be the path of a repository: 'team/app/web'. */
export function isRepository(text: string): boolean {
  return text.length <= MAX_REPOSITORY_LENGTH && text.split('/').every((part) => PATH_COMPONENT.test(part));
}

export function isTag(text: string): boolean {
  return TAG.test(text);
}

/** Returns the reference in full: registry, repository, tag and digest. parseReference reads it back as the same. */
export function formatReference(reference: ImageReference): string {
  const tag = reference.tag === undefined ? '' : `:${reference.tag}`;
  const digest = reference.digest === undefined ? '' : `@${reference.digest}`;
  return `${reference.registry}/${reference.repository}${tag}${digest}`;
}

/** Returns the reference with the tag that docker would push when neither tag nor digest is given. */
export function withDefaultTag(reference: ImageReference): ImageReference {
  return reference.tag === undefined && reference.digest === undefined ? { ...reference, tag: 'latest' } : reference;
}

/** Returns the registry namespace an image lies in (Harbor's project, TCR's and ACR's namespace): the first part of its repository. Undefined when the repository has only one part. */
export function registryNamespaceOf(reference: ImageReference): string | undefined {
  const slash = reference.repository.indexOf('/');
  return slash < 0 ? undefined : reference.repository.slice(0, slash);
}
