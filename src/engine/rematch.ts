import type { Vulnerability } from '../advisories/matching/match.ts';
import { omit } from '../foundation/base/omit.ts';
import { compareBy, compareText } from '../foundation/base/order.ts';
import type { Finding } from '../foundation/model/finding.ts';
import type { GoneFinding, NewFinding, RematchedImage, RematchResult } from '../foundation/model/rematch.ts';
import type { ScanReport } from '../foundation/model/report.ts';
import { severityRank } from '../foundation/model/severity.ts';
import { openAdvisories } from './advisories.ts';
import type { ScanHooks } from './engine.ts';
import { matchSeen, type SeenMatches } from './match-seen.ts';
import { foundKey, readSeen, writeSeen, type Change, type SeenImage } from './seen-images.ts';
import { compareFindings } from './sort-findings.ts';
import { findVulnerabilities } from './vulnerability-findings.ts';

export interface RematchOptions {
  readonly advisoriesFile?: string;
  /** ISO 8601, a day or a time: what came or went from then on. Default: what comes or goes in this run. */
  readonly since?: string;
}

/**
 * Returns what the advisories of now say of every image that was scanned, without looking at the images: what is new, and what is gone. What is new is remembered, so that the next run does not call it new again.
 * @throws {AdvisoryStoreError} when the advisories cannot be opened · DOMException AbortError
 */
export async function rematchSeenImages({ advisoriesFile: file, since }: RematchOptions, hooks: ScanHooks = {}): Promise<RematchResult> {
  const seen = await readSeen();
  const store = openAdvisories(file);
  try {
    const now = new Date();
    const images: RematchedImage[] = [];
    for (const [image, matches] of matchSeen(seen, store, now)) {
      hooks.signal?.throwIfAborted();
      hooks.onProgress?.({ fraction: images.length / seen.length, message: `Matching ${image.reference ?? image.digest ?? ''}` });
      const { updated, result } = rematchImage(image, matches, { full: store.used.full, now, since });
      if (updated !== image) await writeSeen(updated);
      images.push(result);
    }
    images.sort((a, b) => compareText(a.reference ?? a.digest ?? '', b.reference ?? b.digest ?? ''));
    return { schemaVersion: 1, advisories: store.used, ...(since === undefined ? {} : { since }), images };
  } finally {
    store.close();
  }
}

/** Returns what is new and gone in one image, and the image as it is to be remembered: the same object when nothing changed. */
export function rematchImage(
  image: SeenImage,
  { vulnerabilities, problems }: SeenMatches,
  { full: isFull, now, since }: { readonly full: boolean; readonly now: Date; readonly since: string | undefined },
): { readonly updated: SeenImage; readonly result: RematchedImage } {
  const { reference, digest, platform, scannedAt } = image;
  const at = now.toISOString();
  const before = new Set([...image.known, ...image.later.map(({ key }) => key)]);
  // A vulnerability may have got another name meanwhile: one that goes by a name it had is not new.
  const found = new Map(vulnerabilities.map((vulnerability) => [foundKey(vulnerability.id, vulnerability.package), vulnerability]));
  const isKnown = ({ aliases, package: installed }: Vulnerability): boolean => aliases.some((id) => before.has(foundKey(id, installed)));
  const came = [...found].flatMap(([key, vulnerability]) => (before.has(key) || isKnown(vulnerability) ? [] : [{ key, at }]));
  const present = new Set(
    vulnerabilities.flatMap(({ id, aliases, package: installed }) => [id, ...aliases].map((name) => foundKey(name, installed))),
  );
  // What was not looked for is not gone.
  const isComparable = problems.length === 0 && (isFull || !image.full);
  const left = isComparable ? [...before].filter((key) => !present.has(key)).map((key) => ({ key, at })) : [];
  const full = image.full || isFull;
  const updated = came.length === 0 && left.length === 0 && full === image.full ? image : { ...withChanges(image, came, left), full };
  const isAsked = (change: Change): boolean => (since === undefined ? change.at === at : Date.parse(change.at) >= Date.parse(since));
  const newAt = new Map(updated.later.filter(isAsked).map((change) => [change.key, change.at]));
  return {
    updated,
    result: {
      ...(reference === undefined ? {} : { reference }),
      ...(digest === undefined ? {} : { digest }),
      platform,
      scannedAt,
      vulnerabilities: found.size,
      new: [...newAt]
        .flatMap(([key, foundAt]) => {
          const vulnerability = found.get(key);
          return vulnerability === undefined ? [] : [toNewFinding(vulnerability, foundAt)];
        })
        .toSorted(worstFirst),
      gone: updated.gone.filter(isAsked).map((change) => toGoneFinding(change, image)),
      problems,
    },
  };
}

