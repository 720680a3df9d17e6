import type { InstalledPackage } from '../../foundation/model/package.ts';
import type { Problem } from '../../foundation/model/problem.ts';
import type { AdvisoryStore } from '../store/store.ts';
import { schemeOfBucket } from '../versions/scheme-of-bucket.ts';
import type { VersionScheme } from '../versions/scheme.ts';
import { unmatched, type Match } from './match-candidate.ts';
import type { MatchInput } from './match.ts';
import { distroBucket } from './platform.ts';

/** Returns what the distribution's own advisories say of its packages; a distribution that nothing is known of is a problem. */
export function matchSystem(packages: readonly InstalledPackage[], { distro, store }: MatchInput, problems: Problem[]): Match[] {
  if (distro === undefined) {
    if (packages.length > 0)
      problems.push(unmatched('unknown-distro', packages.length, 'the image does not say which distribution it is (no readable etc/os-release)'));
    return [];
  }
  const bucket = distroBucket(distro);
  const scheme = bucket === undefined ? undefined : schemeOfBucket(bucket);
  const name = distro.prettyName ?? `${distro.id} ${distro.versionId}`.trim();
  if (bucket === undefined || scheme === undefined) {
    problems.push(
      packages.length === 0
        ? {
            code: 'unknown-distro',
            message: `The system packages of ${name} were not checked for vulnerabilities: neither its package database nor its advisories are read by this version`,
          }
        : unmatched('unknown-distro', packages.length, `advisories for ${name} are not supported`),
    );
    return [];
  }
  if (!store.buckets(bucket).includes(bucket)) {
    problems.push(unmatched('no-advisories', packages.length, `the advisory database (${store.used.source}) holds nothing on ${name}`));
    return [];
  }
  return packages.flatMap((installed) => matchSystemPackage(installed, bucket, scheme, store));
}

function matchSystemPackage(installed: InstalledPackage, bucket: string, scheme: VersionScheme, store: AdvisoryStore): Match[] {
  const { name, version } = installed.sourcePackage ?? installed;
  return store.advisories(bucket, name).flatMap(({ id, advisory }) => {
    const { fixedVersion, affectedVersion } = advisory;
    // Alpine writes 0 for "was never affected".
    if (fixedVersion === '0') return [];
    if (fixedVersion !== undefined && scheme.compare(version, fixedVersion) >= 0) return [];
    if (affectedVersion !== undefined && scheme.compare(version, affectedVersion) < 0) return [];
    return [{ installed, bucket, id, advisory, ...(fixedVersion !== undefined && { fixedVersion }) }];
  });
}
