import { MAX_REMEMBERED_VERDICTS } from '../../foundation/base/limits.ts';
import { compareText } from '../../foundation/base/order.ts';
import type { InstalledPackage, PackageType } from '../../foundation/model/package.ts';
import type { Problem } from '../../foundation/model/problem.ts';
import { entriesOf, type AdvisoryEntry, type StoredAdvisory } from '../store/record.ts';
import { hasRanges } from '../store/merge-ranges.ts';
import type { AdvisoryStore } from '../store/store.ts';
import { describeAffected, findFixedVersion, isAffected } from './language-advisory.ts';
import { isMissing, isUncovered, sourcesOf } from './language-ecosystems.ts';
import { groupByVulnerability, type Candidate, type Group } from './language-merge.ts';
import { identityOf, versionInStore } from './language-names.ts';
import { toSubject, type Subject } from './language-ranges.ts';
import { unmatched, type Match } from './match-candidate.ts';
import type { MatchResult } from './match.ts';

/** What a container of the image runs on. Some flaws are those of one system only: Go's and Rust's records name them. */
export type ImageSystem = 'linux' | 'windows';

/** What every source says of one version of one package, whichever copy of it. */
interface Verdict {
  readonly matches: readonly Omit<Match, 'installed'>[];
  /** What could not be judged, for people to read. */
  readonly doubt?: string;
}

/** A record that affects a package, with what it was looked up by. */
interface Found extends Candidate {
  readonly subject: Subject;
  readonly name: string;
  /** All that the record says of this system, what affects the package and what does not. */
  readonly record: readonly AdvisoryEntry[];
}

/**
 * Returns what the sources for a language say of its packages, each vulnerability once for each copy. A package is looked up by name in every source for its ecosystem; which names those are, where they
 * lie, what a range means and how several records become one finding is said in language-names, language-ecosystems, language-advisory and language-merge. What is limited to other systems than the
 * image's is left out.
 */
export function matchLanguage(
  packages: readonly InstalledPackage[],
  store: AdvisoryStore,
  problems: Problem[],
  system: ImageSystem = 'linux',
): readonly Match[] {
  problems.push(...tellMissing(packages, store));
  const matches: Match[] = [];
  for (const installed of withoutTwins(packages)) {
    const { matches: found, doubt } = judgeOnce(installed, store, system);
    if (doubt !== undefined) problems.push(unreadable(installed, doubt));
    for (const match of found) matches.push({ installed, ...match });
  }
  return withoutEchoes(matches);
}

/** Verdicts of an open store, which does not change: images have most of their packages in common, and one package lies in an image in many places. */
const verdicts = new WeakMap<AdvisoryStore, Map<string, Verdict>>();

function judgeOnce(installed: InstalledPackage, store: AdvisoryStore, system: ImageSystem): Verdict {
  let known = verdicts.get(store);
  if (known === undefined) verdicts.set(store, (known = new Map<string, Verdict>()));
  const key = `${system}\0${installed.type}\0${installed.name}\0${installed.version}`;
  const remembered = known.get(key);
  if (remembered !== undefined) return remembered;
  const verdict = judgePackage(installed, store, system);
  if (known.size >= MAX_REMEMBERED_VERDICTS) known.clear();
  known.set(key, verdict);
  return verdict;
}

function judgePackage(installed: InstalledPackage, store: AdvisoryStore, system: ImageSystem): Verdict {
  const version = versionInStore(installed);
  const found: Found[] = [];
  const unread = new Set<string>();
  let isUnordered = false;
  for (const { bucket, names, scheme } of sourcesOf(installed, store)) {
    for (const name of names) {
      const records = store.advisories(bucket, name);
      if (records.length === 0) continue;
      const subject = toSubject(scheme, version);
      for (const { id, advisory: stored } of records) {
        const record = entriesFor(system, bucket, stored);
        isUnordered ||= record.length > 0 && !subject.isValid;
        for (const advisory of record) {
          const affected = isAffected(subject, advisory);
          if (affected === true) found.push({ bucket, id, advisory, subject, name, record });
          if (affected === undefined) unread.add(id);
        }
      }
    }
  }
  const groups = groupByVulnerability(found, store);
  const doubt = isUnordered
    ? `its version ${JSON.stringify(version)} has no place in an order: only what names it was found`
    : tellUnread(unread, groups);
  return { matches: groups.map((group) => toMatch(group, installed, version)), ...(doubt !== undefined && { doubt }) };
}

/** What a record says of the packages of one system. */
function entriesFor(system: ImageSystem, bucket: string, stored: StoredAdvisory): readonly AdvisoryEntry[] {
  const entries: AdvisoryEntry[] = [];
  for (const entry of entriesOf(stored)) {
    if (entry.operatingSystems?.includes(system) !== false) entries.push(asMeant(bucket, entry));
  }
  return entries;
}

