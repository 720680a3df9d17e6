import type { Severity } from '../../foundation/model/severity.ts';
import type { PolicyVulnerability } from '../../foundation/model/policy.ts';
import { describeGap } from '../gap.ts';
import { createDenylist, idsOf, listIds } from '../ids.ts';
import type { GatedImage, NamespacePolicy, ProviderDecision } from '../provider.ts';

/** What a chain's scanning node stops at. */
export interface DenyPolicy {
  readonly chain: string;
  /** LOW, MEDIUM, HIGH, UNKNOWN; empty when nothing is counted. */
  readonly level: string;
  readonly count?: number;
  /** AND, OR. */
  readonly logic: string;
  /** BLOCK, BLOCK_RETAG, BLOCK_DELETE_TAG. */
  readonly action: string;
  /** Ids that stop the chain: the reverse of an allowlist. */
  readonly denied: readonly string[];
  /** Members of the rule that are not understood here. */
  readonly unread: readonly string[];
  /** It also looks at baselines or malicious files, which Security Center alone finds. */
  readonly needsSecurityCenter: boolean;
  readonly scanEngine?: string;
}

export interface AlibabaFacts {
  readonly repository: string;
  readonly edition: 'enterprise' | 'personal';
  readonly chains: readonly DenyPolicy[];
}

/** ACR has no critical: what we call so is counted as high. */
const LEVEL_OF_SEVERITY: Readonly<Record<Severity, string>> = {
  critical: 'HIGH',
  high: 'HIGH',
  medium: 'MEDIUM',
  low: 'LOW',
  negligible: 'LOW',
  unknown: 'UNKNOWN',
};
const RANK_OF_LEVEL: ReadonlyMap<string, number> = new Map([
  ['UNKNOWN', 0],
  ['LOW', 1],
  ['MEDIUM', 2],
  ['HIGH', 3],
]);

type Answer = 'stops' | 'passes' | 'depends';

interface ChainVerdict {
  readonly policy: DenyPolicy;
  readonly answer: Answer;
  readonly blocking: readonly string[];
  /** What the answer hangs on. */
  readonly because?: string;
}

const PULLABLE = 'Pulls are not refused: ACR stops what comes after the scan (replication, triggers), not the pull.';

/**
 * Returns whether a delivery chain would stop at the image, told as 'block'. Pure. The documents leave open whether a level means exactly it or at least it, and what AND and OR join: a verdict is given
 * where all readings agree, else 'unknown' says what it hangs on.
 */
export function decideLikeAlibaba(policy: NamespacePolicy, image: GatedImage): ProviderDecision {
  const { repository, edition, chains } = policy.extra as unknown as AlibabaFacts;
  const nothing = { blocking: [], allowlisted: [], problems: [] };
  if (edition === 'personal')
    return {
      ...nothing,
      decision: 'allow',
      reason: 'The Personal Edition of Alibaba Cloud Container Registry has no delivery chains: nothing is stopped for its vulnerabilities.',
    };
  if (chains.length === 0)
    return { ...nothing, decision: 'allow', reason: `No delivery chain of ACR stops images of ${repository} for their vulnerabilities. ${PULLABLE}` };

  const verdicts = chains.map((chain) => judge(chain, image.vulnerabilities));
  const blocking = idsOf(verdicts.flatMap((verdict) => verdict.blocking.map((id) => ({ id }))));
  const answer = { ...nothing, blocking };
  const stopping = verdicts.find((verdict) => verdict.answer === 'stops');
  if (stopping !== undefined) {
    const { chain, action } = stopping.policy;
    const further = action === 'BLOCK_RETAG' || action === 'BLOCK_DELETE_TAG' ? ` The tag is then renamed or removed (${action}).` : '';
    const hangs = stopping.because === undefined ? '' : ` ${stopping.because}`;
    return {
      ...answer,
      decision: 'block',
      reason: `ACR's delivery chain '${chain}' stops at ${describe(stopping.policy)}; the scan here found ${listIds(stopping.blocking)}.${hangs}${further} ${PULLABLE} The registry's own scan decides.`,
    };
  }
  const depending = verdicts.find((verdict) => verdict.answer === 'depends');
  if (depending !== undefined) {
    return {
      ...answer,
      decision: 'unknown',
      reason: `Whether ACR's delivery chain '${depending.policy.chain}' stops at the image depends on ${depending.because ?? 'what its documents leave open'}. ${PULLABLE}`,
    };
  }
  if (!image.complete)
    return {
      ...answer,
      decision: 'unknown',
      reason: `Nothing that stops a delivery chain was found, but ${describeGap(image)}`,
    };
  return {
    ...answer,
    decision: 'allow',
    reason: `No delivery chain of ACR would stop at what the scan here found. ${PULLABLE} The registry's own scan decides.`,
  };
}

