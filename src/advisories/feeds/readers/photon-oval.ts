import type { AdvisoryFeed } from '../feed.ts';
import { readOvalFeed } from '../oval-feed.ts';
import { cveIdsOf, referencedIds, toOvalRecords } from '../oval-records.ts';
import { severityOfWord } from '../vendor-words.ts';

/**
 * VMware's OVAL definitions for Photon OS, one for each advisory: the binary packages with their fixed versions. An advisory's id is put together from the year and the reference
 * `PHSA:00001:3.0:0036`, as its page has it: PHSA-2019-3.0-0036.
 * @see https://packages.vmware.com/photon/photon_oval_definitions/
 */
export const feed: AdvisoryFeed = {
  id: 'photon-oval',
  source: {
    name: 'Photon OS Security Advisories',
    url: 'https://packages.vmware.com/photon/photon_oval_definitions/',
    licence: 'published without a licence; facts only',
  },
  wants: (name) => /(?:^|\/)com\.vmware\.phsa-photon[^/]*\.xml$/.test(name),
  read: (file) =>
    readOvalFeed(file, (definition, ways) => {
      const vendorIds = referencedIds(definition, 'PHSA').flatMap((reference) => toAdvisoryName(reference, definition.issued) ?? []);
      const cves = cveIdsOf(definition);
      const release = definition.platforms.flatMap((platform) => /^Photon (\d+)(?:\.\d+)?$/.exec(platform)?.[1] ?? [])[0];
      if (release === undefined || (cves.length === 0 && vendorIds.length === 0)) return undefined;
      const severity = severityOfWord(definition.severity);
      const records = toOvalRecords(ways, () => [{ bucket: `Photon OS ${release}.0` }], {
        ids: cves.length > 0 ? cves : vendorIds,
        ...(cves.length > 0 && { vendorIds }),
        ...(severity !== undefined && { severity }),
      });
      return records.length > 0 ? records : undefined;
    }),
};

function toAdvisoryName(reference: string, issued: string): string | undefined {
  const [, release = '', number = ''] = /^PHSA:\d+:(\d+\.\d+):(\d+)$/.exec(reference) ?? [];
  const year = /^\d{4}/.exec(issued)?.[0];
  return release === '' || year === undefined ? undefined : `PHSA-${year}-${release}-${number}`;
}
