import type { InstalledPackage } from '../../foundation/model/package.ts';

/**
 * How vendors that package for Debian and Ubuntu mark the versions of what they build under the distribution's own names. A distribution's advisories compare with its own
 * versions, and say nothing of theirs.
 */
const vendorVersions: readonly RegExp[] = [
  // NodeSource: 20.10.0-1nodesource1
  /nodesource\d*$/,
  // PostgreSQL Global Development Group: 15.5-1.pgdg120+1
  /\.pgdg\d*/,
  // packages.sury.org: 8.2.14-1+0~20231221.56+debian12~1.gbp…
  /\+0~\d{8}\.\d+\+(?:debian|ubuntu)/,
  // MariaDB Foundation: 1:10.11.6+maria~deb12
  /\+maria~/,
  // nginx.org, Docker, MongoDB: 1.25.3-1~bookworm, 5:24.0.7-1~debian.12~bookworm
  /-\d+~(?:debian\.\d+~|ubuntu\.\d+\.\d+~)?(?:wheezy|jessie|stretch|buster|bullseye|bookworm|trixie|xenial|bionic|focal|jammy|noble)$/,
  // Percona: 8.0.35-27-1.bookworm
  /-\d+\.(?:wheezy|jessie|stretch|buster|bullseye|bookworm|trixie|xenial|bionic|focal|jammy|noble)$/,
];

/** Returns whether a deb's version, or that of its source, says that somebody else than the distribution built it. */
export function isVendorDeb({ version, sourcePackage }: InstalledPackage): boolean {
  return vendorVersions.some((pattern) => pattern.test(version) || (sourcePackage !== undefined && pattern.test(sourcePackage.version)));
}
