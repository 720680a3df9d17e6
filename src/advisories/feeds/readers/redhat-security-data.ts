import { toAdvisoryId } from '../../../foundation/model/brand.ts';
import type { AdvisoryId } from '../../../foundation/model/brand.ts';
import type { FixStatus, Rating } from '../../../foundation/model/finding.ts';
import type { Severity } from '../../../foundation/model/severity.ts';
import type { AdvisoryRecord } from '../../store/record.ts';
import { isObject, objectsIn, readJsonDocument, textOf, unreadable } from '../documents.ts';
import type { JsonObject } from '../documents.ts';
import { toDate, toId, toRating } from '../facts.ts';
import type { AdvisoryFeed } from '../feed.ts';
import { severityOfWord } from '../vendor-words.ts';

/**
 * Red Hat's security data of one CVE, as its interface answers: `{ name, threat_severity, cvss3, affected_release: [{ advisory, package, cpe }], package_state: [{ package_name, fix_state, cpe }] }`.
 * Packages are sources.
 * @see https://docs.redhat.com/en/documentation/red_hat_security_data_api/1.0/html/red_hat_security_data_api/cve
 */
export const feed: AdvisoryFeed = {
  id: 'redhat-security-data',
  source: { name: 'Red Hat Security Data', url: 'https://access.redhat.com/hydra/rest/securitydata', licence: 'CC-BY-4.0' },
  wants: (name) => /(?:^|\/)(?:securitydata(?:api)?|redhat-security-data|vuln-list-redhat\/api)\/(?:[^/]+\/)*CVE-\d{4}-\d+\.json$/.test(name),
  *read(file) {
    const { value, problems } = readJsonDocument(file);
    const id = isObject(value) ? toId(value.name) : undefined;
    if (problems.length > 0) yield { value: [], problems };
    else if (!isObject(value) || id?.startsWith('CVE-') !== true) yield unreadable(file, 'no security data of a CVE');
    else yield { value: toRecords(id, value), problems: [] };
  },
};

function toRecords(id: AdvisoryId, data: JsonObject): readonly AdvisoryRecord[] {
  const severity = severityOfWord(textOf(data.threat_severity));
  const cves = [{ id, ...(severity !== undefined && { severity }) }];
  const fixed = objectsIn(data.affected_release).flatMap((release): AdvisoryRecord[] => {
    const [, packageName, epoch = '', version = ''] = /^(.+)-(\d+:)?([^-:]+-[^-:]+)$/.exec(textOf(release.package) ?? '') ?? [];
    const erratum = toId(release.advisory);
    const cpe = textOf(release.cpe);
    if (packageName === undefined || erratum === undefined || cpe === undefined || version.includes('.module')) return [];
    const advisory = { fixedVersion: `${epoch === '0:' ? '' : epoch}${version}`, cves, cpes: [cpe], filedUnder: 'source' as const };
    return [{ kind: 'affected', bucket: 'Red Hat', packageName, id: toAdvisoryId(erratum), advisory }];
  });
  const open = objectsIn(data.package_state).flatMap((state): AdvisoryRecord[] => {
    const [packageName, cpe] = [textOf(state.package_name), textOf(state.cpe)];
    const word = textOf(state.fix_state)?.toLowerCase() ?? '';
    const status = Object.hasOwn(statuses, word) ? statuses[word] : undefined;
    if (packageName === undefined || cpe === undefined || status === undefined) return [];
    // 'nodejs:18/npm' is a package of a module.
    const name = packageName.replace(/^([^/:]+:[^/:]+)\/(.+)$/, '$1::$2');
    return [{ kind: 'affected', bucket: 'Red Hat', packageName: name, id, advisory: { status, cves, cpes: [cpe], filedUnder: 'source' } }];
  });
  const records = [...fixed, ...open];
  return records.length === 0 ? [] : [...records, { kind: 'vulnerability', id, detail: toDetail(data, severity) }];
}

/** 'Not affected' gives nothing. */
const statuses: Readonly<Record<string, FixStatus>> = {
  affected: 'affected',
  'fix deferred': 'affected',
  new: 'under-investigation',
  'out of support scope': 'end-of-life',
  'under investigation': 'under-investigation',
  'will not fix': 'will-not-fix',
};

function toDetail(data: JsonObject, severity: Severity | undefined): Extract<AdvisoryRecord, { kind: 'vulnerability' }>['detail'] {
  const vectors = [
    isObject(data.cvss3) ? data.cvss3.cvss3_scoring_vector : undefined,
    isObject(data.cvss) ? data.cvss.cvss_scoring_vector : undefined,
  ];
  const ratings = vectors.flatMap((vector): Rating | Rating[] => toRating(vector, 'redhat') ?? []);
  const publishedAt = toDate(textOf(data.public_date));
  return {
    ...(ratings.length > 0 && { ratings }),
    ...(severity !== undefined && { vendorSeverities: { redhat: severity } }),
    ...(publishedAt !== undefined && { publishedAt }),
  };
}
