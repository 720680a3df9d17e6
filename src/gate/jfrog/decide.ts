import type { PolicyVulnerability } from '../../foundation/model/policy.ts';
import type { Severity } from '../../foundation/model/severity.ts';
import { describeGap } from '../gap.ts';
import { createDenylist, findNearMisses, idsOf, listIds, nearMissProblems } from '../ids.ts';
import type { GatedImage, NamespacePolicy, ProviderDecision } from '../provider.ts';

/** One rule of a security policy: what it looks for, and whether a download is then refused. */
export interface XrayRule {
  readonly name: string;
  /** Lower comes first; the first rule that a vulnerability meets is the only one that acts on it. */
  readonly priority: number;
  /** 'All Severities', 'Low', 'Medium', 'High', 'Critical'. */
  readonly minSeverity?: string;
  readonly cvssRange?: { readonly from: number; readonly to: number };
  readonly ids?: readonly string[];
  /** Only what has a fixed version. */
  readonly onlyFixable: boolean;
  /** Looks for malicious packages, which is no vulnerability. */
  readonly malicious: boolean;
  /** Criteria that are not understood here. */
  readonly unread: readonly string[];
  readonly blocksDownload: boolean;
  /** Refuses what has not been scanned yet, too. */
  readonly blocksUnscanned: boolean;
}

export interface XrayPolicy {
  readonly name: string;
  readonly watch: string;
  /** False when the watch narrows the repository by filters that cannot be evaluated here. */
  readonly surelyApplies: boolean;
  /** By priority. */
  readonly rules: readonly XrayRule[];
}

export interface XrayFacts {
  /** Key of the repository. */
  readonly repository: string;
  /** False when Xray does not index the repository, so that nothing there is ever scanned. */
  readonly indexed?: boolean;
  /** Set when Artifactory lets everything through all the same. */
  readonly overruled?: 'xray-disabled' | 'blocked-allowed';
  /** Why other watches than those that were found may be over what the image lies in. */
  readonly unsure?: string;
  readonly policies: readonly XrayPolicy[];
  /** Policies that refuse downloads for licences or operational risk: not judged here. */
  readonly otherBlocking: readonly string[];
  /** Ids that ignore rules exempt only for some components, artifacts or layers: 'any' for all. */
  readonly narrowlyIgnored: readonly string[];
  readonly ignoreRulesRead: boolean;
}

type Answer = 'yes' | 'no' | 'maybe';

const RANK_OF_WORD: ReadonlyMap<string, number> = new Map([
  ['all severities', 0],
  ['low', 1],
  ['medium', 2],
  ['high', 3],
  ['critical', 4],
]);
/** Xray has no negligible, and its word for what we have no severity for is not known here: undefined. */
const RANK_OF_SEVERITY: Readonly<Record<Severity, number | undefined>> = {
  unknown: undefined,
  negligible: undefined,
  low: 1,
  medium: 2,
  high: 3,
  critical: 4,
};
const DECIDES = "Xray's own scan decides in the end.";

