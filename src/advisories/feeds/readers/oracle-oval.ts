import { bucketSource } from '../../store/buckets.ts';
import type { AdvisoryFeed } from '../feed.ts';
import { readOvalFeed } from '../oval-feed.ts';
import { cveIdsOf, referencedIds, toCveDetails, toOvalRecords } from '../oval-records.ts';
import type { OvalPlace } from '../oval-records.ts';
import { severityOfWord } from '../vendor-words.ts';

/**
 * Oracle's OVAL definitions, one for each security advisory, for every release or for one. Packages stand under criteria for the release, the architecture and the module stream. The
 * same CVE may be fixed in a normal, a ksplice and a FIPS build of a package, in three advisories: each stands for itself.
 * @see https://linux.oracle.com/security/oval/
 */
export const feed: AdvisoryFeed = {
  id: 'oracle-oval',
  source: {
    name: 'Oracle Linux OVAL definitions',
    url: 'https://linux.oracle.com/security/oval/',
    licence: 'published without a licence; facts only',
  },
  wants: (name) => /(?:^|\/)com\.oracle\.elsa[^/]*\.xml$/.test(name),
  read: (file) =>
    readOvalFeed(file, (definition, ways) => {
      const vendorIds = referencedIds(definition, 'ELSA');
      if (vendorIds.length === 0) return [];
      const cves = cveIdsOf(definition);
      const severity = severityOfWord(definition.severity);
      const facts = { ids: cves.length > 0 ? cves : vendorIds, ...(cves.length > 0 && { vendorIds }), ...(severity !== undefined && { severity }) };
      const records = toOvalRecords(ways, ({ platforms = [] }) => platforms.flatMap(toPlace), facts);
      return records.length > 0 ? [...records, ...toCveDetails(definition.cves, bucketSource('Oracle Linux').id)] : undefined;
    }),
};

function toPlace(platform: string): readonly OvalPlace[] {
  const release = /^Oracle Linux (\d+)$/.exec(platform)?.[1];
  return release === undefined ? [] : [{ bucket: `Oracle Linux ${release}` }];
}
