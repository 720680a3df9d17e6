import { sortFew } from '../sort-few.ts';
import type { AdvisoryEntry } from '../store/record.ts';
import { compareSubjects, isEveryVersion, isIn, toSubject, versionsIn, type Subject } from './language-ranges.ts';

/**
 * Returns whether a version is affected by an advisory made of ranges: it must lie in a vulnerable one, if there are any, and in no patched or unaffected one. Where the two overlap, the patched one
 * counts: sources write the vulnerable range of a whole line and name the releases that got the fix. An advisory without any range affects nobody, one whose only patched version is empty everybody.
 *
 * Undefined when that hangs on a range that cannot be read. Of a version that the scheme cannot read, all that can be asked is whether a range names it or holds for every version; it is undefined
 * otherwise.
 */
export function isAffected(subject: Subject, advisory: AdvisoryEntry): boolean | undefined {
  const { vulnerableVersions = NONE, patchedVersions = NONE, unaffectedVersions = NONE } = advisory;
  if (vulnerableVersions.length + patchedVersions.length + unaffectedVersions.length === 0) return false;
  const inVulnerable = vulnerableVersions.length === 0 || anyHolds(subject, vulnerableVersions);
  if (inVulnerable === false) return false;
  const inPatched = anyHolds(subject, patchedVersions, isWritten);
  if (inPatched === true) return false;
  const inUnaffected = anyHolds(subject, unaffectedVersions, isWritten);
  if (inUnaffected === true) return false;
  // A patched range that cannot be read clears nobody, but where there is no vulnerable one, it accuses nobody either.
  return vulnerableVersions.length === 0 && (inPatched === undefined || inUnaffected === undefined) ? undefined : inVulnerable;
}

const NONE: readonly string[] = [];

/** Returns the condition that makes a version affected, for people to read: the vulnerable range that it lies in, or the patched ones that it does not. */
export function describeAffected(subject: Subject, advisory: AdvisoryEntry): string {
  const range = (advisory.vulnerableVersions ?? []).find((candidate) => isIn(subject, candidate) === true);
  if (range !== undefined) return isEveryVersion(range) ? 'all versions' : range.trim();
  const secure = [...(advisory.patchedVersions ?? []), ...(advisory.unaffectedVersions ?? [])].filter(isWritten);
  return secure.length === 0 ? 'all versions' : `not ${secure.join(' or ')}`;
}

/**
 * Returns the lowest version above `version` that an advisory calls fixed and that none of them calls affected, so that one upgrade is enough whoever is asked; as lines of development follow each
 * other, it is of the same line where that has a fix. A release goes before a pre-release, unless a pre-release is installed. When the advisories contradict each other, so that no version would do, the
 * first of them that names a fix counts. Undefined when none does.
 */
export function findFixedVersion(subject: Subject, advisories: readonly AdvisoryEntry[]): string | undefined {
  if (!subject.isValid) return undefined;
  const releases: Subject[] = [];
  const preReleases: Subject[] = [];
  const isAnyWelcome = isPreRelease(subject);
  for (const version of fixedVersionsOf(advisories)) {
    const upgrade = toSubject(subject.scheme, version);
    if (!upgrade.isValid || compareSubjects(upgrade, subject) <= 0) continue;
    if (isAnyWelcome || !isPreRelease(upgrade)) releases.push(upgrade);
    else preReleases.push(upgrade);
  }
  const fixed = lowestClear(releases, advisories) ?? lowestClear(preReleases, advisories);
  if (fixed !== undefined || advisories.length < 2) return fixed?.version;
  for (const advisory of advisories) {
    const own = findFixedVersion(subject, [advisory]);
    if (own !== undefined) return own;
  }
  return undefined;
}

function lowestClear(upgrades: Subject[], advisories: readonly AdvisoryEntry[]): Subject | undefined {
  for (const upgrade of sortFew(upgrades, compareSubjects)) if (isClear(upgrade, advisories)) return upgrade;
  return undefined;
}

function isClear(upgrade: Subject, advisories: readonly AdvisoryEntry[]): boolean {
  for (const advisory of advisories) if (isAffected(upgrade, advisory) === true) return false;
  return true;
}

/** What advisories name as fixed: patched versions, the ends of vulnerable ranges, and where unaffected ones begin. Not all of it is: the end of one range may be the beginning of the next. */
function fixedVersionsOf(advisories: readonly AdvisoryEntry[]): ReadonlySet<string> {
  const named = new Set<string>();
  for (const { patchedVersions = NONE, vulnerableVersions = NONE, unaffectedVersions = NONE } of advisories) {
    for (const range of patchedVersions) for (const version of versionsIn(range, PATCHED)) named.add(version);
    for (const range of vulnerableVersions) for (const version of versionsIn(range, END)) named.add(version);
    for (const range of unaffectedVersions) for (const version of versionsIn(range, BEGINNING)) named.add(version);
  }
  return named;
}

const PATCHED: readonly string[] = ['', '=', '==', '>=', '^', '~', '~='];
const END: readonly string[] = ['<'];
const BEGINNING: readonly string[] = ['>='];

/** Undefined when none holds, and one of them cannot be read. Those that do not count are passed over. */
function anyHolds(subject: Subject, ranges: readonly string[], counts?: (range: string) => boolean): boolean | undefined {
  let answer: boolean | undefined = false;
  for (let index = 0; index < ranges.length; index += 1) {
    const range = ranges[index] ?? '';
    if (counts?.(range) === false) continue;
    const held = isIn(subject, range);
    if (held === true) return true;
    if (held === undefined) answer = undefined;
  }
  return answer;
}

/** An empty patched version is how some databases write that there is none. */
function isWritten(range: string): boolean {
  return range.trim() !== '';
}

/** No scheme has a word for it that all others share; what is taken for one wrongly only loses its place before others. The end of a Go pseudo-version is a commit. */
function isPreRelease({ version, leading }: Subject): boolean {
  return leading?.isWhole !== true && PRE_RELEASE.test(version.replace(/-?\b\d{14}-[0-9a-f]{12}$/, ''));
}

const PRE_RELEASE = /[\d._+-](?:a|alpha|b|beta|c|cr|rc|pre|preview|dev|snapshot|m|milestone|ea|canary|nightly|next)(?=[\d._+-]|$)/i;
