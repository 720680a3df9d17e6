import { evaluateRange, versionsNamed } from '../versions/range.ts';
import type { VersionScheme } from '../versions/scheme.ts';
import type { StoredAdvisory } from '../store/record.ts';

/**
 * Returns whether a version is affected by an advisory made of ranges: it must lie in a vulnerable one, if there are any, and in no patched or unaffected one. Undefined
 * when that hangs on a range that cannot be read.
 */
export function isAffected(scheme: VersionScheme, version: string, advisory: StoredAdvisory): boolean | undefined {
  const vulnerable = advisory.vulnerableVersions ?? [];
  const secure = [...(advisory.patchedVersions ?? []), ...(advisory.unaffectedVersions ?? [])];
  if (vulnerable.length === 0 && secure.length === 0) return false;
  const inVulnerable = vulnerable.length === 0 || anyHolds(scheme, version, vulnerable);
  if (inVulnerable !== true) return inVulnerable;
  // A patched range that cannot be read does not clear anybody.
  return anyHolds(scheme, version, secure) !== true;
}

/** Returns the lowest version above `version` that the advisory calls fixed, undefined when it names none. */
export function findFixedVersion(scheme: VersionScheme, version: string, advisory: StoredAdvisory): string | undefined {
  const patched = (advisory.patchedVersions ?? []).flatMap((range) => versionsNamed(range, ['', '=', '==', '>=', '^', '~', '~=']));
  const bounds = (advisory.vulnerableVersions ?? []).flatMap((range) => versionsNamed(range, ['<']));
  return lowestAbove(scheme, version, patched) ?? lowestAbove(scheme, version, bounds);
}

function anyHolds(scheme: VersionScheme, version: string, ranges: readonly string[]): boolean | undefined {
  const answers = ranges.map((range) => evaluateRange(scheme, version, range));
  return answers.includes(true) || (answers.includes(undefined) ? undefined : false);
}

function lowestAbove(scheme: VersionScheme, version: string, candidates: readonly string[]): string | undefined {
  const above = candidates.filter((candidate) => scheme.isValid(candidate) && scheme.compare(candidate, version) > 0);
  return above.sort((a, b) => scheme.compare(a, b))[0];
}
