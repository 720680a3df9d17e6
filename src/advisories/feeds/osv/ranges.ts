import { MAX_ADVISORY_RANGE_CHECKS, MAX_ADVISORY_VERSIONS } from '../../../foundation/base/limits.ts';
import { toRangeExpressions } from '../../versions/osv-range.ts';
import type { OsvEvent } from '../../versions/osv-range.ts';
import { isInRange } from '../../versions/range.ts';
import type { VersionScheme } from '../../versions/scheme.ts';
import type { JsonObject } from '../documents.ts';
import { isObject, objectsIn, textOf } from '../documents.ts';
import { factsIn, toFact } from '../facts.ts';

/** What one `affected` says of versions. `ranges` have an order: those between commits have none, and are left out. */
export interface OsvVersions {
  readonly ranges: readonly (readonly OsvEvent[])[];
  /** Named one by one. */
  readonly versions: readonly string[];
  readonly problems: readonly string[];
}

/** Returns the ranges and versions of one `affected`; a range that does not begin is read from the first version on, since whoever wrote it meant to name something. */
export function readVersions(affected: JsonObject): OsvVersions {
  const problems: string[] = [];
  let left = MAX_ADVISORY_VERSIONS;
  const ranges = objectsIn(affected.ranges)
    .filter((range) => range.type !== 'GIT')
    .map((range) => {
      const events = objectsIn(range.events).slice(0, left);
      left -= events.length;
      const known = events.flatMap((event) => toEvent(event) ?? []);
      if (known.length < events.length) problems.push('an event of a range says nothing that is known');
      if (known.length === 0) return [];
      if (known.some((event) => event.introduced !== undefined)) return known;
      problems.push('a range does not say where it begins');
      return [{ introduced: '0' }, ...known];
    })
    .filter((events) => events.length > 0);
  const versions = factsIn(affected.versions);
  if (left === 0 || versions.length > MAX_ADVISORY_VERSIONS)
    problems.push(`it names more than ${MAX_ADVISORY_VERSIONS} versions; the rest is left out`);
  return { ranges, versions: versions.slice(0, MAX_ADVISORY_VERSIONS), problems };
}

function toEvent(event: JsonObject): OsvEvent | undefined {
  const introduced = toFact(event.introduced);
  if (introduced !== undefined) return { introduced };
  const fixed = toFact(event.fixed);
  if (fixed !== undefined) return { fixed };
  const lastAffected = toFact(event.last_affected);
  if (lastAffected !== undefined) return { lastAffected };
  const limit = toFact(event.limit);
  return limit === undefined ? undefined : { limit };
}

/**
 * Returns expressions for all that is affected: '>=1.0, <1.2', '=2.0'. A version that is named and lies in a range already is not named again. `lastKnown` is where a range ends that has no other end,
 * as GitHub writes it beside the events: '<= 1.2.3'.
 */
export function toVulnerableVersions(scheme: VersionScheme, { ranges, versions }: OsvVersions, lastKnown?: string): readonly string[] {
  const expressions = ranges
    .flatMap((events) => toRangeExpressions(scheme, events))
    .map((expression) => (lastKnown === undefined || expression.includes('<') ? expression : `${expression}, ${lastKnown}`));
  // A list of a million versions beside a million ranges is not gone through: then both are kept.
  const isSmall = expressions.length * versions.length <= MAX_ADVISORY_RANGE_CHECKS;
  // A version that the scheme cannot read has no place in a range: it can only be found by its name.
  const isTold = (version: string): boolean => scheme.isValid(version) && expressions.some((expression) => isInRange(scheme, version, expression));
  const apart = isSmall ? versions.filter((version) => !isTold(version)) : versions;
  return [...new Set([...expressions, ...apart.map((version) => `=${version}`)])];
}

/** Returns the versions that put it right, each once, in the order in which the record names them; one that another of its ranges calls affected does not. */
export function fixedVersionsOf(scheme: VersionScheme, { ranges }: OsvVersions, vulnerableVersions: readonly string[]): readonly string[] {
  const fixes = [...new Set(ranges.flatMap((events) => events.flatMap((event) => event.fixed ?? [])))];
  // Of so many, those that are affected all the same cannot be told from the others: none of them clears.
  if (fixes.length * vulnerableVersions.length > MAX_ADVISORY_RANGE_CHECKS) return [];
  return fixes.filter((version) => !vulnerableVersions.some((range) => isInRange(scheme, version, range)));
}

/** Returns the end of an open range that GitHub keeps beside it, in our notation: '<=1.2.3'. */
export function lastKnownOf(affected: JsonObject): string | undefined {
  const text = isObject(affected.database_specific) ? textOf(affected.database_specific.last_known_affected_version_range) : undefined;
  const [, operator, version] = /^(<=?)\s*(\S+)$/.exec(text?.trim() ?? '') ?? [];
  return operator === undefined || toFact(version) === undefined ? undefined : `${operator}${version ?? ''}`;
}
