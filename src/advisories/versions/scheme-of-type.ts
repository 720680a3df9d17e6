import type { PackageType } from '../../foundation/model/package.ts';
import type { VersionScheme } from './scheme.ts';
import { schemes } from './schemes.generated.ts';

const schemeIds: Readonly<Record<PackageType, string>> = {
  deb: 'dpkg',
  apk: 'apk',
  rpm: 'rpm',
  alpm: 'alpm',
  // opkg took its comparison from dpkg.
  opkg: 'dpkg',
  portage: 'portage',
  'windows-update': 'windows-build',
  cargo: 'cargo',
  cocoapods: 'cocoapods',
  composer: 'composer',
  conan: 'conan',
  conda: 'conda',
  cpan: 'cpan',
  cran: 'cran',
  gem: 'rubygems',
  generic: 'generic',
  golang: 'go',
  hackage: 'hackage',
  hex: 'hex',
  julia: 'julia',
  luarocks: 'luarocks',
  maven: 'maven',
  nix: 'nix',
  npm: 'semver',
  nuget: 'nuget',
  otp: 'otp',
  // PEAR compares with PHP's version_compare.
  pear: 'composer',
  pub: 'pub',
  pypi: 'pep440',
  swift: 'swift',
  // WordPress compares with PHP's version_compare.
  'wordpress-plugin': 'composer',
};

/** Returns the scheme of the versions of a package type, undefined for a type that nobody knows (a package URL may have any). */
export function schemeOfType(type: PackageType): VersionScheme;
export function schemeOfType(type: string): VersionScheme | undefined;
export function schemeOfType(type: string): VersionScheme | undefined {
  const id = Object.hasOwn(schemeIds, type) ? schemeIds[type as PackageType] : undefined;
  return schemes.find((scheme) => scheme.id === id);
}
