import type { AdvisoryStore } from '../advisories/store/store.ts';
import { omit } from '../foundation/base/omit.ts';
import { compareBy, compareText } from '../foundation/base/order.ts';
import type { Finding } from '../foundation/model/finding.ts';
import type { GoneFinding, NewFinding, RematchedImage, RematchResult } from '../foundation/model/rematch.ts';
import type { ScanReport } from '../foundation/model/report.ts';
import { severityRank } from '../foundation/model/severity.ts';
import { openAdvisories } from './advisories.ts';
import type { ScanHooks } from './engine.ts';
import { foundKey, readSeen, writeSeen, type Change, type SeenImage } from './seen-images.ts';
import { compareFindings } from './sort-findings.ts';
import { findVulnerabilities, vulnerabilityCategories } from './vulnerability-findings.ts';

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
    const remembering = rememberLookUps(store);
    const now = new Date();
    const images: RematchedImage[] = [];
    for (const [index, image] of seen.entries()) {
      hooks.signal?.throwIfAborted();
      hooks.onProgress?.({ fraction: index / seen.length, message: `Matching ${image.reference ?? image.digest ?? ''}` });
      const { updated, result } = rematchImage(image, remembering, now, since);
      if (updated !== image) await writeSeen(updated);
      images.push(result);
    }
    return { schemaVersion: 1, advisories: store.used, ...(since === undefined ? {} : { since }), images };
  } finally {
    store.close();
  }
}

/** Returns what is new and gone in one image, and the image as it is to be remembered: the same object when nothing changed. */
export function rematchImage(
  image: SeenImage,
  store: AdvisoryStore,
  now: Date,
  since: string | undefined,
): { readonly updated: SeenImage; readonly result: RematchedImage } {
  const { reference, digest, platform, packages, distro, scannedAt } = image;
  const { findings, problems, used } = findVulnerabilities({ packages, layers: [], ...(distro === undefined ? {} : { distro }) }, store, now);
  const at = now.toISOString();
  const before = new Set([...image.known, ...image.later.map(({ key }) => key)]);
  // A vulnerability may have got another name meanwhile: one that goes by a name it had is not new.
  const found = findings.map((finding) => ({ finding, keys: [finding.id, ...(finding.aliases ?? [])].map((id) => foundKey(finding, id)) }));
  const newKeys = new Set(found.flatMap(({ finding, keys }) => (keys.some((key) => before.has(key)) ? [] : [foundKey(finding, finding.id)])));
  const came = [...newKeys].map((key) => ({ key, at }));
  const present = new Set(found.flatMap(({ keys }) => keys));
  // What was not looked for is not gone.
  const isComparable = problems.length === 0 && (used.full || !image.full);
  const left = isComparable ? [...before].filter((key) => !present.has(key)).map((key) => ({ key, at })) : [];
  const full = image.full || used.full;
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
      vulnerabilities: findings.length,
      new: onePerPackage(found.map(({ finding }) => finding))
        .flatMap((finding) => {
          const foundAt = newAt.get(foundKey(finding, finding.id));
          return foundAt === undefined ? [] : [toNewFinding(finding, foundAt)];
        })
        .toSorted(worstFirst),
      gone: updated.gone.filter(isAsked).map((change) => toGoneFinding(change, image)),
      problems,
    },
  };
}

/** The same version of a package may lie at several places. */
function onePerPackage(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((finding) => [foundKey(finding, finding.id), finding])).values()];
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

function toNewFinding({ id, severity, title, package: installed, kev }: Finding, foundAt: string): NewFinding {
  const { purl = '', name = '', installedVersion = '', fixedVersion } = installed ?? {};
  return {
    id,
    severity,
    title,
    package: { purl, name, installedVersion, ...(fixedVersion === undefined ? {} : { fixedVersion }) },
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

/** Most answers of a store that are remembered during a run. */
const MAX_REMEMBERED = 200_000;

/** Images share most of their packages: each is looked up once. */
function rememberLookUps(store: AdvisoryStore): AdvisoryStore {
  const byBucket = remember((bucket: string) => remember((name: string) => store.advisories(bucket, name)));
  const remembered: Partial<AdvisoryStore> = {
    advisories: (bucket, name) => byBucket(bucket)(name),
    detail: remember((id: Parameters<AdvisoryStore['detail']>[0]) => store.detail(id)),
    buckets: remember((prefix: string) => store.buckets(prefix)),
  };
  return new Proxy(store, {
    get(target, name) {
      if (name in remembered) return remembered[name as keyof AdvisoryStore];
      const member: unknown = Reflect.get(target, name, target);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
}

function remember<K, V>(ask: (key: K) => V): (key: K) => V {
  const answers = new Map<K, V>();
  return (key) => {
    const known = answers.get(key);
    if (known !== undefined || answers.has(key)) return known as V;
    const answer = ask(key);
    if (answers.size < MAX_REMEMBERED) answers.set(key, answer);
    return answer;
  };
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