/** Returns whether Artifactory would refuse the download of the image by Xray's policies. Pure. What its filters or criteria leave open here is 'unknown', with what it hangs on. */
export function decideLikeXray(policy: NamespacePolicy, image: GatedImage): ProviderDecision {
  const facts = policy.extra as unknown as XrayFacts;
  const where = `Artifactory's repository '${facts.repository}'`;
  const nothing = { blocking: [], allowlisted: [], problems: [] };
  if (facts.overruled !== undefined) {
    const because = facts.overruled === 'xray-disabled' ? 'Xray is switched off' : 'it lets blocked artifacts be downloaded';
    return { ...nothing, decision: 'allow', reason: `${where} refuses no download: ${because} in Artifactory's settings.` };
  }
  const isUngated = facts.policies.length === 0 && facts.otherBlocking.length === 0;
  if (isUngated && facts.unsure !== undefined)
    return {
      ...nothing,
      decision: 'unknown',
      reason: `No watch of Xray was found to refuse downloads from ${where}, but ${facts.unsure}: there may be others.`,
    };
  if (isUngated) return { ...nothing, decision: 'allow', reason: `No watch of Xray refuses downloads from ${where} for vulnerabilities.` };

  const allowed = new Set(policy.policy.allowlist.map(({ id }) => id));
  const narrow = new Set(facts.narrowlyIgnored);
  const judged = image.vulnerabilities.map((vulnerability) => ({ vulnerability, verdict: judge(vulnerability, facts.policies) }));
  const refused = judged.filter(({ verdict }) => verdict.answer === 'yes').map(({ vulnerability }) => vulnerability);
  const isExempt = ({ id }: PolicyVulnerability): boolean => allowed.has(id);
  const standing = refused.filter((vulnerability) => !isExempt(vulnerability));
  // What is exempt by another of its names may be another issue to Xray.
  const isOpen = ({ id, aliases = [] }: PolicyVulnerability): boolean =>
    !facts.ignoreRulesRead || narrow.has('any') || [id, ...aliases].some((name) => narrow.has(name) || allowed.has(name));
  const certain = idsOf(standing.filter((vulnerability) => !isOpen(vulnerability)));
  const maybe = judged.filter(({ vulnerability, verdict }) => verdict.answer === 'maybe' && !isExempt(vulnerability));
  const blocking = idsOf(standing);
  const nearMisses = findNearMisses(policy.policy.allowlist, blocking);
  const answer = {
    blocking,
    allowlisted: idsOf(refused.filter(isExempt)),
    problems: nearMissProblems(nearMisses, 'Xray'),
    nearMisses,
    nearThreshold: idsOf(maybe.map(({ vulnerability }) => vulnerability)),
  };
  const refuses = `${where} refuses downloads by ${describe(facts.policies)}`;

  if (certain.length > 0) return { ...answer, decision: 'block', reason: `${refuses}; the scan here found ${listIds(certain)}. ${DECIDES}` };
  if (blocking.length > 0) {
    const because = facts.ignoreRulesRead
      ? 'ignore rules exempt them for some components, artifacts or layers only, or by another name'
      : 'the ignore rules, which may exempt them, could not be read';
    return { ...answer, decision: 'unknown', reason: `${refuses}; whether it does so for ${listIds(blocking)} is not known: ${because}.` };
  }
  if (maybe.length > 0) {
    const because = [...new Set(maybe.map(({ verdict }) => verdict.because))].join('; ');
    return {
      ...answer,
      decision: 'unknown',
      reason: `${refuses}; whether it does so for ${listIds(answer.nearThreshold)} is not known here: ${because}.`,
    };
  }
  if (!image.complete)
    return {
      ...answer,
      decision: 'unknown',
      reason: `${refuses}. Nothing of the kind was found, but ${describeGap(image)}`,
    };
  if (facts.otherBlocking.length > 0)
    return {
      ...answer,
      decision: 'unknown',
      reason: `No vulnerability was found that ${where} refuses, but ${facts.otherBlocking.join(', ')} can refuse it for licences or operational risk, which are not judged here.`,
    };
  if (facts.unsure !== undefined)
    return {
      ...answer,
      decision: 'unknown',
      reason: `${refuses}. Nothing of the kind was found, but ${facts.unsure}: other watches may be over it.`,
    };
  const rules = facts.policies.flatMap(({ rules }) => rules);
  const unscanned = rules.some(({ blocksUnscanned }) => blocksUnscanned);
  if (unscanned && facts.indexed === false)
    return {
      ...answer,
      decision: 'block-until-scanned',
      reason: `${refuses}, and what is not scanned; Xray does not index that repository, so that nobody scans what is pushed. The scan here found nothing that would be refused after that.`,
    };
  const later = unscanned ? ' Until its scan ends, expect downloads to be refused.' : '';
  const malicious = rules.some((rule) => rule.malicious) ? ' Packages that Xray knows as malicious are not judged here.' : '';
  const found = answer.allowlisted.length > 0 ? 'nothing that ignore rules do not exempt' : 'nothing of the kind';
  return { ...answer, decision: 'allow', reason: `${refuses}; the scan here found ${found}.${later}${malicious} ${DECIDES}` };
}

interface Verdict {
  readonly answer: Answer;
  readonly because?: string;
}

