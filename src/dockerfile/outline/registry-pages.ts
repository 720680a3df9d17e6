import type { ImageName } from '../syntax/model.ts';

/** Where registries show an image to people; `repository` is without the registry's name. Only registries whose addresses can be told from the name are here. */
const pages: Readonly<Record<string, (repository: string) => string | undefined>> = {
  'docker.io': dockerHub,
  'index.docker.io': dockerHub,
  'registry-1.docker.io': dockerHub,
  'quay.io': (repository) => (repository.split('/').length === 2 ? `https://quay.io/repository/${repository}` : undefined),
  'ghcr.io': (repository) => (repository.includes('/') ? `https://ghcr.io/${repository}` : undefined),
  'mcr.microsoft.com': (repository) => `https://mcr.microsoft.com/artifact/mar/${repository}/about`,
  'public.ecr.aws': (repository) => (repository.includes('/') ? `https://gallery.ecr.aws/${repository}` : undefined),
  'cgr.dev': (repository) =>
    repository.startsWith('chainguard/')
      ? `https://images.chainguard.dev/directory/image/${repository.slice('chainguard/'.length)}/overview`
      : undefined,
};

/** Returns the address of the page that tells what an image is; undefined where its registry has none, or its name is not whole. */
export function registryPageOf({
  kind,
  unresolved,
  registry,
  repository,
}: Pick<ImageName, 'kind' | 'unresolved' | 'registry' | 'repository'>): string | undefined {
  if (kind !== 'image' || unresolved || !/^[a-z0-9]+(?:[._/-]+[a-z0-9]+)*$/.test(repository)) return undefined;
  const host = (registry ?? 'docker.io').toLowerCase();
  return Object.hasOwn(pages, host) ? pages[host]?.(repository) : undefined;
}

function dockerHub(repository: string): string | undefined {
  const [first = '', second, ...rest] = repository.split('/');
  if (rest.length > 0) return undefined;
  if (second === undefined) return `https://hub.docker.com/_/${first}`;
  return first === 'library' ? `https://hub.docker.com/_/${second}` : `https://hub.docker.com/r/${first}/${second}`;
}
