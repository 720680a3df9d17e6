import type { ImagePath, Purl } from './brand.ts';

/** Package managers of distributions. Their packages are matched against the distribution's own advisories only. */
export const systemPackageTypes = ['deb', 'apk', 'rpm', 'alpm', 'opkg', 'portage', 'windows-update'] as const;

/** Package managers of languages and applications; 'generic' is a program that no package manager installed. */
export const applicationPackageTypes = [
  'cargo',
  'cocoapods',
  'composer',
  'conan',
  'conda',
  'cpan',
  'cran',
  'gem',
  'generic',
  'golang',
  'hackage',
  'hex',
  'julia',
  'luarocks',
  'maven',
  'nix',
  'npm',
  'nuget',
  'otp',
  'pear',
  'pub',
  'pypi',
  'swift',
  'wordpress-plugin',
] as const;

export type SystemPackageType = (typeof systemPackageTypes)[number];
/**
 * The package manager that owns an installed package; it decides version scheme, advisories and fix commands. Named as in package URLs where they have a type for it.
 * @see https://github.com/package-url/purl-spec/blob/main/PURL-TYPES.rst
 */
export type PackageType = SystemPackageType | (typeof applicationPackageTypes)[number];

const systemTypes: ReadonlySet<PackageType> = new Set(systemPackageTypes);

/** True for the package managers of distributions. */
export function isSystemType(type: PackageType): type is SystemPackageType {
  return systemTypes.has(type);
}

/** One package installed in an image. */
export interface InstalledPackage {
  readonly purl: Purl;
  readonly type: PackageType;
  /** As its package manager names it, namespace included: `@babel/core`, `org.apache.logging.log4j:log4j-core`, `github.com/spf13/cobra`, `symfony/http-kernel`. */
  readonly name: string;
  /** As the package manager prints it: epoch and revision included (`1:2.34-5.el9` of rpm, no epoch when it is 0 or not set). */
  readonly version: string;
  readonly architecture?: string;
  /** dpkg Source / apk origin / rpm source package: what distributions file advisories under. Absent when it equals the package itself. */
  readonly sourcePackage?: { readonly name: string; readonly version: string };
  /** dpkg state config-files: removed, but its configuration files are left. `dpkg-query -W` lists it and so do we, but there is no program left that could be exploited. */
  readonly configOnly?: true;
  /** A lock file names it, but no installed copy was seen: the application may or may not have been built with it. */
  readonly declaredOnly?: true;
  /** rpm: the module stream it was built in, `nodejs:18:8060020220523155437:ad008a3a`. */
  readonly modularityLabel?: string;
  /** rpm: who built it, as the package says. */
  readonly vendor?: string;
  /** A package manager of a distribution installed it, but somebody else built it and says so in it: no distribution publishes advisories about it. */
  readonly thirdParty?: true;
  /** A library or program that such a package brought: that package's name. What mends it is the next version of that package. */
  readonly broughtBy?: string;
  readonly licenses?: readonly string[];
  /** Names of the packages it needs, as its package manager gives them, when the database says so. */
  readonly dependencies?: readonly string[];
  /** The file the package was read from (var/lib/dpkg/status, usr/lib/node_modules/x/package.json). */
  readonly files: readonly ImagePath[];
  /** Where inside that file, when it is an archive: `BOOT-INF/lib/log4j-core-2.14.1.jar`, each level after a `!`; of a registry hive of Windows the key. */
  readonly insideArchive?: string;
  /** Index into ScanReport.image.layers of the layer that brought in this version. */
  readonly layer: number;
}
