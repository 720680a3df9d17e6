import type { BlockingPolicy, MinimalFix, PolicyDecision } from '../foundation/model/policy.ts';
import type { Problem, ProblemCode } from '../foundation/model/problem.ts';
import { formatReference, parseReference, registryNamespaceOf, withDefaultTag, type ImageReference } from '../registry/reference.ts';
import { asPolicyError, chooseProvider, namedProvider, type ProviderQuestion } from './find-provider.ts';
import { findMinimalFix } from './minimal-fix.ts';
import type { PolicyMemory } from './policy-memory.ts';
import type { GatedImage, NamespacePolicy, PolicyError, PolicyErrorCode, PolicyProvider } from './provider.ts';
import { readTheirScan } from './their-scan.ts';

export interface PolicyQuestion extends ProviderQuestion {
  /** What was read within the last minute; default: nothing is remembered. */
  readonly memory?: PolicyMemory<PolicyAnswer>;
}

export interface CheckPolicyInput extends PolicyQuestion {
  /** What the image would be pushed as. */
  readonly reference: string;
  readonly image: GatedImage;
  /** The plan that removes all that can be removed: the minimal fix is taken from it. */
  readonly fixes: readonly MinimalFix[];
}

export interface ShowPolicyInput extends PolicyQuestion {
  /** 'harbor.example.com/team' */
  readonly namespace: string;
}

/** A policy that was read, by the provider that can judge by it; or why there is none. */
export type PolicyAnswer =
  | { readonly provider: PolicyProvider; readonly policy: NamespacePolicy; readonly problems: readonly Problem[] }
  | { readonly provider?: undefined; readonly unread: PolicyDecision };

/** Stands for a policy that could not be read: `raw` is null, and the rest says nothing. */
const UNREAD_POLICY: BlockingPolicy = { enabled: false, severity: '', allowlist: [], raw: null };

/**
 * Returns what the registry would do with pulls of the image, and the smallest fix that passes. A registry that cannot be asked, refuses, or answers nonsense is the decision 'unknown' with
 * the reason and a problem; nothing of that is thrown. A cancellation is.
 */
export async function checkPolicy(input: CheckPolicyInput): Promise<PolicyDecision> {
  const parsed = parseReference(input.reference);
  if (parsed === undefined) return notAReference(input.reference);
  const reference = withDefaultTag(parsed);
  const answer = await readPolicy(reference, formatReference(reference), input);
  if (answer.provider === undefined) return answer.unread;
  const { provider, policy } = answer;
  const decide = (image: GatedImage) => provider.decide(policy, image);
  const here = decide(input.image);
  const theirs = here.decision === 'unknown' && !input.image.complete ? await readTheirScan(provider, reference, input) : undefined;
  const image = theirs?.image ?? input.image;
  const { decision, reason, blocking, allowlisted, problems, nearMisses, nearThreshold } = theirs === undefined ? here : decide(image);
  const decidedBy = theirs?.decidedBy ?? policy.decidedBy;
  return {
    schemaVersion: 1,
    reference: formatReference(reference),
    provider: provider.id,
    policy: policy.policy,
    decision,
    reason,
    blocking,
    allowlisted,
    minimalFix: findMinimalFix(image, input.fixes, decide),
    problems: [...answer.problems, ...problems],
    ...(policy.expiredAllowlist.length === 0 ? {} : { expiredAllowlist: policy.expiredAllowlist }),
    ...(nearMisses === undefined || nearMisses.length === 0 ? {} : { nearMisses }),
    ...(nearThreshold === undefined || nearThreshold.length === 0 ? {} : { nearThreshold }),
    ...(decidedBy === undefined ? {} : { decidedBy }),
  };
}

