import type { PolicyVulnerability } from '../../foundation/model/policy.ts';
import type { Severity } from '../../foundation/model/severity.ts';
import type { JsonRecord } from '../../registry/json.ts';
import { describeGap } from '../gap.ts';
import { createDenylist, findNearMisses, idsOf, listIds, nearMissProblems } from '../ids.ts';
import type { GatedImage, NamespacePolicy, ProviderDecision } from '../provider.ts';
import { judgeAdmission } from './admission.ts';
import type { CheckSet, VulnerabilityCheck } from './check-sets.ts';
import { matchesPattern } from './patterns.ts';

export interface PlatformPolicy {
  /** 'projects/PROJECT/platforms/gke/policies/NAME' */
  readonly name: string;
  readonly checkSets: readonly CheckSet[];
  /** What Google itself said of the image: 'CONFORMANT' or 'NON_CONFORMANT'. */
  readonly verdict?: string;
}

export interface GoogleFacts {
  readonly project: string;
  /** As it would be deployed. */
  readonly image: string;
  /** The project's policy, as read. */
  readonly policy: JsonRecord;
  readonly platformPolicies: readonly PlatformPolicy[];
}

type Answer = 'passes' | 'fails' | 'open';

interface Verdict {
  readonly answer: Answer;
  readonly blocking: readonly string[];
  readonly allowlisted: readonly string[];
  readonly because: string;
}

const RANK_OF_WORD: ReadonlyMap<string, number> = new Map([
  ['BLOCK_ALL', 0],
  ['MINIMAL', 1],
  ['LOW', 2],
  ['MEDIUM', 3],
  ['HIGH', 4],
  ['CRITICAL', 5],
  ['ALLOW_ALL', 6],
]);
const RANK_OF_SEVERITY: Readonly<Record<Severity, number | undefined>> = {
  unknown: undefined,
  negligible: 1,
  low: 2,
  medium: 3,
  high: 4,
  critical: 5,
};
const REPORTS = 'Such a policy is evaluated continuously and reported; it does not keep a pod from starting.';

/** Returns whether pods of the image would be refused, or reported as violating a platform policy, which is told as 'block' as well. Pure. Attestations, provenance and where the pod runs are not known here: 'unknown', with which. */
export function decideLikeBinaryAuthorization(policy: NamespacePolicy, image: GatedImage): ProviderDecision {
  const facts = policy.extra as unknown as GoogleFacts;
  const admission = judgeAdmission(facts.policy, facts.image);
  const verdicts = facts.platformPolicies.map((platform) => judgePlatformPolicy(platform, facts.image, image));
  const blocking = [...new Set(verdicts.flatMap((verdict) => verdict.blocking))].sort();
  const nearMisses = findNearMisses(policy.policy.allowlist, blocking);
  const answer = {
    blocking,
    allowlisted: [...new Set(verdicts.flatMap((verdict) => verdict.allowlisted))].sort(),
    problems: nearMissProblems(nearMisses, 'Binary Authorization'),
    nearMisses,
  };
  const where = `Binary Authorization in the project ${facts.project}`;
  if (admission.answer === 'fails') return { ...answer, decision: 'block', reason: `${where} refuses pods of the image: ${admission.because}.` };
  const failing = verdicts.find((verdict) => verdict.answer === 'fails');
  if (failing !== undefined) return { ...answer, decision: 'block', reason: `${where}: ${failing.because}. ${REPORTS}` };
  if (admission.answer === 'open') return { ...answer, decision: 'unknown', reason: `${where}: ${admission.because}.` };
  const open = verdicts.find((verdict) => verdict.answer === 'open');
  if (open !== undefined) return { ...answer, decision: 'unknown', reason: `${where}: ${open.because}. ${REPORTS}` };
  if (facts.platformPolicies.length === 0) return { ...answer, decision: 'allow', reason: `${where} lets the image run: ${admission.because}.` };
  if (!image.complete && facts.platformPolicies.some(looksAtVulnerabilities))
    return {
      ...answer,
      decision: 'unknown',
      reason: `${where}: nothing that violates it was found, but ${describeGap(image)}`,
    };
  return {
    ...answer,
    decision: 'allow',
    reason: `${where} lets the image run: ${admission.because}, and no platform policy would report it. Google's own scan of the pushed image decides.`,
  };
}

/** What Google itself has judged, and checks of other things, do not hang on our scan. */
function looksAtVulnerabilities({ checkSets, verdict }: PlatformPolicy): boolean {
  return verdict === undefined && checkSets.some(({ vulnerabilityChecks }) => vulnerabilityChecks.length > 0);
}

