/**
 * Reports that somebody attached to an image in its registry. What is found there is as trustworthy as those who may push to the repository: it is checked for being a report of this image, taken apart and
 * put together anew, and nothing in it is run or offered to be run.
 */
import { messageOf } from '../foundation/base/result.ts';
import { MAX_ATTACHMENT_BYTES, MAX_FOUND_REPORTS, UPLOAD_TIMEOUT_MS } from '../foundation/base/limits.ts';
import { parseJson as parseBoundedJson } from '../foundation/formats/json.ts';
import { isDigest } from '../foundation/model/brand.ts';
import { applicationPackageTypes, systemPackageTypes } from '../foundation/model/package.ts';
import type { ScanReport } from '../foundation/model/report.ts';
import { isScanReport } from '../protocol/model-guards/report.ts';
import type { RegistryClient } from '../registry/client.ts';
import { RegistryError } from '../registry/error.ts';
import type { ImageManifest } from '../registry/image-manifests.ts';
import { memberOf, parseJson, textOf } from '../registry/json.ts';
import { listReferrers, type Referrer } from '../registry/referrers.ts';
import { annotationKeys, REPORT_TYPE } from './attached-kinds.ts';
import { checkReport } from './parse-report.ts';

export interface FoundReport {
  readonly report: ScanReport;
  /** 'registry.example.com/team/app@sha256:…' */
  readonly reference: string;
}

export interface ReportSearch {
  readonly found?: FoundReport;
  /** Why each of those that were looked at is of no use. */
  readonly refused: readonly string[];
}

/** Returns the newest report attached to an image that is complete and of this image; of those of equal age the one with the lower digest. @throws {RegistryError} when the registry cannot be asked */
export async function findReport(client: RegistryClient, repository: string, image: ImageManifest, now: Date): Promise<ReportSearch> {
  const referrers = await listReferrers(client, repository, image.descriptor.digest, REPORT_TYPE);
  const refused: string[] = [];
  for (const referrer of referrers.toSorted(newestFirst(now)).slice(0, MAX_FOUND_REPORTS)) {
    const reference = `${client.session.registry}/${repository}@${referrer.digest}`;
    const report = await readReport(client, repository, referrer, image).catch((error: unknown) => {
      // One that is broken must not hide the others; a registry that does not answer is another matter.
      if (error instanceof RegistryError && ['not-found', 'malformed', 'digest-mismatch', 'too-large'].includes(error.code)) return messageOf(error);
      throw error;
    });
    if (typeof report !== 'string') return { found: { report, reference }, refused };
    refused.push(`${reference} is not used: ${report}`);
  }
  return { refused };
}

/** By what its annotations say, which only decides what is looked at first. */
function newestFirst(now: Date): (a: Referrer, b: Referrer) => number {
  const timeOf = ({ annotations }: Referrer): number => {
    const time = Date.parse(annotations[annotationKeys.advisoriesBuiltAt] ?? '');
    return time <= now.getTime() ? time : -1;
  };
  return (a, b) => timeOf(b) - timeOf(a) || (a.digest < b.digest ? -1 : 1);
}

async function readReport(client: RegistryClient, repository: string, referrer: Referrer, image: ImageManifest): Promise<ScanReport | string> {
  const { registry } = client.session;
  const manifest = parseJson((await client.getManifest({ registry, repository, digest: referrer.digest })).bytes);
  if (textOf(memberOf(manifest, 'subject'), 'digest') !== image.descriptor.digest) return 'it was attached to another image';
  if (textOf(manifest, 'artifactType') !== REPORT_TYPE) return 'it says of itself that it is something else';
  const layers = memberOf(manifest, 'layers');
  const layer: unknown = Array.isArray(layers) && layers.length === 1 ? layers[0] : undefined;
  const digest = memberOf(layer, 'digest');
  if (!isDigest(digest) || textOf(layer, 'mediaType') !== REPORT_TYPE) return 'it holds no report';
  return checkFound(await client.getBlob(repository, digest, MAX_ATTACHMENT_BYTES, UPLOAD_TIMEOUT_MS), image);
}

/** Returns the report, or why it is none that can stand for a scan of this image. */
export function checkFound(bytes: Uint8Array, image: ImageManifest): ScanReport | string {
  // Two bounds: how many values there are, and how deep they lie in one another.
  const { reason } = parseBoundedJson(bytes);
  if (reason !== undefined) return reason;
  const value = parseJson(bytes);
  const report = checkReport(value);
  if (typeof report === 'string') return report;
  if (!isScanReport(value)) return 'it does not have the form of a report';
  return explainMismatch(report, image) ?? report;
}

/** Returns why a report is not all there is to say of an image, undefined when it is. */
function explainMismatch(report: ScanReport, image: ImageManifest): string | undefined {
  if (report.status !== 'complete') return 'it is partial';
  if (report.filtered !== undefined) return 'findings were left out of it';
  if (report.origin !== undefined) return 'it was itself found somewhere';
  if (report.advisories.builtAt === '') return 'vulnerabilities were not looked for';
  if (!isReportOf(report, image)) return 'it is of another image or platform';
  return isConsistent(report) ? undefined : 'it contradicts itself';
}

/** True when a report is of this image, whatever digest it had when it was scanned: what its layers unpack to is the same wherever it is kept. */
export function isReportOf({ image: { platform, layers } }: ScanReport, image: ImageManifest): boolean {
  const { os, architecture } = image.platform;
  if (platform.os !== os || platform.architecture !== architecture) return false;
  return layers.length === image.diffIds.length && layers.every(({ diffId }, index) => diffId === image.diffIds[index]);
}

const knownTypes: ReadonlySet<string> = new Set([...systemPackageTypes, ...applicationPackageTypes]);

/** What reads reports goes by these. */
function isConsistent({ packages, findings, image: { layers, config } }: ScanReport): boolean {
  return (
    packages.every(({ type, layer }) => knownTypes.has(type) && layer < Math.max(layers.length, 1)) &&
    findings.every(({ location }) => (location.layer ?? -1) < layers.length && (location.historyIndex ?? -1) < config.history.length)
  );
}
