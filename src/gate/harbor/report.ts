import { MAX_REGISTRY_REPORT_ENTRIES } from '../../foundation/base/limits.ts';
import type { HttpResponse } from '../../foundation/io/http.ts';
import type { RegistryReport, RegistryVulnerability } from '../../foundation/model/push.ts';
import { isRecord, memberOf, parseJson, textOf, toShowable, type JsonRecord } from '../../registry/json.ts';
import { formatReference, registryNamespaceOf, type ImageReference } from '../../registry/reference.ts';
import { PolicyError, type ProviderContext } from '../provider.ts';
import { HarborApi } from './read.ts';
import { toRetryAfter } from '../push/retry-after.ts';

/** The kinds of report that are read: today's, and that of Harbor up to 2.5. What Harbor answers is keyed by them. */
const REPORT_TYPES: readonly string[] = [
  'application/vnd.security.vulnerability.report; version=1.1',
  'application/vnd.scanner.adapter.vuln.report.harbor+json; version=1.0',
];
const ACCEPT = { 'x-accept-vulnerabilities': REPORT_TYPES.join(', ') };
const NO_VULNERABILITIES: Pick<RegistryReport, 'vulnerabilities'> = { vulnerabilities: [] };

/**
 * Returns what Harbor's own scan found in the artifact that `reference` names by its digest, or how far that scan is.
 * The report's own severity is not looked at: real servers have answered "Unknown" there beside entries that are High.
 * @throws {PolicyError} @see https://github.com/goharbor/harbor/blob/main/api/v2.0/swagger.yaml
 */
export async function readHarborReport(reference: ImageReference, context: ProviderContext): Promise<RegistryReport> {
  const project = registryNamespaceOf(reference);
  const name = reference.digest ?? reference.tag;
  if (project === undefined || name === undefined)
    throw new PolicyError('unsupported', `${formatReference(reference)} names no artifact of a Harbor project`);
  const repository = reference.repository.slice(project.length + 1);
  // Harbor decodes a repository's name twice: its slashes are encoded twice.
  const path = `/projects/${encodeURIComponent(project)}/repositories/${encodeURIComponent(encodeURIComponent(repository))}/artifacts/${encodeURIComponent(name)}`;
  const headers = { ...ACCEPT, ...(/^\d+$/.test(project) ? { 'x-is-resource-name': 'true' } : {}) };
  const api = new HarborApi(reference.registry, context);

  const artifact = await api.get(`${path}?with_scan_overview=true`, headers);
  const busy = toBusy(artifact, context.now);
  if (busy !== undefined) return busy;
  // An account that may read reports need not be one that may read artifacts: only the state of the scan is missed.
  if (artifact.status !== 200 && artifact.status !== 403) throw toRefusal(artifact.status, reference, 'artifact:read');
  const status = artifact.status === 200 ? statusOf(parseJson(artifact.body), reference.registry) : 'done';
  if (status !== 'done') return { status, ...NO_VULNERABILITIES };

  const report = await api.get(`${path}/additions/vulnerabilities`, headers);
  const busyNow = toBusy(report, context.now);
  if (busyNow !== undefined) return busyNow;
  if (report.status !== 200) throw toRefusal(report.status, reference, 'artifact-addition:read');
  return toReport(parseJson(report.body), reference.registry);
}

/** @see scan_overview of an artifact: by kind of report, {scan_status, severity, summary …} */
function statusOf(artifact: unknown, registry: string): RegistryReport['status'] {
  if (!isRecord(artifact)) throw malformed(registry, 'says of the artifact is not a JSON object');
  const overview = memberOf(artifact, 'scan_overview');
  const states = isRecord(overview) ? Object.values(overview).map((entry) => textOf(entry, 'scan_status')?.toLowerCase()) : [];
  if (states.includes('success')) return 'done';
  if (states.some((state) => state === 'pending' || state === 'running' || state === 'scheduled')) return 'pending';
  return states.some((state) => state === 'error' || state === 'stopped') ? 'failed' : 'none';
}

function toReport(answer: unknown, registry: string): RegistryReport {
  if (!isRecord(answer)) throw malformed(registry, 'sent as its report is not a JSON object');
  // Unscanned is 200 with {}.
  if (Object.keys(answer).length === 0) return { status: 'none', ...NO_VULNERABILITIES };
  const report = REPORT_TYPES.map((type) => memberOf(answer, type)).find(isRecord) ?? Object.values(answer).find(isRecord);
  if (report === undefined) throw malformed(registry, 'sent as its report holds none');
  // A report without findings has null here.
  const listed = memberOf(report, 'vulnerabilities') ?? [];
  if (!Array.isArray(listed)) throw malformed(registry, 'sent as its report has no list of vulnerabilities');
  if (listed.length > MAX_REGISTRY_REPORT_ENTRIES)
    throw malformed(registry, `sent as its report has more than ${MAX_REGISTRY_REPORT_ENTRIES} entries`);
  const scannedAt = shownOf(report, 'generated_at');
  return {
    status: 'done',
    ...toScanner(report),
    ...(scannedAt === undefined ? {} : { scannedAt }),
    vulnerabilities: listed.flatMap(toVulnerability),
  };
}

function toScanner(report: JsonRecord): Pick<RegistryReport, 'scanner'> {
  const scanner = memberOf(report, 'scanner');
  const name = shownOf(scanner, 'name');
  const version = shownOf(scanner, 'version');
  return name === undefined ? {} : { scanner: { name, ...(version === undefined ? {} : { version }) } };
}

function shownOf(entry: unknown, key: string): string | undefined {
  const text = textOf(entry, key);
  return text === undefined ? undefined : toShowable(text);
}

/** An entry without an id counts for Harbor as any other does. */
function toVulnerability(entry: unknown): readonly RegistryVulnerability[] {
  const id = toShowable(textOf(entry, 'id') ?? '') || 'a vulnerability without an id';
  const named = shownOf(entry, 'package');
  const version = shownOf(entry, 'version');
  return [
    {
      id,
      severity: shownOf(entry, 'severity') ?? '',
      ...(named === undefined ? {} : { package: named }),
      ...(version === undefined ? {} : { version }),
    },
  ];
}

function toBusy({ status, headers }: HttpResponse, now: Date): RegistryReport | undefined {
  if (status !== 429 && status !== 503) return undefined;
  const retryAfterMs = toRetryAfter(headers['retry-after'], now);
  return { status: 'pending', ...NO_VULNERABILITIES, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}

function toRefusal(status: number, reference: ImageReference, permission: string): PolicyError {
  const what = `the scan of ${formatReference(reference)}`;
  if (status === 401)
    return new PolicyError(
      'unauthenticated',
      `${reference.registry} tells ${what} only to those who are signed in (401); run 'docker login ${reference.registry}'`,
    );
  if (status === 403)
    return new PolicyError(
      'forbidden',
      `${reference.registry} does not tell this account ${what} (403); a robot account needs the permission ${permission}`,
    );
  if (status === 404)
    return new PolicyError('not-found', `${reference.registry} does not know ${formatReference(reference)} (404), or does not tell this account`);
  return new PolicyError(status >= 500 ? 'server-error' : 'malformed', `${reference.registry} answered ${status} when asked for ${what}`);
}

function malformed(registry: string, what: string): PolicyError {
  return new PolicyError('malformed', `what ${registry} ${what}`);
}