const EVALUATED = 'Google itself says that the pushed image conforms';

function judgePlatformPolicy({ name, checkSets, verdict }: PlatformPolicy, reference: string, image: GatedImage): Verdict {
  const shown = `the platform policy '${name.split('/').at(-1) ?? name}'`;
  const verdicts = checkSets.map((set) => judgeCheckSet(set, reference, image));
  const blocking = [...new Set(verdicts.flatMap((one) => one.blocking))].sort();
  const allowlisted = [...new Set(verdicts.flatMap((one) => one.allowlisted))].sort();
  if (verdict === 'NON_CONFORMANT')
    return { answer: 'fails', blocking, allowlisted, because: `Google itself says that the pushed image violates ${shown}` };
  if (verdict === 'CONFORMANT') return { answer: 'passes', blocking: [], allowlisted, because: EVALUATED };
  const [first] = verdicts;
  if (first === undefined) return { answer: 'passes', blocking: [], allowlisted: [], because: `${shown} has no checks` };
  const differs = verdicts.some(({ answer }) => answer !== first.answer);
  const worst = verdicts.find(({ answer }) => answer === 'fails') ?? verdicts.find(({ answer }) => answer === 'open') ?? first;
  const because = `${shown} ${worst.because}`;
  return differs
    ? { answer: 'open', blocking, allowlisted, because: `${because}, in some namespaces only: it has several check sets` }
    : { answer: first.answer, blocking, allowlisted, because };
}

function judgeCheckSet(set: CheckSet, reference: string, image: GatedImage): Verdict {
  const matches = set.exempt.map((pattern) => matchesPattern(pattern, reference));
  const nothing = { blocking: [], allowlisted: [] };
  if (matches.includes('yes')) return { ...nothing, answer: 'passes', because: 'exempts the image by its name' };
  if (set.alwaysDenies) return { ...nothing, answer: 'fails', because: 'denies everything' };
  const judged = set.vulnerabilityChecks.map((check) => judgeVulnerabilities(check, image.vulnerabilities));
  const blocking = idsOf(judged.flatMap(({ failing }) => failing));
  const allowlisted = idsOf(judged.flatMap(({ exempt }) => exempt));
  if (matches.includes('maybe')) return { answer: 'open', blocking, allowlisted, because: 'has patterns that may exempt the image' };
  if (blocking.length > 0) return { answer: 'fails', blocking, allowlisted, because: `does not allow ${listIds(blocking)}` };
  const unrated = idsOf(judged.flatMap(({ open }) => open));
  if (unrated.length > 0)
    return {
      answer: 'open',
      blocking,
      allowlisted,
      because: `may not allow ${listIds(unrated)}, which have no severity here, or another name on its list`,
    };
  if (set.others.length > 0)
    return { answer: 'open', blocking, allowlisted, because: `has checks that only Google can make (${set.others.join(', ')})` };
  return { answer: 'passes', blocking, allowlisted, because: 'allows what was found' };
}

interface Judged {
  readonly failing: readonly PolicyVulnerability[];
  readonly exempt: readonly PolicyVulnerability[];
  readonly open: readonly PolicyVulnerability[];
}

function judgeVulnerabilities(check: VulnerabilityCheck, vulnerabilities: readonly PolicyVulnerability[]): Judged {
  const failing: PolicyVulnerability[] = [];
  const exempt: PolicyVulnerability[] = [];
  const open: PolicyVulnerability[] = [];
  const isListed = createDenylist(check.blockedCves);
  for (const vulnerability of vulnerabilities) {
    const { id, severity, package: installed } = vulnerability;
    const word = installed?.fixedVersion === undefined ? check.maximumUnfixableSeverity : check.maximumFixableSeverity;
    const maximum = RANK_OF_WORD.get(word);
    const rank = RANK_OF_SEVERITY[severity];
    const listed = isListed(vulnerability);
    const exceeds = maximum === 0 || (maximum !== undefined && rank !== undefined && rank > maximum);
    const isOpen = maximum === undefined || (rank === undefined && maximum !== 0 && maximum < 5);
    if (listed === 'yes') failing.push(vulnerability);
    else if (check.allowedCves.includes(id)) {
      if (exceeds) exempt.push(vulnerability);
    } else if (exceeds) failing.push(vulnerability);
    else if (isOpen || listed === 'maybe') open.push(vulnerability);
  }
  return { failing, exempt, open };
}
