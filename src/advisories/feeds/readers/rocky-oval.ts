import type { OvalWay } from '../oval-criteria.ts';
import type { OvalDefinition } from '../oval-document.ts';
import type { AdvisoryFeed } from '../feed.ts';
import { readOvalFeed } from '../oval-feed.ts';
import { cveIdsOf, referencedIds, toOvalRecords } from '../oval-records.ts';
import { severityOfWord, streamInTitle } from '../vendor-words.ts';

/**
 * Rocky Linux's OVAL definitions, one for each advisory. They refer to the advisory only: its CVEs stand in the description. The release stands in the CPE that the advisory is from; a
 * modular package's stream in the title.
 * @see https://download.rockylinux.org/pub/oval/
 */
export const feed: AdvisoryFeed = {
  id: 'rocky-oval',
  source: { name: 'Rocky Linux Errata', url: 'https://errata.rockylinux.org/', licence: 'published without a licence; facts only' },
  wants: (name) => /(?:^|\/)org\.rockylinux\.rlsa[^/]*\.xml$/.test(name),
  read: (file) =>
    readOvalFeed(file, (definition, ways) => {
      const vendorIds = referencedIds(definition, 'RLSA');
      const release = releaseOf(definition, ways);
      if (vendorIds.length === 0) return [];
      if (release === undefined) return undefined;
      const named = [...new Set([...cveIdsOf(definition), ...definition.mentionedCves])];
      const severity = severityOfWord(definition.severity);
      const records = toOvalRecords(withStreams(definition, ways), () => [{ bucket: `rocky ${release}` }], {
        ids: named.length > 0 ? named : vendorIds,
        ...(named.length > 0 && { vendorIds }),
        ...(severity !== undefined && { severity }),
      });
      return records.length > 0 ? records : undefined;
    }),
};

/** By the packages themselves, all of one release; else by the CPE 'cpe:/o:rocky:rocky:9:GA'. */
function releaseOf({ from }: OvalDefinition, ways: readonly OvalWay[]): string | undefined {
  const releases = new Set(ways.flatMap(({ packages }) => packages.flatMap(({ below }) => /\.(?:module\+)?el(\d+)/.exec(below ?? '')?.[1] ?? [])));
  return releases.size === 1 ? [...releases][0] : /^cpe:\/o:rocky:rocky:(\d+)/.exec(from)?.[1];
}

/** A modular package whose stream the title does not name is left out: under its bare name it would be taken for the one that is not modular. */
function withStreams({ title }: OvalDefinition, ways: readonly OvalWay[]): readonly OvalWay[] {
  const module = streamInTitle(title);
  return ways.flatMap((way) => {
    const isModular = way.packages.some(({ below }) => below?.includes('.module+') === true);
    return !isModular ? [way] : module === undefined ? [] : [{ ...way, module }];
  });
}
