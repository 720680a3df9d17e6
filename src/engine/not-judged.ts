import { isSystemType, type PackageType } from '../foundation/model/package.ts';
import type { Problem, ProblemCode } from '../foundation/model/problem.ts';
import type { ScanReport } from '../foundation/model/report.ts';
import { languagePrefix } from '../advisories/matching/platform.ts';

type Uncovered = NonNullable<ScanReport['advisories']['uncovered']>;
type Judged = Pick<ScanReport, 'advisories' | 'packages' | 'problems'>;

const UPDATE = 'run plimsoll db update, and check again';
/** What the matcher says where it had no advisories to match with. */
const UNMATCHED: ReadonlySet<ProblemCode> = new Set(['no-advisories', 'unknown-distro']);

/**
 * Returns why the advisories in use could not judge an image, and what to do about it: the end of a sentence that says that nothing was found. Undefined when they could.
 * Packages that nobody writes advisories on are no reason: see notCovered.
 */
export function whyNotJudged({ advisories, packages, problems }: Judged): string | undefined {
  const { full, source, uncovered = [] } = advisories;
  if (source === 'none') return 'the report was made without advisories: scan the image again.';
  const unmatched = problems.find(({ code }) => UNMATCHED.has(code));
  if (unmatched !== undefined) return `the advisories here cannot judge the image: ${withNextStep(unmatched)}`;
  // Every full database covers these, and so does whoever decides.
  const lacking = full ? [] : uncovered.filter(({ type }) => languagePrefix(type) !== undefined);
  if (lacking.length > 0) return `the starter set of advisories holds nothing on its ${listTypes(lacking)}: ${UPDATE}.`;
  const foreign = uncovered.filter(({ type, packages: count }) => isSystemType(type) && count >= countOf(type, packages));
  if (foreign.length > 0) return `the advisories here (${source}) speak of none of its ${listTypes(foreign)}: ${UPDATE}.`;
  return undefined;
}

/** Returns which packages of a report nobody writes advisories on: '3 conda packages, 1 deb package'. Undefined when there are none. */
export function notCovered({ uncovered = [] }: ScanReport['advisories']): string | undefined {
  return uncovered.length === 0 ? undefined : listTypes(uncovered);
}

/** Returns whether all files of an image were read, though not all that is in it may have been judged. */
export function wasReadWhole({ status, problems }: Pick<ScanReport, 'status' | 'problems'>): boolean {
  return status === 'complete' || (problems.length > 0 && problems.every(({ code }) => UNMATCHED.has(code)));
}

/** What the matcher says may name the step already; a distribution that nobody here knows is judged by whoever does. */
function withNextStep({ code, message }: Problem): string {
  const sentence = message.replace(/\.$/, '');
  if (code === 'unknown-distro') return `${sentence}; only a scan by somebody who knows it can tell.`;
  return sentence.includes('plimsoll db update') ? `${sentence}.` : `${sentence}; ${UPDATE}.`;
}

function countOf(type: PackageType, packages: ScanReport['packages']): number {
  return packages.filter((installed) => installed.type === type && installed.configOnly !== true).length;
}

function listTypes(uncovered: Uncovered): string {
  return uncovered.map(({ type, packages }) => `${packages} ${type} ${packages === 1 ? 'package' : 'packages'}`).join(', ');
}
