import type { Severity } from '../../foundation/model/severity.ts';
import type { NearMiss } from '../../foundation/model/policy.ts';
import type { Problem } from '../../foundation/model/problem.ts';
import { describeGap } from '../gap.ts';
import { findNearMisses, idsOf, listIds, nearMissProblems } from '../ids.ts';
import type { GatedImage, NamespacePolicy, ProviderDecision } from '../provider.ts';
import { isBefore } from './version.ts';

/** What Harbor's decision needs beyond the shared facts; `readHarborPolicy` puts it into NamespacePolicy.extra. */
export interface HarborFacts {
  /** Whose decision it is, where a registry of another make decides in the same way: "SWR's namespace". Absent: Harbor's project. */
  readonly owner?: string;
  readonly project: string;
  /** False when the allowlist that counts could not be read: then every block may be exempt. */
  readonly allowlistRead: boolean;
  /** Who must have signed an image before it can be pulled: 'cosign', 'notation'. Empty when no signature is asked for. */
  readonly signatures: readonly string[];
}

/** Harbor's own order. Negligible is stored as none, and a word it does not know as unknown: both are 0. @see src/pkg/scan/vuln/severity.go in goharbor/harbor */
const CODE_OF_WORD: ReadonlyMap<string, number> = new Map([
  ['Low', 2],
  ['Medium', 3],
  ['High', 4],
  ['Critical', 5],
]);
const CODE_OF_SEVERITY: Readonly<Record<Severity, number>> = { critical: 5, high: 4, medium: 3, low: 2, negligible: 0, unknown: 0 };

/** One way the policy may be read; there is more than one only when a fact is missing. */
interface Reading {
  readonly threshold: number;
  readonly exempts: (id: string) => boolean;
  /** The fact that would tell this reading from the first. */
  readonly missing: string;
}

/**
 * Returns what Harbor would do with a pull of the image once its own scanner has found what we found. Pure; held against tables observed on Harbor 2.5.6 and 2.9.0.
 * An image that nobody scans is refused whatever is in it, and a finding without a severity counts as nothing, except where the threshold is nothing too.
 * Where the answer hangs on a fact that could not be read, it is 'unknown' and says which.
 * @see src/server/middleware/vulnerable/vulnerable.go in goharbor/harbor
 */
export function decideLikeHarbor(policy: NamespacePolicy, image: GatedImage): ProviderDecision {
  const facts = factsOf(policy);
  const project = `${facts.owner ?? "Harbor's project"} '${facts.project}'`;
  if (!policy.policy.enabled) {
    return signedOr(facts, {
      decision: 'allow',
      reason: `${project} blocks no pull for vulnerabilities (prevent_vul is off).`,
      blocking: [],
      allowlisted: [],
      problems: [],
    });
  }
  const readings = readingsOf(policy, facts);
  const [strict] = readings;
  const reached = image.vulnerabilities.filter(({ severity }) => CODE_OF_SEVERITY[severity] >= strict.threshold);
  const blocking = idsOf(reached.filter(({ id }) => !strict.exempts(id)));
  const allowlisted = idsOf(reached.filter(({ id }) => strict.exempts(id)));
  const nearMisses = findNearMisses(policy.policy.allowlist, blocking);
  const problems = allowlistProblems(policy, blocking, nearMisses);
  const refuses = `${project} refuses images with ${describeThreshold(policy.policy.severity, strict.threshold)}`;
  const isTheirs = image.scannedBy === 'registry';
  const answer = { blocking, allowlisted, problems, nearMisses, nearThreshold: isTheirs ? [] : idsNearThreshold(image, strict) };

  if (blocking.length > 0) {
    const lenient = readings.find(
      ({ threshold, exempts }) => !image.vulnerabilities.some(({ id, severity }) => CODE_OF_SEVERITY[severity] >= threshold && !exempts(id)),
    );
    if (lenient !== undefined)
      return { ...answer, decision: 'unknown', reason: `${refuses}; ${listIds(blocking)} would be refused, unless exempt: ${lenient.missing}.` };
    if (isTheirs) return { ...answer, decision: 'block', reason: `${refuses}; ${theirScan} found ${listIds(blocking)}.` };
    return {
      ...answer,
      decision: 'block',
      reason: `${refuses}; the scan here found ${listIds(blocking)}. The registry's own scan decides in the end.${policy.scansOnPush === false ? ` ${nobodyScans}` : ''}`,
    };
  }
  if (!image.complete) {
    return {
      ...answer,
      decision: 'unknown',
      reason: `${refuses}. None was found, but ${describeGap(image)}`,
    };
  }
  const found = allowlisted.length > 0 ? 'none that the allowlist does not exempt' : 'none';
  if (isTheirs) return signedOr(facts, { ...answer, decision: 'allow', reason: `${refuses}; ${theirScan} found ${found}.` });
  if (policy.scansOnPush === false) {
    return {
      ...answer,
      decision: 'block-until-scanned',
      reason: `${project} refuses images that were not scanned. ${nobodyScans} The scan here found nothing that would block after that.`,
    };
  }
  const reason = `${refuses}; the scan here found ${found}. Until the registry's own scan ends, a pull is refused; that scan decides.${aboutUnrated(image, strict.threshold)}`;
  return signedOr(facts, { ...answer, decision: 'allow', reason });
}

