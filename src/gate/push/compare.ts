import { compareText } from '../../foundation/base/order.ts';
import type { Finding } from '../../foundation/model/finding.ts';
import type { OneSided, OtherSeverity, RegistryVulnerability, ScanComparison } from '../../foundation/model/push.ts';
import { isSeverity, severityRank, type Severity } from '../../foundation/model/severity.ts';

/** The part of our findings that is compared. */
export type OurVulnerability = Pick<Finding, 'id' | 'aliases' | 'severity' | 'package'>;

type Lists = Pick<ScanComparison, 'agreed' | 'onlyTheirs' | 'onlyOurs' | 'otherSeverity'>;

interface Known {
  readonly id: string;
  /** The worst of its packages, as whoever found it says. */
  readonly word: string;
  readonly rank: number;
  readonly packages: ReadonlySet<string>;
}

/**
 * Returns where a registry's list of vulnerabilities and ours differ. Compared is by vulnerability: scanners name the same package after its source or after one of its parts. One that a scanner calls by another of its names
 * (GHSA-… for CVE-…) is the same.
 */
export function compareVulnerabilities(ours: readonly OurVulnerability[], theirs: readonly RegistryVulnerability[]): Lists {
  const mine = group(ours.map(({ id, severity, package: found }) => ({ id, severity, package: found?.name })));
  const byName = new Map<string, string>();
  for (const { id, aliases = [] } of ours) for (const name of [...aliases, id]) byName.set(name, id);
  const other = group(theirs.map(({ id, severity, package: named }) => ({ id: byName.get(id) ?? id, severity, package: named })));

  const onlyTheirs = [...other.values()].filter(({ id }) => !mine.has(id)).map(toOneSided);
  const onlyOurs = [...mine.values()].filter(({ id }) => !other.has(id)).map(toOneSided);
  const otherSeverity: OtherSeverity[] = [];
  let agreed = 0;
  for (const { id, word, rank } of mine.values()) {
    const found = other.get(id);
    if (found === undefined) continue;
    if (found.rank === rank) agreed += 1;
    else otherSeverity.push({ id, ours: toSeverity(word), theirs: found.word });
  }
  return {
    agreed,
    onlyTheirs: onlyTheirs.sort(compareOneSided),
    onlyOurs: onlyOurs.sort(compareOneSided),
    otherSeverity: otherSeverity.sort((a, b) => severityRank(a.ours) - severityRank(b.ours) || compareText(a.id, b.id)),
  };
}

function group(entries: readonly { readonly id: string; readonly severity: string; readonly package: string | undefined }[]): Map<string, Known> {
  const groups = new Map<string, Known>();
  for (const { id, severity, package: named } of entries) {
    const before = groups.get(id);
    const rank = severityRank(toSeverity(severity));
    const isWorst = before === undefined || rank < before.rank;
    const packages = new Set(before?.packages);
    if (named !== undefined) packages.add(named);
    groups.set(id, { id, packages, rank: isWorst ? rank : before.rank, word: isWorst ? severity : before.word });
  }
  return groups;
}

/** Returns a registry's word as a severity. Harbor's None is no severity at all, as is a word that is not known. */
export function toSeverity(word: string): Severity {
  const lower = word.toLowerCase();
  return isSeverity(lower) ? lower : 'unknown';
}

function toOneSided({ id, word, packages }: Known): OneSided {
  return { id, severity: word, packages: [...packages].sort(compareText) };
}

function compareOneSided(a: OneSided, b: OneSided): number {
  return severityRank(toSeverity(a.severity)) - severityRank(toSeverity(b.severity)) || compareText(a.id, b.id);
}
