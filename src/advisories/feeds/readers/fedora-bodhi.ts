import { toAdvisoryId } from '../../../foundation/model/brand.ts';
import type { AdvisoryRecord } from '../../store/record.ts';
import { isObject, objectsIn, textOf } from '../documents.ts';
import type { JsonObject } from '../documents.ts';
import type { AdvisoryFeed } from '../feed.ts';
import { readJsonMembers } from '../json-members.ts';
import { cveIdsIn, severityOfWord, toRpmVersion } from '../vendor-words.ts';

/**
 * Fedora's updates as Bodhi answers, a list of them or `{ updates: [] }`: `{ updateid, type, severity, status, release: { id_prefix, version }, builds: [{ nvr, epoch }], bugs: [{ title }] }`.
 * Builds are sources. A repository's updateinfo.xml names all of them.
 * @see https://bodhi.fedoraproject.org/docs/server_api/
 */
export const feed: AdvisoryFeed = {
  id: 'fedora-bodhi',
  source: { name: 'Fedora Updates', url: 'https://bodhi.fedoraproject.org/updates/', licence: 'published without a licence; facts only' },
  wants: (name) => /(?:^|\/)bodhi[^/]*\.json$|(?:^|\/)(?:bodhi|updates)\/F\d+M?\.json$/.test(name),
  *read(file) {
    for (const member of readJsonMembers(file)) {
      if (member.problem !== undefined) yield { value: [], problems: [{ message: member.problem }] };
      else if (member.key === '') yield { value: toRecords(member.value), problems: [] };
      else if (member.key === 'updates') yield { value: objectsIn(member.value).flatMap(toRecords), problems: [] };
    }
  },
};

function toRecords(update: unknown): readonly AdvisoryRecord[] {
  if (!isObject(update) || update.type !== 'security' || update.status !== 'stable') return [];
  const id = textOf(update.updateid) ?? textOf(update.alias);
  const release = isObject(update.release) ? update.release : {};
  const version = textOf(release.version);
  if (id === undefined || version === undefined || !/^\d+$/.test(version) || textOf(release.id_prefix) !== 'FEDORA') return [];
  const cves = cvesOf(update);
  const severity = severityOfWord(textOf(update.severity));
  return objectsIn(update.builds).flatMap((build) => {
    const [, packageName, number = '', rest = ''] = /^(.+)-([^-]+)-([^-]+)$/.exec(textOf(build.nvr) ?? '') ?? [];
    if (packageName === undefined || build.type !== 'rpm') return [];
    const epoch = typeof build.epoch === 'number' ? String(build.epoch) : undefined;
    const advisory = {
      fixedVersion: toRpmVersion(epoch, number, rest),
      filedUnder: 'source' as const,
      ...(cves.length > 0 && { vendorIds: [id] }),
      ...(severity !== undefined && { severity }),
    };
    return (cves.length > 0 ? cves : [id]).map((one): AdvisoryRecord => ({
      kind: 'affected',
      bucket: `fedora ${version}`,
      packageName,
      id: toAdvisoryId(one),
      advisory,
    }));
  });
}

function cvesOf(update: JsonObject): readonly string[] {
  const titled = cveIdsIn(objectsIn(update.bugs).map((bug) => textOf(bug.title) ?? ''));
  return titled.length > 0 ? titled : cveIdsIn([textOf(update.title) ?? '', textOf(update.notes) ?? '']);
}
