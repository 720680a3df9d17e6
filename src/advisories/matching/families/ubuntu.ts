import type { Distro } from '../../../foundation/model/image.ts';
import type { InstalledPackage } from '../../../foundation/model/package.ts';
import { buildVariant } from '../../store/build-variant.ts';
import type { AdvisoryStore } from '../../store/store.ts';
import { entriesOf, type AdvisoryEntry } from '../../store/record.ts';
import { debSourceOf } from '../deb-source.ts';
import { majorMinorOf, type Family, type LookUp, type NotLookedUp } from '../family.ts';
import { isVendorDeb } from '../vendor-debs.ts';

/**
 * Ubuntu, by its CVE tracker.
 *
 * - Filed under source packages with versions of sources, as Debian's; by the OVAL definitions of notices under binary ones. A notice names every flaw that it fixes in any release, those that are not in this one
 *   too, and the tracker says of each release: notices are asked only of packages that the tracker says nothing of, as of a release that it does not have.
 * - Releases are year and month. What Ubuntu Pro fixes names its service, or stands in `ubuntu <release>-ESM`: Expanded Security Maintenance of the base (esm-infra) after the release's five years, and
 *   of universe (esm-apps) from the beginning. Such a fix counts as one only in an image that is attached to that service; in any other the package is affected and the fix is told
 *   as what Ubuntu Pro has. A package at a version from there is fixed either way.
 * - FIPS builds (`1.1.1f-1ubuntu2.fips.2.8`) are certified at an old version and fixed on their own: their version compares higher than every fix of the normal one and would be
 *   taken for fixed. Only entries of the services fips and fips-updates speak of them, and where the database has none of a package it is said not to be checked.
 * - `needed`, `pending` and `deferred` mean affected; `ignored` will not be fixed; `needs-triage` says that nobody has looked yet, which is no word on the package.
 * - Builds of vendors are left out as for Debian. A PPA's cannot be told from Ubuntu's.
 * - Severity: the tracker's priority, else NVD's.
 *
 * @see https://git.launchpad.net/ubuntu-cve-tracker/tree/README
 * @see https://ubuntu.com/security/esm
 */
export const family: Family = {
  id: 'ubuntu',
  covers: ({ id }) => id === 'ubuntu',
  plan(distro, store) {
    const release = majorMinorOf(distro);
    if (release === undefined) return undefined;
    return {
      packageTypes: ['deb'],
      buckets: [`ubuntu ${release}`, `ubuntu ${release}-ESM`],
      release: { distribution: 'ubuntu', version: release },
      // Who has a FIPS build has the service: the entries of others are not about it.
      services: [...(distro.extendedSupport ?? []), 'fips', 'fips-updates'],
      lookUp: (installed) => lookUp(installed, release, distro, store),
      appliesTo: (entry, _, version) => isOfFips(entry) === (buildVariant(version) === 'fips'),
    };
  },
};

function lookUp(installed: InstalledPackage, release: string, distro: Distro, store: AdvisoryStore): readonly LookUp[] | NotLookedUp {
  if (isVendorDeb(installed)) return { kind: 'foreign' };
  const { name: packageName, version } = debSourceOf(installed);
  const bucket = `ubuntu ${release}`;
  const names = [packageName, installed.name];
  if (buildVariant(version) === 'fips' && !names.some((name) => hasFipsEntries(bucket, name, store))) {
    const why = `FIPS builds have advisories of their own, and the advisory database (${store.used.source}) holds none of them for ${distro.prettyName ?? `Ubuntu ${release}`}`;
    return { kind: 'unknown', why };
  }
  return [
    { bucket, packageName, version },
    { bucket: `ubuntu ${release}-ESM`, packageName, version, service: 'esm' },
    ...(isTracked(bucket, packageName, store)
      ? []
      : [{ bucket, packageName: installed.name, version: installed.version, filedUnder: 'binary' } as const]),
  ];
}

function isTracked(bucket: string, source: string, store: AdvisoryStore): boolean {
  return store.advisories(bucket, source).some(({ advisory }) => entriesOf(advisory).some(({ filedUnder }) => filedUnder !== 'binary'));
}

function hasFipsEntries(bucket: string, packageName: string, store: AdvisoryStore): boolean {
  return store.advisories(bucket, packageName).some(({ advisory }) => entriesOf(advisory).some(isOfFips));
}

function isOfFips({ service }: AdvisoryEntry): boolean {
  return service?.startsWith('fips') === true;
}
