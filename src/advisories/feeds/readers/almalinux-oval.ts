import type { AdvisoryFeed } from '../feed.ts';
import { readOvalFeed } from '../oval-feed.ts';
import { cveIdsOf, referencedIds, toCveDetails, toOvalRecords } from '../oval-records.ts';
import type { OvalPlace } from '../oval-records.ts';
import { severityOfWord } from '../vendor-words.ts';

/**
 * AlmaLinux's OVAL definitions, one for each security advisory of one release, with Red Hat's rating of each CVE. Modular packages stand under a criterion that asks for their stream.
 * @see https://security.almalinux.org/oval/
 */
export const feed: AdvisoryFeed = {
  id: 'almalinux-oval',
  source: { name: 'AlmaLinux Errata', url: 'https://security.almalinux.org/oval/', licence: 'MIT' },
  wants: (name) => /(?:^|\/)org\.almalinux\.alsa[^/]*\.xml$/.test(name),
  read: (file) =>
    readOvalFeed(file, (definition, ways) => {
      const vendorIds = referencedIds(definition, 'ALSA');
      if (vendorIds.length === 0) return [];
      const cves = cveIdsOf(definition);
      const severity = severityOfWord(definition.severity);
      const facts = { ids: cves.length > 0 ? cves : vendorIds, ...(cves.length > 0 && { vendorIds }), ...(severity !== undefined && { severity }) };
      const records = toOvalRecords(ways, ({ platforms = [] }) => platforms.flatMap(toPlace), facts);
      return records.length > 0 ? [...records, ...toCveDetails(definition.cves, 'redhat')] : undefined;
    }),
};

function toPlace(platform: string): readonly OvalPlace[] {
  const release = /^AlmaLinux (\d+)$/.exec(platform)?.[1];
  return release === undefined ? [] : [{ bucket: `alma ${release}` }];
}
