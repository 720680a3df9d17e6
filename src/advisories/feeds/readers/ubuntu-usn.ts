import { toAdvisoryId } from '../../../foundation/model/brand.ts';
import type { AdvisoryRecord } from '../../store/record.ts';
import { isObject, textOf, textsIn } from '../documents.ts';
import type { JsonObject } from '../documents.ts';
import type { AdvisoryFeed } from '../feed.ts';
import { readJsonMembers } from '../json-members.ts';
import { ubuntuPlace } from '../ubuntu-releases.ts';
import { cveIdsIn } from '../vendor-words.ts';

/**
 * Ubuntu's security notices as one JSON document, `{ "6342-1": { cves, releases: { jammy: { sources: { name: { version } }, binaries: { name: { version, pocket } } } } } }`, by source package.
 * The archives that the binary packages are in tell whether everybody has the update.
 * @see https://usn.ubuntu.com/usn-db/database-all.json
 */
export const feed: AdvisoryFeed = {
  id: 'ubuntu-usn',
  source: { name: 'Ubuntu Security Notices', url: 'https://usn.ubuntu.com/usn-db/', licence: 'CC-BY-SA-4.0 (Canonical)' },
  wants: (name) => /(?:^|\/)(?:usn[^/]*\/)?database(?:-all)?\.json$/.test(name),
  *read(file) {
    for (const member of readJsonMembers(file)) {
      if (member.problem !== undefined) {
        yield { value: [], problems: [{ message: member.problem }] };
        continue;
      }
      const { key, value } = member;
      if (!isObject(value) || !isObject(value.releases)) yield { value: [], problems: [{ message: `${file.name}: ${key} is no notice` }] };
      else yield { value: toRecords(`USN-${key}`, value, value.releases), problems: [] };
    }
  },
};

function toRecords(notice: string, entry: JsonObject, releases: JsonObject): readonly AdvisoryRecord[] {
  const cves = cveIdsIn(textsIn(entry.cves));
  return Object.entries(releases).flatMap(([codename, release]) => {
    const bucket = ubuntuPlace(codename)?.bucket;
    if (bucket === undefined || !isObject(release) || !isObject(release.sources)) return [];
    const service = serviceOf(release);
    return Object.entries(release.sources).flatMap(([packageName, source]) => {
      const fixedVersion = isObject(source) ? textOf(source.version) : undefined;
      if (fixedVersion === undefined) return [];
      const advisory = { fixedVersion, ...(cves.length > 0 && { vendorIds: [notice] }), ...(service !== undefined && { service }) };
      return (cves.length > 0 ? cves : [notice]).map((id): AdvisoryRecord => ({
        kind: 'affected',
        bucket,
        packageName,
        id: toAdvisoryId(id),
        advisory,
      }));
    });
  });
}

/** 'esm-infra' or 'esm-apps' when all its packages are there and nowhere else; versions of Expanded Security Maintenance say so themselves in older notices. */
function serviceOf(release: JsonObject): string | undefined {
  const binaries = isObject(release.binaries) ? Object.values(release.binaries).filter(isObject) : [];
  const pockets = new Set(binaries.map(({ pocket }) => textOf(pocket) ?? ''));
  const [pocket = ''] = pockets;
  if (pockets.size === 1 && pocket.startsWith('esm-')) return pocket;
  const isMarked = binaries.length > 0 && binaries.every(({ version }) => /[~+]esm\d/.test(textOf(version) ?? ''));
  return isMarked ? 'esm-infra' : undefined;
}
