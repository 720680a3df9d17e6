import type { VersionScheme } from './scheme.ts';
import { schemes } from './schemes.generated.ts';

/** Scheme of each ecosystem's buckets, 'npm::GitHub Security Advisory npm': those of trivy-db, then those that only other feeds fill. */
const schemeOfEcosystem: Readonly<Record<string, string>> = {
  bitnami: 'bitnami',
  cargo: 'cargo',
  cocoapods: 'cocoapods',
  composer: 'composer',
  conan: 'conan',
  erlang: 'hex',
  go: 'go',
  julia: 'julia',
  k8s: 'go',
  maven: 'maven',
  npm: 'semver',
  nuget: 'nuget',
  pip: 'pep440',
  pub: 'pub',
  rubygems: 'rubygems',
  swift: 'swift',
  conda: 'conda',
  cpan: 'cpan',
  cran: 'cran',
  hackage: 'hackage',
  luarocks: 'luarocks',
  nix: 'nix',
  otp: 'otp',
  'wordpress-plugin': 'composer',
};

/** Scheme of each distribution's buckets, 'debian 12': a family's name, alone or with a release behind it. */
const schemeOfFamily: Readonly<Record<string, string>> = {
  alma: 'rpm',
  alpine: 'apk',
  'amazon linux': 'rpm',
  archlinux: 'alpm',
  'Azure Linux': 'rpm',
  bottlerocket: 'rpm',
  'CBL-Mariner': 'rpm',
  chainguard: 'apk',
  debian: 'dpkg',
  echo: 'dpkg',
  minimos: 'apk',
  'openSUSE Leap': 'rpm',
  'openSUSE Leap Micro': 'rpm',
  'openSUSE Tumbleweed': 'rpm',
  'Oracle Linux': 'rpm',
  'Photon OS': 'rpm',
  'Red Hat': 'rpm',
  rocky: 'rpm',
  'SUSE Linux Enterprise': 'rpm',
  'SUSE Linux Enterprise Micro': 'rpm',
  ubuntu: 'dpkg',
  wolfi: 'apk',
  centos: 'rpm',
  fedora: 'rpm',
  gentoo: 'portage',
  openwrt: 'dpkg',
  windows: 'windows-build',
};

/**
 * Returns the scheme of the versions in a bucket of advisories: 'debian 12', 'Red Hat', 'npm::…'; the patched rebuilds of others ('seal alpine', 'root.io debian 12') follow the scheme of what
 * they rebuild. Undefined for a bucket that holds no versions ('Red Hat CPE') or that nobody knows.
 * @see https://github.com/aquasecurity/trivy-db/blob/main/pkg/vulnsrc/bucket/bucket.go
 */
export function schemeOfBucket(bucket: string): VersionScheme | undefined {
  const name = bucket.replace(/^(?:seal|root\.io) /, '');
  const ecosystem = /^(.*?)::/.exec(name)?.[1];
  const id = ecosystem === undefined ? own(schemeOfFamily, familyOf(name)) : own(schemeOfEcosystem, ecosystem);
  return schemes.find((scheme) => scheme.id === id);
}

/** A release is a number, the build in the case of Windows, or the name of what has none yet. */
function familyOf(name: string): string {
  return name.replace(/ (?:\d\S*|edge|sid|rawhide)$/, '');
}

/** A feed's name is no name of Object.prototype's. */
function own(table: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
