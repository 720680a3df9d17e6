import { toAdvisoryId } from '../../../foundation/model/brand.ts';
import type { AdvisoryRecord } from '../../store/record.ts';
import type { AdvisoryFeed } from '../feed.ts';

/**
 * The lists of Debian's security advisories (DSA) and of those of long-term support (DLA). An entry begins with `[date] DSA-5673-1 glibc - security update`; indented under
 * it stand the CVEs in braces and a line for each release: `[bookworm] - glibc 2.36-9+deb12u6`. An entry without CVEs is a correction of an earlier one, and passed over.
 * @see https://salsa.debian.org/security-tracker-team/security-tracker/-/tree/master/data
 */
export const feed: AdvisoryFeed = {
  id: 'debian-dsa-dla',
  source: {
    name: 'Debian Security Tracker',
    url: 'https://salsa.debian.org/security-tracker-team/security-tracker',
    licence: 'published without a licence; facts only',
  },
  wants: (name) => /(?:^|\/)data\/(?:DSA|DLA)\/list$/.test(name),
  *read(file) {
    let entry: Entry | undefined;
    for (const [index, line] of new TextDecoder().decode(file.bytes).split('\n').entries()) {
      if (line.startsWith('[')) {
        const id = /^\[[^\]]*\] (D[SL]A-\d+)(?:-\d+)?\s/.exec(line)?.[1];
        entry = id === undefined ? undefined : { id, cves: [] };
        if (id === undefined) yield { value: [], problems: [{ message: `${file.name}: an entry without an id`, line: index + 1 }] };
      } else if (entry !== undefined) {
        const braces = /^\s+\{(.*)\}/.exec(line)?.[1];
        if (braces !== undefined) entry = { id: entry.id, cves: braces.split(/\s+/).filter((word) => word.startsWith('CVE-')) };
        const records = toRecords(entry, line);
        if (records.length > 0) yield { value: records, problems: [] };
      }
    }
  },
};

interface Entry {
  readonly id: string;
  readonly cves: readonly string[];
}

/** Releases by code name; older ones are past their support. @see https://www.debian.org/releases/ */
const releases: Readonly<Record<string, string>> = { buster: '10', bullseye: '11', bookworm: '12', trixie: '13', forky: '14' };

function toRecords({ id, cves }: Entry, line: string): readonly AdvisoryRecord[] {
  const [, codename = '', packageName = '', fixedVersion = ''] =
    /^\s+\[([a-z]+)\] - ([a-z0-9][a-z0-9.+-]*) (\d[\w.+:~-]*)\s*(?:\(.*)?$/.exec(line) ?? [];
  const release = releases[codename];
  if (release === undefined) return [];
  return cves.map((cve) => ({
    kind: 'affected',
    bucket: `debian ${release}`,
    packageName,
    id: toAdvisoryId(cve),
    advisory: { fixedVersion, vendorIds: [id] },
  }));
}
