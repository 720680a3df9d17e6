import type { AdvisoryId } from '../../../foundation/model/brand.ts';
import type { FixStatus } from '../../../foundation/model/finding.ts';
import type { Severity } from '../../../foundation/model/severity.ts';
import type { AdvisoryEntry, AdvisoryRecord, StoredAdvisory } from '../../store/record.ts';
import type { OsvEvent } from '../../versions/osv-range.ts';
import { schemeOfBucket } from '../../versions/scheme-of-bucket.ts';
import type { JsonObject } from '../documents.ts';
import { isObject, objectsIn, textOf } from '../documents.ts';
import { toFact } from '../facts.ts';
import { severityOfWord } from '../vendor-words.ts';
import type { OsvPlace } from './ecosystems.ts';
import type { ReadAffected } from './language-record.ts';
import { rpmNames } from './modules.ts';
import { readVersions, toVulnerableVersions } from './ranges.ts';

type DistributionPlace = Extract<OsvPlace, { kind: 'distribution' }>;

/** What a whole record says, beside the one package. */
export interface ErratumFacts {
  /** The record's own id. */
  readonly own: AdvisoryId;
  /** Under which its packages are kept. */
  readonly ids: readonly AdvisoryId[];
  readonly vendorIds: readonly AdvisoryId[];
  /** How the distribution rates the whole notice. */
  readonly severity: Severity | undefined;
  readonly record: JsonObject;
}

/** Returns what one `affected` says of a package of a distribution. SUSE names a source package and, beside it, the packages built from it with their own versions: those are what is installed. */
export function toDistributionRecords(place: DistributionPlace, name: string, erratum: ErratumFacts, affected: JsonObject): ReadAffected {
  if (schemeOfBucket(place.bucket) === undefined) return { records: [], problems: [] };
  const { advisories, problems } = toAdvisories(place, erratum, affected);
  const isRpm = schemeOfBucket(place.bucket)?.id === 'rpm';
  const built = isRpm ? builtPackages(affected) : [];
  const records = advisories.flatMap((advisory) => {
    const packages = advisory.fixedVersion !== undefined && built.length > 0 ? built : [[name, advisory.fixedVersion] as const];
    return packages.flatMap(([packageName, fixedVersion]) => {
      const said: StoredAdvisory = fixedVersion === undefined ? advisory : { ...advisory, fixedVersion };
      const names = isRpm ? rpmNames(packageName, fixedVersion, affected, erratum.record) : [packageName];
      if (names.length === 0) problems.push('packages of a module whose stream it does not name are left out');
      return names.flatMap((known) => toRecords(place, known, erratum, said));
    });
  });
  return { records, problems };
}

/** Red Hat's are kept under the erratum with the flaws it puts right, everybody else's under each flaw. */
function toRecords(place: DistributionPlace, packageName: string, { own, ids }: ErratumFacts, advisory: StoredAdvisory): AdvisoryRecord[] {
  const { bucket, cpes } = place;
  if (cpes === undefined) return ids.map((id) => ({ kind: 'affected', bucket, packageName, id, advisory }));
  const { affectedVersion, fixedVersion, status, severity } = advisory;
  const entry: AdvisoryEntry = {
    ...(affectedVersion !== undefined && { affectedVersion }),
    ...(fixedVersion !== undefined && { fixedVersion }),
    ...(status !== undefined && { status }),
    cpes,
    cves: ids.map((id) => ({ id, ...(severity !== undefined && { severity }) })),
  };
  return [{ kind: 'affected', bucket, packageName, id: own, advisory: { entries: [entry] } }];
}

function toAdvisories(
  place: DistributionPlace,
  erratum: ErratumFacts,
  affected: JsonObject,
): { advisories: readonly StoredAdvisory[]; problems: string[] } {
  const found = readVersions(affected);
  const problems = [...found.problems];
  const specific = isObject(affected.ecosystem_specific) ? affected.ecosystem_specific : {};
  const severity = urgencyOf(specific) ?? erratum.severity;
  const service = serviceOf(place, specific);
  const common: AdvisoryEntry = {
    ...(severity !== undefined && { severity }),
    ...(service !== undefined && { service }),
    ...(place.filedUnder !== undefined && { filedUnder: place.filedUnder }),
    ...(erratum.vendorIds.length > 0 && { vendorIds: erratum.vendorIds }),
  };
  const status: FixStatus = specific.urgency === 'end-of-life' ? 'end-of-life' : 'affected';
  const scheme = schemeOfBucket(place.bucket);
  const advisories = found.ranges.flatMap((events): readonly StoredAdvisory[] => {
    if (scheme !== undefined && needsExpression(events)) {
      return [{ ...common, status, vulnerableVersions: toVulnerableVersions(scheme, { ...found, ranges: [events], versions: [] }) }];
    }
    return pairUp(events).map(({ introduced, fixed }) => ({
      ...common,
      ...(introduced !== '0' && { affectedVersion: introduced }),
      ...(fixed === undefined ? { status } : { fixedVersion: fixed }),
    }));
  });
  if (advisories.length > 0) return { advisories, problems };
  if (found.versions.length === 0) {
    if (objectsIn(affected.ranges).length === 0) problems.push('no version is named');
    return { advisories: [], problems };
  }
  return { advisories: [{ ...common, status, vulnerableVersions: found.versions.map((version) => `=${version}`) }], problems };
}

/** A range whose end is the last affected version has no fixed version that could be compared with. */
function needsExpression(events: readonly OsvEvent[]): boolean {
  return events.some((event) => event.lastAffected !== undefined || event.limit !== undefined);
}

/** Beginnings and ends in the order in which the record has them. */
function pairUp(events: readonly OsvEvent[]): readonly { readonly introduced: string; readonly fixed?: string }[] {
  const pairs: { introduced: string; fixed?: string }[] = [];
  for (const { introduced, fixed } of events) {
    const last = pairs.at(-1);
    if (introduced !== undefined) pairs.push({ introduced });
    else if (fixed !== undefined && last !== undefined && last.fixed === undefined) last.fixed = fixed;
  }
  return pairs;
}

/** Ubuntu says which part of its paid service has the fix: without the word Infra-only it is the one for applications. */
function serviceOf({ service }: DistributionPlace, specific: JsonObject): string | undefined {
  if (service !== 'esm-infra') return service;
  return /Infra-only/i.test(textOf(specific.availability) ?? 'Infra-only') ? 'esm-infra' : 'esm-apps';
}

/** How Debian and Ubuntu rate the flaw in this package. */
function urgencyOf(specific: JsonObject): Severity | undefined {
  return severityOfWord(textOf(specific.urgency)) ?? severityOfWord(textOf(specific.ubuntu_priority));
}

/** Each of SUSE's lists maps names to versions; Ubuntu's, which name one package each in another way, are of a source package that is installed under its own name. */
function builtPackages(affected: JsonObject): readonly (readonly [name: string, version: string])[] {
  const specific = isObject(affected.ecosystem_specific) ? affected.ecosystem_specific : {};
  return objectsIn(specific.binaries).flatMap((list) =>
    Object.entries(list).flatMap(([name, version]) => {
      const [known, fixed] = [toFact(name), toFact(version)];
      return known === undefined || fixed === undefined ? [] : [[known, fixed] as const];
    }),
  );
}
