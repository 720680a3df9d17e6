import { omit } from '../foundation/base/omit.ts';
import type { Finding, Remediation } from '../foundation/model/finding.ts';
import type { InstalledPackage } from '../foundation/model/package.ts';
import type { AdvisoriesUsed, ScanReport } from '../foundation/model/report.ts';
import { remediationsFor } from '../remedy/commands.ts';
import { openAdvisories } from './advisories.ts';
import { filterOf, isAskedFor } from './asked-for.ts';
import type { ScanOptions } from './engine.ts';
import { withExceptions } from './exceptions.ts';
import type { FoundReport } from './found-report.ts';
import { rematchReport } from './rematch.ts';
import { compareFindings } from './sort-findings.ts';
import { removal } from './vulnerability-findings.ts';

/** How the image is called here. */
export type AdoptedName = Pick<ScanReport['image'], 'reference' | 'digest'>;

/**
 * Returns the report of an image as a scan with `options` would give it, from one that somebody else made. Its vulnerabilities are taken over when its advisories are at least as new and as full as ours;
 * else its packages are matched with ours. What to do about them is worked out anew, and what its maker ignored is not ignored here.
 * @throws {AdvisoryStoreError} when the advisories cannot be opened
 */
export async function adoptReport({ report, reference }: FoundReport, name: AdoptedName, options: ScanOptions, now: Date): Promise<ScanReport> {
  const matched = isAtLeastAsNew(report.advisories, advisoriesHere(options.advisoriesFile), now) ? 'theirs' : 'ours';
  const plain = withoutOpinions(report);
  const judged = matched === 'theirs' ? plain : rematchReport(plain, options.advisoriesFile, now);
  const kept = withOwnRemediations(judged).filter(isAskedFor(options));
  const placed = options.dockerfile === undefined ? kept : await place(kept, judged, options.dockerfile);
  const adopted: ScanReport = {
    ...judged,
    image: { ...omit(judged.image, 'reference', 'digest'), ...name },
    findings: placed.toSorted(compareFindings),
    ...filterOf(options),
    origin: { reference, matched },
    timings: {},
  };
  return options.exceptions === undefined ? adopted : withExceptions(adopted, options.exceptions, now);
}

/** A time that lies ahead is no time: it would make a report newer than any of ours for ever. */
export function isAtLeastAsNew(theirs: AdvisoriesUsed, ours: AdvisoriesUsed, now: Date): boolean {
  const [builtAt, hereBuiltAt] = [Date.parse(theirs.builtAt), Date.parse(ours.builtAt)];
  if (Number.isNaN(builtAt) || builtAt > now.getTime() + CLOCK_SKEW_MS) return false;
  return (theirs.full || !ours.full) && !(builtAt < hereBuiltAt);
}

const CLOCK_SKEW_MS = 3_600_000;

function advisoriesHere(file: string | undefined): AdvisoriesUsed {
  const store = openAdvisories(file);
  store.close();
  return store.used;
}

/** What its maker ignored, and what a VEX document or a Dockerfile of theirs said, is not ours. */
function withoutOpinions(report: ScanReport): ScanReport {
  const all = [...report.findings, ...(report.ignored ?? []).map(({ finding }) => finding)];
  const findings = all.map((finding) => ({ ...omit(finding, 'vex'), location: omit(finding.location, 'dockerfileRange') }));
  return { ...omit(report, 'ignored', 'notices'), findings };
}

/** Commands from elsewhere are not offered to be run: they are made here, of names and versions that are checked. Prose is only shown. */
function withOwnRemediations({ findings, packages, image: { distro } }: ScanReport): readonly Finding[] {
  const installed = new Map<string, InstalledPackage>(packages.map((candidate) => [candidate.purl, candidate]));
  return findings.map((finding) => ({ ...finding, remediation: remediate(finding, installed.get(finding.package?.purl ?? ''), distro) }));
}

function remediate(finding: Finding, installed: InstalledPackage | undefined, distro: ScanReport['image']['distro']): readonly Remediation[] {
  const { category, package: vulnerable, remediation } = finding;
  if (vulnerable === undefined || installed === undefined) return remediation.filter(({ kind }) => kind === 'manual');
  const { fixedVersion, status } = vulnerable;
  const isMalware = category === 'malware';
  if (isMalware && fixedVersion === undefined) return [removal];
  const known = { ...(fixedVersion === undefined ? {} : { fixedVersion }), ...(distro === undefined ? {} : { distro }) };
  return [...(isMalware ? [removal] : []), ...remediationsFor({ package: installed, status, ...known })];
}

async function place(findings: readonly Finding[], { image }: ScanReport, dockerfile: string): Promise<readonly Finding[]> {
  const { placeOnDockerfile } = await import('./place-on-dockerfile.ts');
  return placeOnDockerfile(findings, image.config.history, dockerfile);
}
