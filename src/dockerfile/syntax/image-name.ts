import type { DockerWord, ImageName } from './model.ts';

/** Returns the parts of an image reference whose ARG defaults were put in: `registry:5000/team/app:1.2@sha256:…`. */
export function parseImageName(word: DockerWord, resolved: string, kind: ImageName['kind'], unresolved: boolean): ImageName {
  const at = resolved.indexOf('@');
  const digest = at < 0 ? undefined : resolved.slice(at + 1);
  const name = at < 0 ? resolved : resolved.slice(0, at);
  const colon = name.lastIndexOf(':');
  const hasTag = colon > name.lastIndexOf('/') && !name.slice(colon).includes('}');
  const path = hasTag ? name.slice(0, colon) : name;
  const slash = path.indexOf('/');
  const host = slash < 0 ? '' : path.slice(0, slash);
  const isRegistry = /[.:]/.test(host) || host === 'localhost';
  return {
    word,
    resolved,
    kind,
    unresolved,
    registry: isRegistry ? host : undefined,
    repository: isRegistry ? path.slice(slash + 1) : path,
    tag: hasTag ? name.slice(colon + 1) : undefined,
    digest,
  };
}

/** True when an image with this name holds Windows, as far as its name tells. */
export function isWindowsImage(image: ImageName): boolean {
  const names = /(?:^|[/.:-])(?:nanoserver|servercore|windowsservercore|windows)(?:$|[/:-])/;
  return names.test(image.repository) || (image.tag !== undefined && names.test(`:${image.tag}`));
}
