import { toAdvisoryId } from '../../../foundation/model/brand.ts';
import type { FixStatus } from '../../../foundation/model/finding.ts';
import type { AdvisoryRecord } from '../../store/record.ts';
import type { AdvisoryFeed } from '../feed.ts';
import type { OvalWay } from '../oval-criteria.ts';
import type { OvalDefinition } from '../oval-document.ts';
import { readOvalFeed } from '../oval-feed.ts';
import { cveIdsOf, modularName, referencedIds, toCveDetails, toOvalAdvisory } from '../oval-records.ts';
import { severityOfWord } from '../vendor-words.ts';

/**
 * Red Hat's OVAL definitions, version 2: one for each erratum with the CVEs that it puts right, and in the files "including unpatched" one for each CVE that has no fix, with what will be
 * done about which component. Each holds for the products that it lists by CPE. Definitions of what is not affected are passed over.
 * @see https://www.redhat.com/security/data/oval/v2/
 */
export const feed: AdvisoryFeed = {
  id: 'redhat-oval',
  source: { name: 'Red Hat OVAL', url: 'https://www.redhat.com/security/data/oval/v2/', licence: 'CC-BY-4.0' },
  wants: (name) => /(?:^|\/)com\.redhat\.rhsa[^/]*\.xml$|(?:^|\/)(?!(?:oci\.)?com\.ubuntu\.)[^/]*\.oval\.xml$/.test(name),
  read: (file) =>
    readOvalFeed(file, (definition, ways) => {
      if (definition.id.includes('.redhat.unaffected:')) return [];
      const isAbout = ways.some(({ packages }) => packages.length > 0);
      const records = ways.flatMap((way) => (definition.class === 'patch' ? toErratum(definition, way) : toUnfixed(definition, way)));
      // Errata for live patches of a running kernel say nothing of installed packages.
      return records.length > 0 ? [...records, ...toCveDetails(definition.cves, 'redhat')] : isAbout ? undefined : [];
    }),
};

const BUCKET = 'Red Hat';

function toErratum(definition: OvalDefinition, way: OvalWay): AdvisoryRecord[] {
  const impacts = new Map(definition.cves.map(({ id, attributes }) => [id, severityOfWord(attributes.get('impact'))]));
  const whole = severityOfWord(definition.severity);
  const cves = cveIdsOf(definition).map((id) => {
    const severity = impacts.get(id) ?? whole;
    return { id: toAdvisoryId(id), ...(severity !== undefined && { severity }) };
  });
  return referencedIds(definition, 'RHSA', 'RHBA', 'RHEA').flatMap((id) =>
    way.packages
      .filter(({ below }) => below !== undefined)
      .map((item): AdvisoryRecord => {
        const advisory = { ...toOvalAdvisory(item, way, {}), cves, cpes: productsOf(definition, way) };
        return { kind: 'affected', bucket: BUCKET, packageName: modularName(way, item), id: toAdvisoryId(id), advisory };
      }),
  );
}

function toUnfixed(definition: OvalDefinition, way: OvalWay): AdvisoryRecord[] {
  const severity = severityOfWord(definition.severity);
  return cveIdsOf(definition).flatMap((cve) => {
    const id = toAdvisoryId(cve);
    return way.packages.flatMap((item): AdvisoryRecord[] => {
      const status = statusOf(definition, way, item.name);
      if (status === undefined) return [];
      const cves = [{ id, ...(severity !== undefined && { severity }) }];
      const advisory = { ...toOvalAdvisory(item, way, { status }), cves, cpes: productsOf(definition, way) };
      return [{ kind: 'affected', bucket: BUCKET, packageName: modularName(way, item), id, advisory }];
    });
  });
}

/** Definitions without a list of products are older ones, of one release of the system. */
function productsOf({ cpes }: OvalDefinition, { platforms = [] }: OvalWay): readonly string[] {
  if (cpes.length > 0) return [...new Set(cpes)].sort();
  return platforms.flatMap((platform) => {
    const release = /^Red Hat Enterprise Linux (\d+)/.exec(platform)?.[1];
    return release === undefined ? [] : [`cpe:/o:redhat:enterprise_linux:${release}`];
  });
}

const statuses: Readonly<Record<string, FixStatus | undefined>> = {
  affected: 'affected',
  'fix deferred': 'affected',
  new: 'under-investigation',
  'not affected': undefined,
  'out of support scope': 'end-of-life',
  'under investigation': 'under-investigation',
  'will not fix': 'will-not-fix',
};

/** By the resolution that names the component: 'vim', or 'nodejs:12/nodejs' of a module. Undefined when it is not affected. */
function statusOf({ resolutions }: OvalDefinition, { module }: OvalWay, name: string): FixStatus | undefined {
  const component = module === undefined ? name : `${module}/${name}`;
  const found = resolutions.find(({ components }) => components.includes(component)) ?? (resolutions.length === 1 ? resolutions[0] : undefined);
  const state = found?.state.toLowerCase() ?? '';
  return Object.hasOwn(statuses, state) ? statuses[state] : 'affected';
}