/** What passes only because nobody rated it may be rated by the registry's scanner. */
function aboutUnrated(image: GatedImage, threshold: number): string {
  const count = threshold === 0 ? 0 : image.vulnerabilities.filter(({ severity }) => severity === 'unknown').length;
  return count === 0 ? '' : ` Findings without a severity here, which would pass but the registry's own scanner may rate: ${count}.`;
}

const theirScan = "the registry's own scan of this image";
const nobodyScans = 'It does not scan on push (auto_scan is off), so every pull is refused until somebody starts a scan.';

/** A signature is made after the push: whether there will be one is not for us to say. */
function signedOr(facts: HarborFacts, answer: ProviderDecision): ProviderDecision {
  if (facts.signatures.length === 0) return answer;
  return {
    ...answer,
    decision: 'unknown',
    reason: `${answer.reason} But the project also refuses images without a signature by ${facts.signatures.join(' and ')}: sign the image after the push.`,
  };
}

/** The first reading is the strictest; more follow only where a missing fact could make Harbor milder. */
function readingsOf(policy: NamespacePolicy, facts: HarborFacts): readonly [Reading, ...Reading[]] {
  const { registryVersion, expiredAllowlist } = policy;
  const allowed = new Set(policy.policy.allowlist.map(({ id }) => id));
  const expired = new Set(expiredAllowlist.map(({ id }) => id));
  const exempts = (id: string): boolean => allowed.has(id);
  const lower = thresholdOf(policy.policy.severity, true);
  const titled = thresholdOf(policy.policy.severity, false);
  const oldWords = registryVersion === undefined ? undefined : isBefore(registryVersion, 2, 6);
  const threshold = oldWords === undefined ? Math.min(lower, titled) : oldWords ? titled : lower;
  const first: Reading = { threshold, exempts, missing: '' };
  const missingVersion = `the registry's version is not told to these credentials, and Harbor's versions differ in`;
  const others: Reading[] = [];
  if (oldWords === undefined && lower !== titled)
    others.push({ threshold: Math.max(lower, titled), exempts, missing: `${missingVersion} how they read the severity '${policy.policy.severity}'` });
  if (registryVersion === undefined && expired.size > 0) {
    others.push({
      threshold: Math.max(lower, titled),
      exempts: (id) => allowed.has(id) || expired.has(id),
      missing: `${missingVersion} whether an expired allowlist still counts (before 2.8.0 it does)`,
    });
  }
  if (!facts.allowlistRead) others.push({ threshold, exempts: () => true, missing: 'the allowlist could not be read' });
  return [first, ...others];
}

/** Before 2.6 only the first letter's case was ignored, so that 'HIGH' was a word Harbor did not know. */
function thresholdOf(word: string, ignoresCase: boolean): number {
  const rest = word.slice(1);
  return CODE_OF_WORD.get(word.slice(0, 1).toUpperCase() + (ignoresCase ? rest.toLowerCase() : rest)) ?? 0;
}

function describeThreshold(word: string, threshold: number): string {
  if (threshold === 0) return `any vulnerability at all (severity '${word}')`;
  return threshold === 5 ? 'critical vulnerabilities' : `vulnerabilities of severity ${word.toLowerCase()} or worse`;
}

/** One step from the threshold, on either side: scanners often differ by one. */
function idsNearThreshold(image: GatedImage, { threshold, exempts }: Reading): readonly string[] {
  const lowest = Math.max(threshold, 2);
  const near = image.vulnerabilities.filter(
    ({ severity, id }) => !exempts(id) && (CODE_OF_SEVERITY[severity] === lowest || isJustBelow(severity, lowest)),
  );
  return threshold === 0 ? [] : idsOf(near);
}

/** What has no severity here may get any elsewhere. */
function isJustBelow(severity: Severity, threshold: number): boolean {
  return severity === 'unknown' || CODE_OF_SEVERITY[severity] === threshold - 1;
}

function allowlistProblems(policy: NamespacePolicy, blocking: readonly string[], nearMisses: readonly NearMiss[]): readonly Problem[] {
  const blocked = new Set(blocking);
  const lapsed = policy.expiredAllowlist.filter(({ id }) => blocked.has(id));
  const expired = lapsed.map(({ id, expires }): Problem => ({
    code: 'configuration',
    message: `The allowlist entry for ${id} expired${expires === undefined ? '' : ` on ${expires.slice(0, 10)}`}.`,
  }));
  return [...nearMissProblems(nearMisses, policy.extra?.owner === undefined ? 'Harbor' : 'the registry'), ...expired];
}

function factsOf(policy: NamespacePolicy): HarborFacts {
  const { owner, project, allowlistRead, signatures } = policy.extra ?? {};
  return {
    ...(typeof owner === 'string' ? { owner } : {}),
    project: typeof project === 'string' ? project : '',
    allowlistRead: allowlistRead !== false,
    signatures: Array.isArray(signatures) ? signatures.filter((name) => typeof name === 'string') : [],
  };
}
