import type { Severity } from '../../foundation/model/severity.ts';
import type { PolicyVulnerability } from '../../foundation/model/policy.ts';
import { describeGap } from '../gap.ts';
import { findNearMisses, idsOf, listIds, nearMissProblems } from '../ids.ts';
import type { GatedImage, NamespacePolicy, ProviderDecision } from '../provider.ts';

/** What the decision needs beyond the shared facts; `readTencentPolicy` puts it into NamespacePolicy.extra. */
export interface TencentFacts {
  readonly namespace: string;
  readonly edition: 'enterprise' | 'personal';
  /** False when the allowlist could not be read: then every block may be exempt. */
  readonly allowlistRead?: boolean;
}

/** TCR knows low, medium and high; what our scan calls critical is above its highest. Below low nothing blocks. */
const RANK_OF_WORD: ReadonlyMap<string, number> = new Map([
  ['low', 1],
  ['medium', 2],
  ['high', 3],
]);
const RANK_OF_SEVERITY: Readonly<Record<Severity, number>> = { critical: 4, high: 3, medium: 2, low: 1, negligible: 0, unknown: 0 };

/**
 * Returns what TCR Enterprise would do with a pull of the image once its own scanner has found what we found. Pure. The documents say that images with vulnerabilities of the level are refused unless the
 * allowlist names them all; what they leave open (a level that is not set, findings only above the level) is said to be so.
 * @see https://www.tencentcloud.com/document/product/1051/38866
 */
export function decideLikeTencent(policy: NamespacePolicy, image: GatedImage): ProviderDecision {
  const { namespace, edition, allowlistRead } = policy.extra as unknown as TencentFacts;
  const nothing = { blocking: [], allowlisted: [], problems: [] };
  if (edition === 'personal')
    return {
      ...nothing,
      decision: 'allow',
      reason: 'The Personal Edition of Tencent Container Registry has no blocking policy: nothing is ever refused for its vulnerabilities.',
    };
  const where = `TCR's namespace '${namespace}'`;
  if (!policy.policy.enabled) return { ...nothing, decision: 'allow', reason: `${where} blocks no pull for vulnerabilities (PreventVUL is off).` };

  const threshold = RANK_OF_WORD.get(policy.policy.severity.trim().toLowerCase());
  const allowed = new Set(policy.policy.allowlist.map(({ id }) => id));
  const reached = image.vulnerabilities.filter(({ severity }) => RANK_OF_SEVERITY[severity] >= (threshold ?? 0));
  const blocking = idsOf(reached.filter(({ id }) => !allowed.has(id)));
  const allowlisted = idsOf(reached.filter(({ id }) => allowed.has(id)));
  const nearMisses = findNearMisses(policy.policy.allowlist, blocking);
  const answer = {
    blocking,
    allowlisted,
    problems: nearMissProblems(nearMisses, 'TCR'),
    nearMisses,
    nearThreshold: threshold === undefined ? [] : idsNear(image.vulnerabilities, threshold, allowed),
  };
  const nobodyScans =
    policy.scansOnPush === false ? ' It does not scan on push (AutoScan is off): until somebody starts a scan, expect every pull to be refused.' : '';

  if (threshold === undefined) {
    const level = policy.policy.severity === '' ? 'no level is set' : `the level '${policy.policy.severity}' is none that its documents name`;
    if (blocking.length === 0 && image.complete)
      return {
        ...answer,
        decision: policy.scansOnPush === false ? 'block-until-scanned' : 'allow',
        reason: `${where} blocks vulnerable images, though ${level}; the scan here found none.${nobodyScans}`,
      };
    return {
      ...answer,
      decision: 'unknown',
      reason: `${where} blocks vulnerable images, but ${level}: which ones it refuses is not documented. Set a level for the namespace.`,
    };
  }
  const refuses = `${where} refuses images with vulnerabilities of level ${policy.policy.severity.toLowerCase()}`;
  if (blocking.length > 0 && allowlistRead === false)
    return {
      ...answer,
      decision: 'unknown',
      reason: `${refuses}; ${listIds(blocking)} would be refused unless exempt: the allowlist could not be read.`,
    };
  if (blocking.length > 0) {
    const exact = image.vulnerabilities.some(({ id, severity }) => RANK_OF_SEVERITY[severity] === threshold && !allowed.has(id));
    const caveat = exact
      ? ''
      : ' Everything blocking is above that level, not at it: other registries refuse it as well, but the documents of TCR do not say so.';
    return {
      ...answer,
      decision: 'block',
      reason: `${refuses}; the scan here found ${listIds(blocking)}.${caveat} The registry's own scan decides in the end.${nobodyScans}`,
    };
  }
  if (!image.complete)
    return {
      ...answer,
      decision: 'unknown',
      reason: `${refuses}. None was found, but ${describeGap(image)}`,
    };
  if (policy.scansOnPush === false)
    return {
      ...answer,
      decision: 'block-until-scanned',
      reason: `${refuses}.${nobodyScans} The scan here found nothing that would block after that.`,
    };
  const unrated = image.vulnerabilities.filter(({ severity }) => severity === 'unknown').length;
  const found = allowlisted.length > 0 ? 'none that the allowlist does not exempt' : 'none';
  return {
    ...answer,
    decision: 'allow',
    reason: `${refuses}; the scan here found ${found}. Until the registry's own scan ends, expect pulls to be refused; that scan decides.${unrated === 0 ? '' : ` Findings without a severity here, which its scanner may rate: ${unrated}.`}`,
  };
}

/** At the threshold or one step below it: scanners often differ by one. */
function idsNear(vulnerabilities: readonly PolicyVulnerability[], threshold: number, allowed: ReadonlySet<string>): readonly string[] {
  return idsOf(
    vulnerabilities.filter(({ id, severity }) => {
      const rank = RANK_OF_SEVERITY[severity];
      return !allowed.has(id) && (rank === threshold || rank === threshold - 1 || severity === 'unknown');
    }),
  );
}
