import { openAdvisoryStore } from '../advisories/store/bolt-store.ts';
import { detectors } from '../image/content/detectors.generated.ts';
import { redactConfig, redactSecrets } from '../image/content/redact-text.ts';
import type { Detector } from '../image/content/detector.ts';
import { readSbomFile } from '../image/sbom/read-sbom.ts';
import type { ReadOptions } from '../image/sources/source.ts';
import { analyzers } from '../image/inventory/analyzers.generated.ts';
import { programAnalyzers } from '../image/inventory/program-analyzers.generated.ts';
import { readImage, type ImageContents, type LocatedHit } from '../image/read-image.ts';
import { MAX_PROBLEMS } from '../foundation/base/limits.ts';
import type { Finding, FindingCategory, FindingLocation } from '../foundation/model/finding.ts';
import type { Problem } from '../foundation/model/problem.ts';
import type { ScanReport } from '../foundation/model/report.ts';
import { isAtLeast } from '../foundation/model/severity.ts';
import { advisoriesFile } from './advisories.ts';
import type { ImageInput, ScanHooks, ScanOptions } from './engine.ts';
import { withExceptions } from './exceptions.ts';
import { openImageMemory } from './image-memory.ts';
import { openImage } from './open-image.ts';
import { placeOnDockerfile } from './place-on-dockerfile.ts';
import { rememberSeen } from './seen-images.ts';
import { compareFindings } from './sort-findings.ts';
import { findVulnerabilities, locateLayer } from './vulnerability-findings.ts';

const vulnerabilityCategories: readonly FindingCategory[] = ['os-vulnerability', 'application-vulnerability'];

/** Fraction of a scan that is reading; matching is the rest. */
const READING_SHARE = 0.97;

/**
 * Returns the report of one image: packages, findings of every category asked for, and what could not be read.
 * Runs on the calling thread; editors and the CLI use `scanInWorker`.
 * @throws {ImageSourceError} when there is no image · {AdvisoryStoreError} when the advisories cannot be opened · DOMException AbortError
 */
export async function scanImage(input: ImageInput, options: ScanOptions, hooks: ScanHooks): Promise<ScanReport> {
  const timings: Record<string, number> = {};
  const wanted = (category: FindingCategory): boolean => options.categories === undefined || options.categories.includes(category);
  const wantsContent =
    options.inventoryOnly !== true &&
    (options.categories === undefined || options.categories.some((category) => !vulnerabilityCategories.includes(category)));

  const contents = await timed(timings, 'read', () => readContents(input, options, hooks, wantsContent ? detectors : []));
  hooks.signal?.throwIfAborted();
  hooks.onProgress?.({ fraction: READING_SHARE, message: 'Matching advisories' });

  const problems: Problem[] = [...contents.problems];
  const findings: Finding[] = contents.hits.map((located) => toFinding(located, contents));
  let used: ScanReport['advisories'] = { source: 'none', builtAt: '', full: false };
  let endOfLife: ScanReport['image']['endOfLife'];
  const now = new Date();
  if (options.inventoryOnly !== true) {
    const store = openAdvisoryStore(advisoriesFile(options.advisoriesFile));
    try {
      used = store.used;
      if (vulnerabilityCategories.some(wanted)) {
        const matched = await timed(timings, 'match', () => findVulnerabilities(contents, store, now));
        ({ used, endOfLife } = matched);
        problems.push(...matched.problems);
        findings.push(...matched.findings);
        if (options.useCache !== false && input.kind !== 'sbom') await rememberSeen(contents, matched, now);
      }
    } finally {
      store.close();
    }
  }

  const kept = findings.filter(
    (finding) =>
      wanted(finding.category) &&
      (options.minimumSeverity === undefined || isAtLeast(finding.severity, options.minimumSeverity)) &&
      !(options.ignoreUnfixed === true && finding.package !== undefined && finding.package.fixedVersion === undefined),
  );
  const placed = options.dockerfile === undefined ? kept : placeOnDockerfile(kept, contents.source.config.history, options.dockerfile);
  const { reference, digest, platform, config, annotations } = contents.source;
  const report: ScanReport = {
    schemaVersion: 1,
    image: {
      ...(reference === undefined ? {} : { reference }),
      ...(digest === undefined ? {} : { digest }),
      platform,
      ...(contents.distro === undefined ? {} : { distro: contents.distro }),
      ...(endOfLife === undefined ? {} : { endOfLife }),
      config,
      ...(annotations === undefined ? {} : { annotations }),
      layers: contents.layers,
    },
    packages: contents.packages,
    findings: placed.toSorted(compareFindings),
    advisories: used,
    problems: boundProblems(problems),
    status: problems.length === 0 ? 'complete' : 'partial',
    timings,
  };
  return options.exceptions === undefined ? report : withExceptions(report, options.exceptions, now);
}

