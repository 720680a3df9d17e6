import { toAdvisoryId } from '../../../foundation/model/brand.ts';
import type { Rating } from '../../../foundation/model/finding.ts';
import type { AdvisoryRecord, StoredAdvisory } from '../../store/record.ts';
import type { AdvisoryFeed } from '../feed.ts';
import { criteriaOf } from '../oval-criteria.ts';
import type { OvalCriteria, OvalWay } from '../oval-criteria.ts';
import type { OvalCve, OvalDefinition } from '../oval-document.ts';
import { readOvalFeed } from '../oval-feed.ts';
import { cveIdsOf, referencedIds, toOvalAdvisory } from '../oval-records.ts';
import { ubuntuPlace } from '../ubuntu-releases.ts';
import type { UbuntuPlace } from '../ubuntu-releases.ts';
import { dayOf, severityOfWord } from '../vendor-words.ts';

/**
 * Ubuntu's OVAL definitions of one release, in three shapes: by notice (`usn`), with the binary packages; by CVE (`cve`) and by package (`pkg`), which name the source package and its
 * state in the comment of each criterion, and what is not fixed too. Notices on running kernels name no packages.
 * @see https://security-metadata.canonical.com/oval/
 */
export const feed: AdvisoryFeed = {
  id: 'ubuntu-oval',
  source: { name: 'Ubuntu OVAL', url: 'https://security-metadata.canonical.com/oval/', licence: 'GPL-3.0-only' },
  wants: (name) => fileName.test(name),
  *read(file) {
    const [, service, codename = '', shape] = fileName.exec(file.name) ?? [];
    const place = ubuntuPlace(service === undefined ? codename : `${service}/${codename}`);
    if (place === undefined) return;
    yield* readOvalFeed(file, (definition, ways) => {
      if (definition.criteria === undefined || definition.class === 'inventory') return [];
      const records = shape === 'usn' ? toNotice(definition, definition.criteria, ways, place) : toStates(definition, definition.criteria);
      return records === undefined || records.length === 0 ? records : [...records, ...definition.cves.flatMap(toDetail)];
    });
  },
};

const fileName = /(?:^|\/)(?:oci\.)?com\.ubuntu\.(?:([a-z-]+)_)?([a-z]+)(?:-[\d-]+)?\.(usn|cve|pkg)\.oval\.xml$/;

function toNotice(definition: OvalDefinition, criteria: OvalCriteria, ways: readonly OvalWay[], place: UbuntuPlace): readonly AdvisoryRecord[] {
  const notices = referencedIds(definition, 'USN');
  const cves = cveIdsOf(definition);
  const service = proService(criteria) ?? place.service;
  return ways.flatMap((way) =>
    way.packages.flatMap((item) => {
      const advisory = {
        ...toOvalAdvisory(item, way, { ...(cves.length > 0 && { vendorIds: notices }) }),
        filedUnder: 'binary' as const,
        ...(service !== undefined && { service }),
      };
      return (cves.length > 0 ? cves : notices).map((id) => toRecord(place.bucket, item.name, id, advisory));
    }),
  );
}

/** Tests are commented with who gets the update: 'Available with Ubuntu Pro (Infra-only): …'. */
function proService(criteria: OvalCriteria): string | undefined {
  const comment = criteriaOf(criteria).find((one) => one.comment.includes('Ubuntu Pro'))?.comment;
  return comment === undefined ? undefined : /infra/i.test(comment) ? 'esm-infra' : 'esm-apps';
}

/** Undefined when a comment is none of those that are known. */
function toStates(definition: OvalDefinition, criteria: OvalCriteria): readonly AdvisoryRecord[] | undefined {
  const records: AdvisoryRecord[] = [];
  for (const { comment } of criteriaOf(criteria)) {
    const [, cve, packageName, archive = '', words = ''] =
      /^(?:\((CVE-[\d-]+)\) )?'?([a-z0-9][a-z0-9.+-]*)'? package in ([^\s,]+),? (.*)$/.exec(comment) ?? [];
    if (packageName === undefined) continue;
    const advisory = toAdvisory(words);
    if (advisory === undefined) return undefined;
    const place = ubuntuPlace(archive);
    if (place === undefined || advisory === 'not-affected') continue;
    const { bucket, service } = place;
    const ids = cve === undefined ? cveIdsOf(definition) : [cve];
    records.push(...ids.map((id) => toRecord(bucket, packageName, id, { ...advisory, ...(service !== undefined && { service }) })));
  }
  return records;
}

function toAdvisory(words: string): StoredAdvisory | 'not-affected' | undefined {
  const fixedVersion = /has been fixed \(note: '(\d[\w.+:~-]*)'\)/.exec(words)?.[1];
  if (fixedVersion !== undefined) return { fixedVersion };
  if (/not affected|does not exist/.test(words)) return 'not-affected';
  if (/ignore/.test(words)) return { status: 'will-not-fix' };
  if (/may need fixing|may be (?:affected|vulnerable)|triage|evaluated/.test(words)) return { status: 'under-investigation' };
  if (/affected|vulnerable|defer|pending/.test(words)) return { status: 'affected' };
  return undefined;
}

function toRecord(bucket: string, packageName: string, id: string, advisory: StoredAdvisory): AdvisoryRecord {
  return { kind: 'affected', bucket, packageName, id: toAdvisoryId(id), advisory };
}

/** Priorities are Ubuntu's own, the CVSS is NVD's. */
function toDetail({ id, attributes }: OvalCve): AdvisoryRecord[] {
  const cvssVector = attributes.get('cvss_vector') ?? '';
  const score = Number(attributes.get('cvss_score'));
  const ratings: Rating[] = /^CVSS:[34]\.\d\//.test(cvssVector) ? [{ cvssVector, source: 'nvd', ...(score >= 0 && score <= 10 && { score }) }] : [];
  const priority = severityOfWord(attributes.get('priority'));
  const publishedAt = dayOf(attributes.get('public'));
  if (!id.startsWith('CVE-') || (ratings.length === 0 && priority === undefined && publishedAt === undefined)) return [];
  const detail = {
    ...(ratings.length > 0 && { ratings }),
    ...(priority !== undefined && { vendorSeverities: { ubuntu: priority } }),
    ...(publishedAt !== undefined && { publishedAt }),
  };
  return [{ kind: 'vulnerability', id: toAdvisoryId(id), detail }];
}