/** bundler-audit takes an advisory without patched and unaffected versions for one on every version, and so does who writes it; trivy-db keeps it as an empty one. */
function asMeant(bucket: string, advisory: AdvisoryEntry): AdvisoryEntry {
  return !hasRanges(advisory) && bucket.endsWith('::Ruby Advisory Database') ? { ...advisory, vulnerableVersions: ['>=0'] } : advisory;
}

function toMatch({ id, aliases, records }: Group<Found>, installed: InstalledPackage, version: string): Omit<Match, 'installed'> {
  const first = records[0];
  if (first === undefined) throw new Error('a group of no records');
  const { subject, advisory, name, bucket } = first;
  const match: Mutable<Omit<Match, 'installed'>> = { bucket, id, advisory, vendorIds: aliases, affected: describeAffected(subject, advisory) };
  const fixedVersion = findFixedVersion(subject, allSaid(records));
  if (first.id !== id) match.recordId = first.id;
  if (name !== installed.name) match.packageName = name;
  if (version !== installed.version) match.version = version;
  if (fixedVersion !== undefined) match.fixedVersion = fixedVersion;
  if (records.some(isOfMalware) || aliases.some(isMalwareId)) {
    match.isMalware = true;
    match.severity = 'critical';
  }
  return match;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** What affects the package goes first, then what else the same records say: an upgrade is not to lead into another of their ranges. */
function allSaid(records: readonly Found[]): readonly AdvisoryEntry[] {
  const [only, ...others] = records;
  if (only !== undefined && others.length === 0 && only.record.length === 1) return only.record;
  const said = new Set(records.map(({ advisory }) => advisory));
  for (const { record } of records) for (const entry of record) said.add(entry);
  return [...said];
}

/** Sources that tell of nothing but packages that were made to do harm, or taken over to. */
const MALWARE_SOURCE = /::(?:OpenSSF Malicious Packages|Datadog Indicators of Compromise)$/;

function isOfMalware({ id, bucket }: Candidate): boolean {
  return isMalwareId(id) || MALWARE_SOURCE.test(bucket);
}

/** @see https://github.com/ossf/malicious-packages */
function isMalwareId(id: string): boolean {
  return id.startsWith('MAL-');
}

/** A copy of something that is one to its advisories is judged once. */
function withoutTwins(packages: readonly InstalledPackage[]): readonly InstalledPackage[] {
  const seen = new Set<string>();
  return packages.filter((installed) => {
    const identity = identityOf(installed);
    if (identity === undefined) return true;
    const isNew = !seen.has(identity);
    seen.add(identity);
    return isNew;
  });
}

/** A program of Go is in the list as its module and, when people know it by a name, as a program too: what its module's advisories say is not said again. */
function withoutEchoes(matches: readonly Match[]): readonly Match[] {
  if (!matches.some(({ installed }) => installed.type === 'generic')) return matches;
  const placeOf = ({ installed, id }: Match): string => [installed.files[0] ?? '', id].join('\0');
  const said = new Set(matches.filter(({ installed }) => installed.type === 'golang' && installed.files.length > 0).map(placeOf));
  return matches.filter((match) => match.installed.type !== 'generic' || !said.has(placeOf(match)));
}

function tellMissing(packages: readonly InstalledPackage[], store: AdvisoryStore): Problem[] {
  const counts = countByType(packages.filter(({ type }) => isMissing(type, store)));
  return counts.map(({ type, packages: count }) =>
    unmatched('no-advisories', count, `the advisory database (${store.used.source}) holds nothing on ${type} packages`),
  );
}

/** What is not covered is no failure of this scan, and the next one will fare no better: it is told as a fact, not as a problem. */
export function countUncovered(packages: readonly InstalledPackage[], store: AdvisoryStore): MatchResult['uncovered'] {
  return countByType(packages.filter((installed) => isUncovered(installed, store)));
}

function countByType(packages: readonly InstalledPackage[]): { readonly type: PackageType; readonly packages: number }[] {
  const counts = new Map<PackageType, number>();
  for (const { type } of packages) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts].map(([type, count]) => ({ type, packages: count })).sort((a, b) => compareText(a.type, b.type));
}

const MAX_IDS_TOLD = 5;

/** Records that tell of no vulnerability that was found. */
function tellUnread(ids: ReadonlySet<string>, groups: readonly Group<Found>[]): string | undefined {
  if (ids.size === 0) return undefined;
  const found = new Set<string>(groups.flatMap(({ id, aliases }) => [id, ...aliases]));
  const told = [...ids].filter((id) => !found.has(id)).sort(compareText);
  if (told.length === 0) return undefined;
  const more = told.length > MAX_IDS_TOLD ? ` and ${told.length - MAX_IDS_TOLD} more` : '';
  return `the range of ${told.slice(0, MAX_IDS_TOLD).join(', ')}${more} cannot be read`;
}

function unreadable(installed: InstalledPackage, why: string): Problem {
  const path = installed.files[0];
  return {
    code: 'malformed',
    message: `${installed.type} package ${installed.name} was not checked for every vulnerability: ${why}`,
    ...(path !== undefined && { path }),
  };
}
