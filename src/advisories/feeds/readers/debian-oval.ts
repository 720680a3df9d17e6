import type { AdvisoryFeed } from '../feed.ts';
import { readOvalFeed } from '../oval-feed.ts';
import { cveIdsOf, toOvalRecords } from '../oval-records.ts';

/**
 * Debian's OVAL definitions of one release. A definition names CVEs and the source package with the version below which it is affected; version 0 stands for "no fix yet". What Debian
 * calls not affected has no definition. Definitions of class `patch` name the DSA as well.
 * @see https://www.debian.org/security/oval/
 */
export const feed: AdvisoryFeed = {
  id: 'debian-oval',
  source: { name: 'Debian Security Tracker', url: 'https://www.debian.org/security/oval/', licence: 'published without a licence; facts only' },
  wants: (name) => /(?:^|\/)oval-definitions-[^/]*\.xml$/.test(name),
  read: (file) =>
    readOvalFeed(file, (definition, ways) => {
      const ids = cveIdsOf(definition);
      if (ids.length === 0) return [];
      const release = definition.platforms.flatMap((platform) => /^Debian GNU\/Linux (\d+)$/.exec(platform)?.[1] ?? [])[0];
      if (release === undefined) return undefined;
      const { dsa } = definition;
      const records = toOvalRecords(ways, () => [{ bucket: `debian ${release}` }], { ids, ...(dsa !== '' && { vendorIds: [dsa] }) });
      return records.length > 0 ? records : undefined;
    }),
};
