import { toAdvisoryId } from '../../../foundation/model/brand.ts';
import { releasesOf } from '../../../foundation/model/release-dates.ts';
import type { Severity } from '../../../foundation/model/severity.ts';
import type { AdvisoryRecord, StoredAdvisory } from '../../store/record.ts';
import { isObject, textOf } from '../documents.ts';
import type { JsonObject } from '../documents.ts';
import type { AdvisoryFeed } from '../feed.ts';
import { readJsonMembers } from '../json-members.ts';

/**
 * Debian's security tracker as one JSON document, `{ package: { "CVE-…": { releases: { bookworm: { status, fixed_version, urgency, nodsa, nodsa_reason } } } } }`, by source package. `resolved`
 * has a fixed version, 0 where the release never was affected, which gives nothing; `open` is affected, or will not be fixed where it was decided to ignore it; `undetermined` is under
 * investigation. The urgency `end-of-life` says that nobody looks after the package in that release.
 * @see https://security-tracker.debian.org/tracker/data/json
 */
export const feed: AdvisoryFeed = {
  id: 'debian-tracker',
  source: {
    name: 'Debian Security Tracker',
    url: 'https://security-tracker.debian.org/tracker/data/json',
    licence: 'published without a licence; facts only',
  },
  wants: (name) =>
    /(?:^|\/)(?:debian[-_](?:security[-_])?tracker[^/]*|tracker\/data\/json|debian\/tracker\/(?:api\/)?(?:[^/]+\/)*advisory)(?:\.json)?$/.test(name),
  *read(file) {
    for (const member of readJsonMembers(file)) {
      if (member.problem !== undefined) {
        yield { value: [], problems: [{ message: member.problem }] };
      } else if (!isObject(member.value)) {
        yield { value: [], problems: [{ message: `${file.name}: ${member.key} is no list of vulnerabilities` }] };
      } else {
        const { key, value } = member;
        yield { value: Object.entries(value).flatMap(([id, entry]) => toRecords(key, id, entry)), problems: [] };
      }
    }
  },
};

function toRecords(packageName: string, id: string, entry: unknown): AdvisoryRecord[] {
  if (!/^(?:CVE-\d{4}-\d{4,}|TEMP-[0-9A-F-]+)$/.test(id) || !isObject(entry) || !isObject(entry.releases)) return [];
  return Object.entries(entry.releases).flatMap(([codename, state]): AdvisoryRecord[] => {
    const advisory = isObject(state) ? toAdvisory(state) : undefined;
    return advisory === undefined ? [] : [{ kind: 'affected', bucket: bucketOf(codename), packageName, id: toAdvisoryId(id), advisory }];
  });
}

/** The release in the making has no number yet. */
function bucketOf(codename: string): string {
  const release = releasesOf('debian').releases.find((candidate) => candidate.codename === codename);
  return `debian ${release?.version ?? codename}`;
}

function toAdvisory(state: JsonObject): StoredAdvisory | undefined {
  const urgency = textOf(state.urgency)?.replace(/\*+$/, '') ?? '';
  const severity = Object.hasOwn(severities, urgency) ? severities[urgency] : undefined;
  const rated = severity === undefined ? {} : { severity };
  const fixedVersion = textOf(state.fixed_version);
  switch (textOf(state.status)) {
    case 'resolved':
      return fixedVersion === undefined || fixedVersion === '0' ? undefined : { fixedVersion, ...rated };
    case 'open':
      if (urgency === 'end-of-life') return { status: 'end-of-life' };
      return { status: textOf(state.nodsa_reason) === 'ignored' ? 'will-not-fix' : 'affected', ...rated };
    case 'undetermined':
      return { status: 'under-investigation', ...rated };
    default:
      return undefined;
  }
}

/** @see https://security-team.debian.org/security_tracker.html#severity-levels */
const severities: Readonly<Record<string, Severity>> = { high: 'high', medium: 'medium', low: 'low', unimportant: 'negligible' };
