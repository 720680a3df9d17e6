import { compareText } from '../../foundation/base/order.ts';
import type { AdvisoryId } from '../../foundation/model/brand.ts';
import type { FixStatus } from '../../foundation/model/finding.ts';
import type { InstalledPackage } from '../../foundation/model/package.ts';
import type { Problem } from '../../foundation/model/problem.ts';
import type { Severity } from '../../foundation/model/severity.ts';
import { sortFew } from '../sort-few.ts';
import type { StoredAdvisory, VulnerabilityDetail } from '../store/record.ts';

/** A fixed version that only those can install who pay for a service: 'esm-infra' or 'esm-apps' of Ubuntu Pro, 'elts' of Debian. */
export interface PaidFix {
  readonly service: string;
  readonly version: string;
}

/** What was found of one package in one bucket, before it is described. */
export interface Match {
  readonly installed: InstalledPackage;
  readonly bucket: string;
  /** What the finding is about: the CVE, where the record names one. */
  readonly id: AdvisoryId;
  /** The record or, where it has several, the entry that matched. */
  readonly advisory: StoredAdvisory;
  readonly fixedVersion?: string;
  readonly paidFix?: PaidFix;
  /** Where no fixed version says enough; absent: the advisory's own, else 'affected'. */
  readonly status?: FixStatus;
  /** The publisher's own ids. Absent: the advisory's. */
  readonly vendorIds?: readonly string[];
  /** Under which id the store has it, when that is another: RHSA-2024:1234. */
  readonly recordId?: AdvisoryId;
  /** What was looked up, when that is not the package's own name. */
  readonly packageName?: string;
  /** What was compared, when that is not the package's own version. */
  readonly version?: string;
  /** The condition that held, in words: '< 1.2.3', '>=1.0.0, <1.2.3'. */
  readonly affected?: string;
  /** How bad this publisher calls it in this package. Absent: the advisory's. */
  readonly severity?: Severity;
  /** The package itself does harm: it was made to, or taken over. */
  readonly isMalware?: true;
}

/** trivy-db keeps the aliases of a language advisory as its vendor ids. */
export function aliasesOf(
  { id, advisory, vendorIds = advisory.vendorIds ?? [] }: Match,
  detail: VulnerabilityDetail | undefined,
): readonly AdvisoryId[] {
  const aliases = detail?.aliases ?? [];
  return toNames(aliases.length === 0 ? vendorIds : [...aliases, ...vendorIds], id) as readonly AdvisoryId[];
}

/** Returns names without `own`, each once, sorted. */
export function toNames<T extends string>(names: readonly T[], own: string): readonly T[] {
  const others = names.length === 0 ? names : names.filter((name) => name !== own);
  return others.length < 2 ? others : sortFew([...new Set(others)], compareText);
}

export function unmatched(code: 'unknown-distro' | 'no-advisories', count: number, why: string): Problem {
  const packages = count === 1 ? '1 package was' : `${count} packages were`;
  return { code, message: `${packages} not checked for vulnerabilities: ${why}` };
}
