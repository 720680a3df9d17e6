import { messageOf } from '../foundation/base/result.ts';
import type { HttpClient } from '../foundation/io/http.ts';
import type { BlockingPolicy, MinimalFix, PolicyDecision } from '../foundation/model/policy.ts';
import type { Problem, ProblemCode } from '../foundation/model/problem.ts';
import type { Cloud, CloudKey } from '../foundation/model/cloud-key.ts';
import type { Credential } from '../registry/credentials.ts';
import { formatReference, parseReference, registryNamespaceOf, withDefaultTag, type ImageReference } from '../registry/reference.ts';
import { findMinimalFix } from './minimal-fix.ts';
import type { PolicyMemory } from './policy-memory.ts';
import { PolicyError, type GatedImage, type NamespacePolicy, type PolicyErrorCode, type PolicyProvider, type ProviderContext } from './provider.ts';
import { providers as allProviders } from './providers.generated.ts';

export interface PolicyQuestion {
  readonly http: HttpClient;
  /** Asked at most once, and only after the registry was recognised. May throw: then the policy is read anonymously, with a problem. */
  readonly credentialFor: (registry: string, repository: string) => Promise<Credential | undefined>;
  /** Default: there are none. */
  readonly cloudKeyFor?: (cloud: Cloud) => Promise<CloudKey | undefined>;
  /** Addresses of clouds' interfaces, by cloud, where they are not the public ones. */
  readonly endpoints?: Readonly<Partial<Record<Cloud, string>>>;
  /** Provider ids by registry host: what a setting says goes before what is recognised. */
  readonly providerOf?: Readonly<Record<string, string>>;
  /** What was read within the last minute; default: nothing is remembered. */
  readonly memory?: PolicyMemory<PolicyAnswer>;
  readonly now: Date;
  readonly signal?: AbortSignal;
  /** Default: every provider there is. */
  readonly providers?: readonly PolicyProvider[];
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
  const { decision, reason, blocking, allowlisted, problems, nearMisses, nearThreshold } = decide(input.image);
  return {
    schemaVersion: 1,
    reference: formatReference(reference),
    provider: provider.id,
    policy: policy.policy,
    decision,
    reason,
    blocking,
    allowlisted,
    minimalFix: findMinimalFix(input.image, input.fixes, decide),
    problems: [...answer.problems, ...problems],
    ...(policy.expiredAllowlist.length === 0 ? {} : { expiredAllowlist: policy.expiredAllowlist }),
    ...(nearMisses === undefined || nearMisses.length === 0 ? {} : { nearMisses }),
    ...(nearThreshold === undefined || nearThreshold.length === 0 ? {} : { nearThreshold }),
    ...(policy.decidedBy === undefined ? {} : { decidedBy: policy.decidedBy }),
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
  const key = `${ownValue(question.providerOf ?? {}, reference.registry) ?? ''} ${reference.registry}/${reference.repository}@${reference.digest ?? reference.tag ?? ''}`;
  return question.memory === undefined ? read() : question.memory.recall(key, question.now, read, ({ provider }) => provider !== undefined);
}

async function askForPolicy(reference: ImageReference, shown: string, question: PolicyQuestion): Promise<PolicyAnswer> {
  const problems: Problem[] = [];
  const context = toContext(reference, question, problems);
  const providers = question.providers ?? allProviders;
  const named = ownValue(question.providerOf ?? {}, reference.registry);
  const chosen = named === undefined ? undefined : providers.find(({ id }) => id === named);
  if (named !== undefined && chosen === undefined) {
    const reason = `The configuration says that ${reference.registry} is '${named}', which Plimsoll has no provider for: name one of ${providers.map(({ id }) => id).join(', ')}.`;
    return { unread: unread(shown, 'none', reason, [{ code: 'configuration', message: reason }]) };
  }
  const { provider, failure }: FoundProvider =
    chosen === undefined ? await findProvider(reference.registry, providers, context) : { provider: chosen };
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

/** Returns the provider of the registry that `reference` names, and what it is asked with; no provider where none recognises it. @throws {PolicyError} when the registry cannot be asked */
export async function findProviderOf(
  reference: ImageReference,
  question: PolicyQuestion,
): Promise<{ readonly provider?: PolicyProvider; readonly context: ProviderContext }> {
  const context = toContext(reference, question, []);
  const providers = question.providers ?? allProviders;
  const named = ownValue(question.providerOf ?? {}, reference.registry);
  if (named !== undefined) {
    const provider = providers.find(({ id }) => id === named);
    return { context, ...(provider === undefined ? {} : { provider }) };
  }
  const { provider, failure } = await findProvider(reference.registry, providers, context);
  if (failure !== undefined && provider === undefined) throw failure;
  return { context, ...(provider === undefined ? {} : { provider }) };
}

interface FoundProvider {
  readonly provider?: PolicyProvider;
  readonly failure?: PolicyError;
}

/** The first provider that recognises the registry. One that cannot tell does not keep the others from being asked. */
async function findProvider(registry: string, providers: readonly PolicyProvider[], context: ProviderContext): Promise<FoundProvider> {
  let failure: PolicyError | undefined;
  for (const provider of providers) {
    try {
      if (await provider.recognises(registry, context)) return { provider };
    } catch (error) {
      failure ??= asPolicyError(error, registry, context.signal);
    }
  }
  return failure === undefined ? {} : { failure };
}

function toContext(reference: ImageReference, question: PolicyQuestion, problems: Problem[]): ProviderContext {
  const { http, credentialFor, cloudKeyFor, endpoints, now, signal } = question;
  let asked: Promise<Credential | undefined> | undefined;
  const ask = async (): Promise<Credential | undefined> => {
    try {
      return await credentialFor(reference.registry, reference.repository);
    } catch (error) {
      signal?.throwIfAborted();
      problems.push({ code: 'permission', message: `${messageOf(error)}. The policy was asked for without signing in.` });
      return undefined;
    }
  };
  return {
    http,
    now,
    credential: () => (asked ??= ask()),
    cloudKey: async (cloud) => cloudKeyFor?.(cloud),
    endpoint: (cloud) => endpoints?.[cloud],
    ...(signal === undefined ? {} : { signal }),
  };
}

/** A registry's name is no name of Object.prototype's. */
function ownValue(table: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** A failure that a provider did not foresee is still no answer: 'unknown', never 'allow'. */
function asPolicyError(error: unknown, registry: string, signal: AbortSignal | undefined): PolicyError {
  signal?.throwIfAborted();
  if (error instanceof PolicyError) return error;
  return new PolicyError('malformed', `the policy of ${registry} cannot be read: ${messageOf(error)}`, { cause: error });
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