/** Returns the policy of a registry namespace with no image judged: the decision is 'allow' where nothing is ever blocked, else 'unknown'. See wasPolicyRead. */
export async function showPolicy(input: ShowPolicyInput): Promise<PolicyDecision> {
  const namespace = input.namespace.replace(/^https?:\/\//, '').replace(/\/+$/, '');
  const reference = parseReference(`${namespace}/any`);
  if (reference === undefined || registryNamespaceOf(reference) === undefined) return notAReference(input.namespace);
  const shown = `${reference.registry}/${reference.repository.slice(0, -'/any'.length)}`;
  const answer = await readPolicy(reference, shown, input);
  if (answer.provider === undefined) return answer.unread;
  const { provider, policy, problems } = answer;
  const { decision, reason } = policy.policy.enabled
    ? { decision: 'unknown' as const, reason: 'The policy was read, but no image was given to judge by it.' }
    : provider.decide(policy, { platform: { os: '', architecture: '' }, vulnerabilities: [], complete: true });
  return {
    schemaVersion: 1,
    reference: shown,
    provider: provider.id,
    policy: policy.policy,
    decision,
    reason,
    blocking: [],
    allowlisted: [],
    minimalFix: [],
    problems,
  };
}

/** True when `policy` in a decision is what the registry said, false when it only fills the place. */
export function wasPolicyRead({ policy }: PolicyDecision): boolean {
  return policy.raw !== null;
}

/** Only what was read is remembered: a failure may be over the next moment. Some providers judge by the repository, and by what lies there under a digest. */
async function readPolicy(reference: ImageReference, shown: string, question: PolicyQuestion): Promise<PolicyAnswer> {
  const read = (): Promise<PolicyAnswer> => askForPolicy(reference, shown, question);
  // Whose answer it is is part of it: projects may say differently what a registry is.
  const place = `${reference.registry}/${reference.repository}@${reference.digest ?? reference.tag ?? ''}`;
  const isItself = reference.digest !== undefined && reference.digest === question.digest;
  const key = `${namedProvider(reference.registry, question) ?? ''} ${place} ${isItself ? 'itself' : ''}`;
  return question.memory === undefined ? read() : question.memory.recall(key, question.now, read, ({ provider }) => provider !== undefined);
}

async function askForPolicy(reference: ImageReference, shown: string, question: PolicyQuestion): Promise<PolicyAnswer> {
  const problems: Problem[] = [];
  const { context, provider, failure } = await chooseProvider(reference, question, problems);
  if (provider === undefined) {
    if (failure !== undefined) return { unread: unread(shown, 'none', failure.message, [toProblem(failure)]) };
    const reason = `Plimsoll does not know what kind of registry ${reference.registry} is, or cannot read policies of its kind: whether it blocks is not known. If it is of a kind that Plimsoll reads, name that under 'policyProviders' in .plimsoll.yaml.`;
    return { unread: unread(shown, 'none', reason, []) };
  }
  try {
    const policy = await provider.readPolicy(reference, context);
    return { provider, policy, problems: [...problems, ...policy.problems] };
  } catch (error) {
    const refusal = asPolicyError(error, reference.registry, question.signal);
    return { unread: unread(shown, provider.id, refusal.message, [toProblem(refusal), ...problems]) };
  }
}

const PROBLEM_OF_ERROR: Readonly<Record<PolicyErrorCode, ProblemCode>> = {
  unauthenticated: 'permission',
  forbidden: 'permission',
  'not-found': 'permission',
  'server-error': 'network',
  malformed: 'malformed',
  timeout: 'network',
  network: 'network',
  unsupported: 'other',
  configuration: 'configuration',
};

function toProblem(error: PolicyError): Problem {
  return { code: PROBLEM_OF_ERROR[error.code], message: error.message };
}

function notAReference(text: string): PolicyDecision {
  const shown = JSON.stringify(text.slice(0, 200));
  const reason = `${shown} is not an image reference: it takes the form HOST/NAMESPACE/NAME:TAG, in lower case.`;
  return unread(text, 'none', reason, [{ code: 'malformed', message: reason }]);
}

function unread(reference: string, provider: string, reason: string, problems: readonly Problem[]): PolicyDecision {
  return {
    schemaVersion: 1,
    reference,
    provider,
    policy: UNREAD_POLICY,
    decision: 'unknown',
    reason,
    blocking: [],
    allowlisted: [],
    minimalFix: [],
    problems,
  };
}
