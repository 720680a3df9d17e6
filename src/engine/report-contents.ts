import { MAX_PROBLEMS } from '../foundation/base/limits.ts';
import type { Finding, FindingLocation } from '../foundation/model/finding.ts';
import type { Problem } from '../foundation/model/problem.ts';
import type { ScanReport } from '../foundation/model/report.ts';
import type { ImageContents, LocatedHit } from '../image/read-image.ts';
import { filterOf, isAskedFor } from './asked-for.ts';
import type { ImageInput, ScanHooks, ScanOptions } from './engine.ts';
import { locateLayer } from './locate-layer.ts';
import { compareFindings } from './sort-findings.ts';
import type { Timings } from './timings.ts';

/** Fraction of a scan that is reading; matching is the rest. */
export const READING_SHARE = 0.97;

/**
 * Returns the report of an image with `contents`, of which reading took `timings`: what the advisories say of its packages, and what was seen in its files.
 * @throws {AdvisoryStoreError} when the advisories cannot be opened · DOMException AbortError
 */
export async function reportContents(
  contents: ImageContents,
  timings: Timings,
  input: ImageInput,
  options: ScanOptions,
  hooks: ScanHooks,
): Promise<ScanReport> {
  hooks.signal?.throwIfAborted();
  hooks.onProgress?.({ fraction: READING_SHARE, message: 'Matching advisories' });

  const problems: Problem[] = [...contents.problems];
  const findings: Finding[] = contents.hits.map((located) => toFinding(located, contents));
  let used: ScanReport['advisories'] = { source: 'none', builtAt: '', full: false };
  let endOfLife: ScanReport['image']['endOfLife'];
  const now = new Date();
  if (options.inventoryOnly !== true) {
    // Loaded where packages are matched: a list of what is installed needs none of it.
    const { matchContents } = await import('./match-contents.ts');
    const matched = await matchContents(contents, input, options, timings, now);
    ({ used, endOfLife } = matched);
    problems.push(...matched.problems);
    findings.push(...matched.findings);
  }

  const kept = findings.filter(isAskedFor(options));
  const placed = options.dockerfile === undefined ? kept : await place(kept, contents, options.dockerfile);
  const { reference, digest, platform, config, annotations, otherPlatforms } = contents.source;
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
      ...(otherPlatforms === undefined ? {} : { otherPlatforms }),
      layers: contents.layers,
    },
    packages: contents.packages,
    findings: placed.toSorted(compareFindings),
    advisories: used,
    ...filterOf(options),
    problems: boundProblems(problems),
    status: problems.length === 0 ? 'complete' : 'partial',
    timings,
  };
  if (options.exceptions === undefined) return report;
  const { withExceptions } = await import('./exceptions.ts');
  return withExceptions(report, options.exceptions, now);
}

/** Loads the parser of Dockerfiles, which most scans do without. */
async function place(findings: readonly Finding[], contents: ImageContents, dockerfile: string): Promise<readonly Finding[]> {
  const { placeOnDockerfile } = await import('./place-on-dockerfile.ts');
  return placeOnDockerfile(findings, contents.source.config.history, dockerfile);
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
