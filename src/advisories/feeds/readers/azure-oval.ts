import type { AdvisoryFeed } from '../feed.ts';
import type { OvalWay } from '../oval-criteria.ts';
import { readOvalFeed } from '../oval-feed.ts';
import { cveIdsOf, toOvalRecords } from '../oval-records.ts';
import { severityOfWord } from '../vendor-words.ts';

/**
 * Microsoft's OVAL definitions for Azure Linux and, before, CBL-Mariner: a file for each release, a definition for each CVE and source package. "Less than or equal" gives the newest
 * affected version where there is no fix. Definitions that were looked into and found not to apply say `patchable: Not Applicable`.
 * @see https://github.com/microsoft/AzureLinuxVulnerabilityData
 */
export const feed: AdvisoryFeed = {
  id: 'azure-oval',
  source: { name: 'Azure Linux Vulnerability Data', url: 'https://github.com/microsoft/AzureLinuxVulnerabilityData', licence: 'MIT' },
  wants: (name) => fileName.test(name),
  read(file) {
    const [, product = '', release = ''] = fileName.exec(file.name) ?? [];
    const bucket = `${product === 'azurelinux' ? 'Azure Linux' : 'CBL-Mariner'} ${release}`;
    return readOvalFeed(file, (definition, ways) => {
      const ids = cveIdsOf(definition);
      if (ids.length === 0 || definition.patchable === 'Not Applicable') return [];
      const severity = severityOfWord(definition.severity);
      const records = toOvalRecords(ways.map(toWholeBounds), () => [{ bucket }], { ids, ...(severity !== undefined && { severity }) });
      return records.length > 0 ? records : undefined;
    });
  },
};

/** '6.0 or earlier' means every release of 6.0, which rpm puts above 6.0 alone: the caret is above them all, and below 6.0.1. */
function toWholeBounds(way: OvalWay): OvalWay {
  return {
    ...way,
    packages: way.packages.map((item) => (item.upTo === undefined || item.upTo.includes('-') ? item : { ...item, upTo: `${item.upTo}^` })),
  };
}

const fileName = /(?:^|\/)(azurelinux|cbl-mariner)-(\d+\.\d+)-oval[^/]*\.xml$/;