/** Any policy that refuses it is enough. */
function judge(vulnerability: PolicyVulnerability, policies: readonly XrayPolicy[]): Verdict {
  const verdicts = policies.map((policy): Verdict => {
    const verdict = judgeByRules(vulnerability, policy.rules);
    return verdict.answer === 'yes' && !policy.surelyApplies
      ? { answer: 'maybe', because: `the watch '${policy.watch}' has filters that cannot be evaluated here` }
      : verdict;
  });
  return verdicts.find(({ answer }) => answer === 'yes') ?? verdicts.find(({ answer }) => answer === 'maybe') ?? { answer: 'no' };
}

/** The first rule that is met acts; where it is open whether one is met, both ways are followed. */
function judgeByRules(vulnerability: PolicyVulnerability, rules: readonly XrayRule[]): Verdict {
  let open: { readonly blocks: boolean; readonly because: string }[] = [];
  let last: boolean = false;
  for (const rule of rules) {
    const { answer, because = '' } = meets(vulnerability, rule);
    if (answer === 'no') continue;
    if (answer === 'yes') {
      last = rule.blocksDownload;
      break;
    }
    open = [...open, { blocks: rule.blocksDownload, because }];
  }
  const differing = open.find(({ blocks }) => blocks !== last);
  if (differing !== undefined) return { answer: 'maybe', because: differing.because };
  return { answer: last ? 'yes' : 'no' };
}

/** All criteria of a rule have to hold. */
function meets(vulnerability: PolicyVulnerability, rule: XrayRule): Verdict {
  const { id, severity, package: installed, rating } = vulnerability;
  if (rule.malicious) return id.startsWith('MAL-') ? { answer: 'yes' } : { answer: 'no' };
  if (rule.onlyFixable && installed?.fixedVersion === undefined) return { answer: 'no' };
  const listed = rule.ids === undefined ? 'yes' : createDenylist(rule.ids)(vulnerability);
  if (listed === 'no') return { answer: 'no' };
  const open: string[] =
    rule.unread.length === 0 ? [] : [`the rule '${rule.name}' has criteria that are not judged here (${rule.unread.join(', ')})`];
  if (listed === 'maybe') open.push(`the rule '${rule.name}' names it otherwise`);
  if (rule.cvssRange !== undefined) {
    const { from, to } = rule.cvssRange;
    if (rating?.score === undefined) open.push(`the rule '${rule.name}' goes by CVSS scores, and there is none for it here`);
    else if (rating.score < from || rating.score > to) return { answer: 'no' };
  }
  const threshold = rule.minSeverity === undefined ? 0 : RANK_OF_WORD.get(rule.minSeverity.toLowerCase());
  const rank = RANK_OF_SEVERITY[severity];
  if (threshold === undefined) open.push(`the rule '${rule.name}' names a severity that is not known here ('${rule.minSeverity ?? ''}')`);
  else if (threshold > 0 && rank === undefined) {
    // What is negligible here is at most low there.
    if (severity === 'negligible' && threshold > 1) return { answer: 'no' };
    open.push('its severity here has no counterpart in Xray');
  } else if (rank !== undefined && rank < threshold) return { answer: 'no' };
  const because = open[0];
  return because === undefined ? { answer: 'yes' } : { answer: 'maybe', because };
}

function describe(policies: readonly XrayPolicy[]): string {
  const parts = policies.flatMap(({ name, watch, rules }) =>
    rules.filter(({ blocksDownload }) => blocksDownload).map((rule) => `policy '${name}' (${criteriaOf(rule)}; watch '${watch}')`),
  );
  const [first = 'its policies', ...more] = parts;
  return more.length === 0 ? first : `${first} and ${more.length} more`;
}

/** Returns what a rule looks for, in Xray's words. */
export function criteriaOf(rule: XrayRule): string {
  const parts = [
    ...(rule.minSeverity === undefined ? [] : [rule.minSeverity]),
    ...(rule.cvssRange === undefined ? [] : [`CVSS ${rule.cvssRange.from}–${rule.cvssRange.to}`]),
    ...(rule.ids === undefined ? [] : [`${rule.ids.length} ids`]),
    ...(rule.malicious ? ['malicious packages'] : []),
    ...(rule.onlyFixable ? ['with a fix'] : []),
    ...rule.unread,
  ];
  return parts.length === 0 ? 'no criteria' : parts.join(', ');
}