async function readContents(
  input: ImageInput,
  options: ScanOptions,
  hooks: ScanHooks,
  interestedDetectors: readonly Detector[],
): Promise<ImageContents> {
  if (input.kind === 'sbom') return readSbomFile(input.path);
  const source = await openImage(input, hooks.signal);
  const interests = { analyzers, programs: programAnalyzers, detectors: interestedDetectors };
  const readOptions: ReadOptions = {
    ...(options.platform === undefined ? {} : { platform: options.platform }),
    ...(hooks.signal === undefined ? {} : { signal: hooks.signal }),
    onProgress: ({ fraction, message }) => hooks.onProgress?.({ ...(fraction === undefined ? {} : { fraction: fraction * READING_SHARE }), message }),
  };
  const memory = options.useCache === false ? undefined : openImageMemory(interests);
  const read = async (): Promise<ImageContents> => redactContents(await readImage(source, interests, readOptions, memory?.layers));
  return memory === undefined ? read() : memory.recallOr(() => source.identify?.(readOptions), read);
}

/** The detectors have seen what the image says of itself; from here on no secret in it is whole. */
function redactContents(contents: ImageContents): ImageContents {
  return {
    ...contents,
    source: { ...contents.source, config: redactConfig(contents.source.config), ...redactAnnotations(contents.source) },
    layers: contents.layers.map((layer) => (layer.createdBy === undefined ? layer : { ...layer, createdBy: redactSecrets(layer.createdBy) })),
  };
}

function redactAnnotations({ annotations }: ImageContents['source']): Pick<ImageContents['source'], 'annotations'> {
  if (annotations === undefined) return {};
  return { annotations: Object.fromEntries(Object.entries(annotations).map(([name, value]) => [name, redactSecrets(value)])) };
}

function toFinding(located: LocatedHit, contents: ImageContents): Finding {
  const { line, historyIndex, references, remediation, ...rest } = located.hit;
  return {
    ...rest,
    references: references ?? [],
    location: {
      ...locateLayer(located.layer, contents.layers),
      ...(located.path === undefined ? {} : { path: located.path }),
      ...(line === undefined ? {} : { line }),
      ...(historyIndex === undefined ? {} : locateHistory(historyIndex, contents)),
      ...(located.deletedLater ? { deletedLater: true } : {}),
    },
    remediation: remediation ?? [],
    compliance: [],
  };
}

function locateHistory(historyIndex: number, contents: ImageContents): FindingLocation {
  const createdBy = contents.source.config.history[historyIndex]?.createdBy;
  const layer = contents.layers.findIndex((candidate) => candidate.historyIndex === historyIndex);
  return { historyIndex, ...(createdBy === undefined ? {} : { createdBy }), ...(layer < 0 ? {} : { layer }) };
}

/** A million broken files must not make a million lines: the first MAX_PROBLEMS stand for themselves, the last says how many more there were. */
function boundProblems(problems: readonly Problem[]): readonly Problem[] {
  if (problems.length <= MAX_PROBLEMS) return problems;
  const leftOut = problems.length - MAX_PROBLEMS;
  return [...problems.slice(0, MAX_PROBLEMS), { code: 'limit-exceeded', message: `${leftOut} more problems were left out of this report` }];
}

async function timed<T>(timings: Record<string, number>, phase: string, work: () => T | Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await work();
  timings[phase] = Math.round(performance.now() - start);
  return result;
}
