import type { ScanReport } from '../../foundation/model/report.ts';

/**
 * Returns the package URL of an image: `pkg:oci/web@sha256:…?repository_url=registry.example.com/team/web&tag=1.0`. Undefined for one that has no reference.
 * @see https://github.com/package-url/purl-spec/blob/main/types-doc/oci-definition.md
 */
export function imagePurl({ image: { reference, digest } }: ScanReport): string | undefined {
  const [, repository, tag] = /^([^@]+?)(?::([^:/@]+))?(?:@.*)?$/.exec((reference ?? '').toWellFormed()) ?? [];
  if (repository === undefined) return undefined;
  const name = repository.slice(repository.lastIndexOf('/') + 1).toLowerCase();
  const version = digest === undefined ? '' : `@${encodeURIComponent(digest)}`;
  const qualifiers = [
    `repository_url=${encodeURIComponent(repository).replaceAll('%2F', '/')}`,
    ...(tag === undefined ? [] : [`tag=${encodeURIComponent(tag)}`]),
  ];
  return `pkg:oci/${encodeURIComponent(name)}${version}?${qualifiers.join('&')}`;
}
