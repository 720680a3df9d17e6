import { bucketSource } from '../../store/buckets.ts';
import type { AdvisoryFeed } from '../feed.ts';
import { readOvalFeed } from '../oval-feed.ts';
import { cveIdsOf, referencedIds, toCveDetails, toOvalRecords } from '../oval-records.ts';
import { suseReleases } from '../suse-products.ts';
import { severityOfWord } from '../vendor-words.ts';

/**
 * SUSE's OVAL definitions for SUSE Linux Enterprise, its Micro systems and openSUSE: one for each CVE (or, in the -patch files, for each update), with the products on which a package is
 * affected. What is affected and not fixed is said to be above version 0, what is not affected to be version 0.
 * @see https://ftp.suse.com/pub/projects/security/oval/
 */
export const feed: AdvisoryFeed = {
  id: 'suse-oval',
  source: { name: 'SUSE OVAL', url: 'https://ftp.suse.com/pub/projects/security/oval/', licence: 'published without a licence; facts only' },
  wants: (name) => /(?:^|\/)(?:open)?suse\.[^/]*\.xml$/.test(name),
  read: (file) =>
    readOvalFeed(file, (definition, ways) => {
      // A CVE's definition refers to every update of every product; that of an update to itself.
      const updates = definition.class === 'patch' ? referencedIds(definition, 'SUSE-SU').filter((id) => !/^SUSE-[CI]U-/.test(id)) : [];
      const cves = cveIdsOf(definition);
      if (cves.length === 0 && updates.length === 0) return undefined;
      const severity = severityOfWord(definition.severity);
      const records = toOvalRecords(ways, ({ platforms }) => suseReleases(platforms ?? definition.platforms), {
        ids: cves.length > 0 ? cves : updates,
        ...(cves.length > 0 && { vendorIds: updates }),
        ...(severity !== undefined && { severity }),
      });
      const own = definition.cves.filter(({ id }) => !id.endsWith('at NVD'));
      const nvd = definition.cves.filter(({ id }) => id.endsWith('at NVD'));
      return records.length > 0 ? [...records, ...toCveDetails(own, bucketSource('SUSE Linux Enterprise').id), ...toCveDetails(nvd, 'nvd')] : [];
    }),
};