function judge(policy: DenyPolicy, vulnerabilities: readonly PolicyVulnerability[]): ChainVerdict {
  const isDenied = createDenylist(policy.denied);
  const denied = vulnerabilities.filter((vulnerability) => isDenied(vulnerability) === 'yes');
  const perhaps = vulnerabilities.filter((vulnerability) => isDenied(vulnerability) === 'maybe');
  const wanted = RANK_OF_LEVEL.get(policy.level.toUpperCase());
  const counts = wanted !== undefined && policy.count !== undefined;
  const rank = ({ severity }: PolicyVulnerability): number => RANK_OF_LEVEL.get(LEVEL_OF_SEVERITY[severity]) ?? 0;
  const exact = counts ? vulnerabilities.filter((vulnerability) => rank(vulnerability) === wanted) : [];
  const atLeast = counts ? vulnerabilities.filter((vulnerability) => rank(vulnerability) >= wanted) : [];
  const threshold = policy.count ?? 0;
  const countAnswer: Answer = !counts ? 'passes' : reaches(exact, threshold) ? 'stops' : reaches(atLeast, threshold) ? 'depends' : 'passes';
  const listAnswer: Answer = denied.length > 0 ? 'stops' : perhaps.length > 0 ? 'depends' : 'passes';
  const answer = join(countAnswer, listAnswer, counts, policy);
  const blocking = answer === 'passes' ? [] : idsOf([...denied, ...perhaps, ...(countAnswer === 'passes' ? [] : atLeast)]);
  const isAlternative = policy.logic.toUpperCase() === 'OR';
  if (policy.needsSecurityCenter && answer !== 'depends' && !(answer === 'stops' && isAlternative))
    return { policy, answer: 'depends', blocking, because: 'baselines or malicious files that only Security Center finds' };
  if (policy.unread.length > 0 && answer !== 'depends' && !(answer === 'stops' && isAlternative))
    return { policy, answer: 'depends', blocking, because: `a part of its rule that is not understood here (${policy.unread.join(', ')})` };
  const because = explain(
    answer,
    countAnswer,
    { isAtCount: exact.length === threshold, isAlone: counts !== policy.denied.length > 0, listed: listAnswer },
    policy,
  );
  return { policy, answer, blocking, ...(because === undefined ? {} : { because }) };
}

function reaches(found: readonly PolicyVulnerability[], count: number): boolean {
  return found.length > 0 && found.length >= count;
}

/** One condition decides alone. Of two, OR needs either; AND needs both, and what else it may join is not documented. */
function join(count: Answer, list: Answer, counts: boolean, policy: DenyPolicy): Answer {
  const lists = policy.denied.length > 0;
  if (!lists) return count;
  if (!counts) return list;
  if (count === list) return count;
  const logic = policy.logic.toUpperCase();
  const answers = [count, list];
  if (logic === 'OR' && answers.includes('stops')) return 'stops';
  if (logic === 'AND' && answers.includes('passes')) return 'passes';
  return 'depends';
}

/** `isAtCount`: as many were found as are counted; `isAlone`: the rule has one condition. */
function explain(
  answer: Answer,
  count: Answer,
  { isAtCount, isAlone, listed }: { readonly isAtCount: boolean; readonly isAlone: boolean; readonly listed: Answer },
  policy: DenyPolicy,
): string | undefined {
  if (answer === 'stops') {
    const assumed = [
      ...(isAtCount && policy.denied.length === 0
        ? [`(If ACR counts "more than ${policy.count ?? 0}", exactly that many would pass; its documents do not say.)`]
        : []),
      ...(isAlone && policy.logic.toUpperCase() === 'AND'
        ? ['(Its logic is AND, and it has one condition only, which is taken to decide alone; its documents do not say.)']
        : []),
    ];
    return assumed.length === 0 ? undefined : assumed.join(' ');
  }
  if (answer !== 'depends') return undefined;
  if (count === 'depends')
    return `whether the level ${policy.level} means exactly that level or that level and above, which its documents leave open`;
  if (listed === 'depends') return `whether ACR knows what was found here by the name on its list, which is written otherwise`;
  return `how its two conditions are joined ('${policy.logic}'), which its documents leave open`;
}

function describe(policy: DenyPolicy): string {
  const parts = [
    ...(policy.count === undefined || policy.level === '' ? [] : [`${policy.count} vulnerabilities of level ${policy.level}`]),
    ...(policy.denied.length === 0 ? [] : [`any of ${policy.denied.length} ids on its list`]),
  ];
  return parts.join(policy.logic.toUpperCase() === 'AND' ? ' together with ' : ' or ');
}
