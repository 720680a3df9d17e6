import type { AdvisoryId } from '../../foundation/model/brand.ts';
import type { FixStatus, Rating } from '../../foundation/model/finding.ts';
import type { Severity } from '../../foundation/model/severity.ts';

/** A fact of a feed: what a vulnerability is, that it affects a package, or which products a Red Hat repository or image build belongs to. Facts only: no titles, no descriptions. */
export type AdvisoryRecord =
  | { readonly kind: 'vulnerability'; readonly id: AdvisoryId; readonly detail: VulnerabilityDetail }
  | { readonly kind: 'affected'; readonly bucket: string; readonly packageName: string; readonly id: AdvisoryId; readonly advisory: StoredAdvisory }
  | RedHatProductsRecord;

/** That the packages of a repository ('rhel-9-for-x86_64-baseos-rpms') or of an image's build ('ubi8-container-8.6-754-x86_64') belong to products, named by CPE. */
export interface RedHatProductsRecord {
  readonly kind: 'redhat-products';
  readonly of: RedHatProductsOf;
  readonly name: string;
  readonly cpes: readonly string[];
}

/** As trivy-db names the tables: by repository, or by name-version-release-architecture of an image's build. */
export type RedHatProductsOf = 'repository' | 'nvr';

/** The two kinds of packages that advisories of distributions name. */
export type FiledUnder = 'source' | 'binary';

/**
 * What a publisher says of one vulnerability in one package, where it holds for everybody; or for some: certain architectures, one kind of build, certain products, certain versions.
 * Everything is optional; no `fixedVersion` and no `status` means affected, with no fix known.
 */
export interface AdvisoryEntry {
  /** The first version that is not affected. '0': never was. For Windows the build, 10.0.20348.2031, or the update where the build is not known: KB5031364. */
  readonly fixedVersion?: string;
  /** Arch: the version it was found in; older ones are not affected. */
  readonly affectedVersion?: string;
  /** As rpm writes them: 'x86_64', 'aarch64', 'noarch'. Absent: all of them. */
  readonly architectures?: readonly string[];
  readonly severity?: Severity;
  /** Counts only where no fixed version does: 'affected', 'will-not-fix', 'end-of-life', 'under-investigation'. */
  readonly status?: FixStatus;
  /** The publisher's own ids for it, sorted: RHSA-2024:1234, DSA-5001-1, USN-6000-1, KB5031364. */
  readonly vendorIds?: readonly string[];
  /** The paid service that has the fixed version, where not everybody can install it: 'esm-infra', 'esm-apps', 'fips', 'fips-updates' of Ubuntu Pro, 'elts' of Debian. It stands in the release's own bucket, or in trivy-db's 'ubuntu 20.04-ESM'. */
  readonly service?: string;
  /** Which kind of package it is filed under, where that is another than most of its bucket: a source package, and it holds for all that was built from it; or a binary one. */
  readonly filedUnder?: FiledUnder;
  /** Red Hat: what an erratum puts right, with the severity that it has in this product; the record's own id is then the erratum's. */
  readonly cves?: readonly { readonly id: AdvisoryId; readonly severity?: Severity }[];
  /** Red Hat: CPE names of the products it holds for, as a feed gives them. */
  readonly cpes?: readonly string[];
  /** The same products by number, as a store keeps them: the numbers of one store mean nothing in another. */
  readonly cpeNumbers?: readonly number[];
  /** Each a range such as '>=1.0.0, <1.2.3': any that holds means affected. */
  readonly vulnerableVersions?: readonly string[];
  readonly patchedVersions?: readonly string[];
  readonly unaffectedVersions?: readonly string[];
  /** Of an ecosystem's package: the operating systems that it is limited to, as the ecosystem names them: 'windows', 'darwin'. Absent: all of them. */
  readonly operatingSystems?: readonly string[];
  /** Of an ecosystem's package: the functions that hold the flaw, where a source names them: 'net/http.Request.Write', 'smallvec::SmallVec::grow'. */
  readonly symbols?: readonly string[];
}

/**
 * That one vulnerability affects one package of one platform, as trivy-db's schema stores it under `<bucket>/<packageName>/<id>`.
 * Distributions give `fixedVersion` (or none, with a status); language ecosystems give ranges.
 * `bucket` is 'debian 12', 'alpine 3.20', 'ubuntu 22.04', 'Red Hat', 'npm::<source>' …, `packageName` what that publisher files under: a source package, a binary package,
 * `<module>:<stream>::<package>` of a modular rpm. Windows itself is the package 'windows' of 'windows 10.0.20348', the ids of its updates (KB5031364) are `vendorIds`; that one update
 * supersedes another is kept there too, as a record of the package that is the newer update with the older one's id.
 * @see https://github.com/aquasecurity/trivy-db/blob/main/pkg/types/types.go
 */
export interface StoredAdvisory extends AdvisoryEntry {
  /** Where one id says different things to different architectures, builds or products, or of ranges that clear each other's versions: these count, and the fields above do not, which are for readers that know no entries. Ask `entriesOf`. */
  readonly entries?: readonly AdvisoryEntry[];
}

/** Returns what a record says, one by one: its entries, or itself when it has none. Each is to be judged alone, and the vulnerability counts when any of them does. */
export function entriesOf(advisory: StoredAdvisory): readonly AdvisoryEntry[] {
  return advisory.entries ?? [advisory];
}

/** What a vulnerability is, apart from whom it affects. */
export interface VulnerabilityDetail {
  readonly severity?: Severity;
  /** The word of each source that has one: { ubuntu: 'low', nvd: 'high' }. Sources are named as `bucketSource(bucket).id` names them. */
  readonly vendorSeverities?: Readonly<Record<string, Severity>>;
  readonly ratings?: readonly Rating[];
  readonly title?: string;
  readonly description?: string;
  readonly references?: readonly string[];
  readonly aliases?: readonly AdvisoryId[];
  readonly publishedAt?: string;
  /** ISO date it was listed as known exploited. */
  readonly kevAddedAt?: string;
  readonly epss?: { readonly probability: number; readonly percentile: number };
  /** CISA's word on it (SSVC): whether it is exploited, whether that can be automated, and how much of the system it gives. */
  readonly ssvc?: { readonly exploitation: 'none' | 'poc' | 'active'; readonly automatable: boolean; readonly technicalImpact: 'partial' | 'total' };
  /** Kinds of weakness, sorted: 'CWE-79'. */
  readonly cweIds?: readonly string[];
  readonly withdrawn?: boolean;
}
