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