/** What comes back is no longer gone. */
function withChanges(image: SeenImage, came: readonly Change[], left: readonly Change[]): SeenImage {
  const gone = new Set(left.map(({ key }) => key));
  const back = new Set(came.map(({ key }) => key));
  return {
    ...image,
    known: image.known.filter((key) => !gone.has(key)),
    later: [...image.later.filter(({ key }) => !gone.has(key)), ...came],
    gone: [...image.gone.filter(({ key }) => !back.has(key) && !gone.has(key)), ...left],
  };
}

const worstFirst = compareBy<NewFinding>(
  (a, b) => severityRank(a.severity) - severityRank(b.severity),
  (a, b) => compareText(a.id, b.id),
  (a, b) => compareText(a.package.purl, b.package.purl),
);

function toNewFinding({ id, severity, title, package: installed, fixedVersion, kev }: Vulnerability, foundAt: string): NewFinding {
  const { purl, name, version } = installed;
  return {
    id,
    severity,
    title: title ?? `${id} in ${name} ${version}`,
    package: { purl, name, installedVersion: version, ...(fixedVersion === undefined ? {} : { fixedVersion }) },
    ...(kev === undefined ? {} : { kev }),
    foundAt,
  };
}

function toGoneFinding({ key, at }: Change, { packages }: SeenImage): GoneFinding {
  const space = key.indexOf(' ');
  const purl = key.slice(space + 1);
  const installed = packages.find((candidate) => candidate.purl === purl);
  return { id: key.slice(0, space), package: { purl, name: installed?.name ?? '', installedVersion: installed?.version ?? '' }, goneAt: at };
}

/**
 * Returns the report with its vulnerabilities matched anew, and what was found in its files as it is. Nothing in it is ignored: that is for `withExceptions`.
 * @throws {AdvisoryStoreError} when the advisories cannot be opened
 */
export function rematchReport(report: ScanReport, file: string | undefined, now: Date): ScanReport {
  const store = openAdvisories(file);
  try {
    const { image, packages } = report;
    const matched = findVulnerabilities(
      { packages, layers: image.layers, ...(image.distro === undefined ? {} : { distro: image.distro }) },
      store,
      now,
    );
    const all = [...report.findings, ...(report.ignored ?? []).map(({ finding }) => finding)];
    const ranges = new Map(all.map(({ location }) => [location.historyIndex, location.dockerfileRange]));
    const placed = matched.findings.map((finding) => placeLike(finding, ranges));
    const problems = [...report.problems.filter(({ code }) => code !== 'unknown-distro' && code !== 'no-advisories'), ...matched.problems];
    return {
      ...omit(report, 'ignored'),
      image: { ...omit(image, 'endOfLife'), ...(matched.endOfLife === undefined ? {} : { endOfLife: matched.endOfLife }) },
      findings: [...all.filter(isOfContent), ...placed].toSorted(compareFindings),
      advisories: matched.used,
      problems,
      status: problems.length === 0 ? 'complete' : 'partial',
    };
  } finally {
    store.close();
  }
}

function isOfContent({ category, match }: Finding): boolean {
  return category !== 'os-vulnerability' && category !== 'application-vulnerability' && match === undefined;
}

/** On the line of the Dockerfile that the other findings of the same instruction are on. */
function placeLike(finding: Finding, ranges: ReadonlyMap<number | undefined, Finding['location']['dockerfileRange']>): Finding {
  const range = finding.location.historyIndex === undefined ? undefined : ranges.get(finding.location.historyIndex);
  return range === undefined ? finding : { ...finding, location: { ...finding.location, dockerfileRange: range } };
}
