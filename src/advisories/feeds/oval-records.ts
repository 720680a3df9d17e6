import { toAdvisoryId } from '../../foundation/model/brand.ts';
import type { FixStatus, Rating } from '../../foundation/model/finding.ts';
import type { Severity } from '../../foundation/model/severity.ts';
import type { AdvisoryRecord, StoredAdvisory } from '../store/record.ts';
import type { OvalPackage, OvalWay } from './oval-criteria.ts';
import type { OvalCve, OvalDefinition } from './oval-document.ts';
import { cveIdsIn, dayOf, ratingOf, severityOfWord } from './vendor-words.ts';

/** What all the packages of one definition share. */
export interface OvalFacts {
  /** CVE ids, or the advisory's own id where there are none. */
  readonly ids: readonly string[];
  readonly vendorIds?: readonly string[];
  readonly severity?: Severity;
  /** Of what has no fix. */
  readonly status?: FixStatus;
}

/** A release that a way is for, and the paid service in which it is, if any. */
export interface OvalPlace {
  readonly bucket: string;
  readonly service?: string;
}

/** Returns the record of each package in each way, in the places of its way. A version 0 stands for "no fix yet". */
export function toOvalRecords(ways: readonly OvalWay[], placesOf: (way: OvalWay) => readonly OvalPlace[], facts: OvalFacts): AdvisoryRecord[] {
  return ways.flatMap((way) =>
    placesOf(way).flatMap(({ bucket, service }) =>
      way.packages.flatMap((item) => {
        const packageName = modularName(way, item);
        const advisory = { ...toOvalAdvisory(item, way, facts), ...(service !== undefined && { service }) };
        return facts.ids.map((id): AdvisoryRecord => ({ kind: 'affected', bucket, packageName, id: toAdvisoryId(id), advisory }));
      }),
    ),
  );
}

/** Returns `<module>:<stream>::<name>` of a modular package, as every reader of the store expects it. */
export function modularName({ module }: OvalWay, { name }: OvalPackage): string {
  return module === undefined ? name : `${module}::${name}`;
}

/** Returns what a package in a way says: where it is fixed, or what will become of it. */
export function toOvalAdvisory(item: OvalPackage, way: OvalWay, { vendorIds, severity, status }: Omit<OvalFacts, 'ids'>): StoredAdvisory {
  return {
    ...(item.below !== undefined && item.below !== '0' ? { fixedVersion: item.below } : { status: status ?? 'affected' }),
    ...(item.from !== undefined && { affectedVersion: item.from }),
    ...(item.upTo !== undefined && { vulnerableVersions: [`<=${item.upTo}`] }),
    ...(way.architectures !== undefined && { architectures: way.architectures }),
    ...(severity !== undefined && { severity }),
    ...(vendorIds !== undefined && vendorIds.length > 0 && { vendorIds: [...vendorIds].sort() }),
  };
}

/** Returns the CVE ids that a definition's references and `cve` elements give. */
export function cveIdsOf({ references, cves }: OvalDefinition): readonly string[] {
  return cveIdsIn([...references.map(({ id }) => id), ...cves.map(({ id }) => id)]);
}

/** Returns the ids that its references give under one of `sources`, in whatever case: RHSA, ELSA, SUSE-SU. */
export function referencedIds({ references }: OvalDefinition, ...sources: readonly string[]): readonly string[] {
  return [...new Set(references.filter(({ source }) => sources.includes(source.toUpperCase())).map(({ id }) => id.trim()))];
}

/** Returns what the `cve` elements tell of the vulnerabilities themselves: the severity and CVSS that `source` gives them, and the day they became public. */
export function toCveDetails(cves: readonly OvalCve[], source: string): AdvisoryRecord[] {
  return cves.flatMap(({ id: text, attributes }): AdvisoryRecord[] => {
    const id = cveIdsIn([text])[0];
    const ratings = ['cvss3', 'cvss4', 'cvss2'].flatMap((name): Rating | Rating[] => ratingOf(attributes.get(name), source) ?? []);
    const severity = severityOfWord(attributes.get('impact'));
    const publishedAt = dayOf(attributes.get('public'));
    if (id === undefined || (ratings.length === 0 && severity === undefined && publishedAt === undefined)) return [];
    const detail = {
      ...(ratings.length > 0 && { ratings }),
      ...(severity !== undefined && { vendorSeverities: { [source]: severity } }),
      ...(publishedAt !== undefined && { publishedAt }),
    };
    return [{ kind: 'vulnerability', id: toAdvisoryId(id), detail }];
  });
}
