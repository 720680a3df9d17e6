import type { Distro } from '../../foundation/model/image.ts';
import type { PackageType } from '../../foundation/model/package.ts';

/** Where the advisories of a language's packages are kept. */
const languagePrefixes: Readonly<Partial<Record<PackageType, string>>> = {
  cargo: 'cargo::',
  cocoapods: 'cocoapods::',
  composer: 'composer::',
  conan: 'conan::',
  gem: 'rubygems::',
  golang: 'go::',
  hex: 'erlang::',
  julia: 'julia::',
  maven: 'maven::',
  npm: 'npm::',
  nuget: 'nuget::',
  pub: 'pub::',
  pypi: 'pip::',
  swift: 'swift::',
};

/** Returns the beginning of the bucket names for a language's packages, undefined for a distribution's packages. */
export function languagePrefix(type: PackageType): string | undefined {
  return languagePrefixes[type];
}

/**
 * Returns the bucket of a distribution's release: 'debian 12', 'ubuntu 22.04', 'alpine 3.20', 'alpine edge'. Undefined for a distribution that is not matched and for a
 * release without a number (Debian testing and unstable have none).
 */
export function distroBucket(distro: Distro): string | undefined {
  const [, major, minor] = /^(\d+)(?:\.(\d+))?/.exec(distro.versionId) ?? [];
  if (major === undefined) return undefined;
  switch (distro.id) {
    case 'debian':
      return `debian ${major}`;
    case 'ubuntu':
      return minor === undefined ? undefined : `ubuntu ${major}.${minor}`;
    case 'alpine':
      // A snapshot of edge is named after the release to come: 3.21.0_alpha20240807.
      if (distro.versionId.includes('_')) return 'alpine edge';
      return minor === undefined ? undefined : `alpine ${major}.${minor}`;
    default:
      return undefined;
  }
}
