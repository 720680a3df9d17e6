import type { ImagePath, Purl } from './brand.ts';

/** The package manager that owns an installed package; it decides version scheme, advisories and fix commands. */
export type PackageType = 'deb' | 'apk' | 'npm' | 'pypi';

/** One package installed in an image. */
export interface InstalledPackage {
  readonly purl: Purl;
  readonly type: PackageType;
  readonly name: string;
  /** As the package manager prints it: epoch and revision included. */
  readonly version: string;
  readonly architecture?: string;
  /** dpkg Source / apk origin: what distributions file advisories under. Absent when it equals the package itself. */
  readonly sourcePackage?: { readonly name: string; readonly version: string };
  /** dpkg state config-files: removed, but its configuration files are left. `dpkg-query -W` lists it and so do we, but there is no program left that could be exploited. */
  readonly configOnly?: true;
  readonly licenses?: readonly string[];
  /** The file the package was read from (var/lib/dpkg/status, usr/lib/node_modules/x/package.json). */
  readonly files: readonly ImagePath[];
  /** Index into ScanReport.image.layers of the layer that brought in this version. */
  readonly layer: number;
}
