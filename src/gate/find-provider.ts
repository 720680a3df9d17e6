import { messageOf } from '../foundation/base/result.ts';
import type { HttpClient } from '../foundation/io/http.ts';
import type { Digest } from '../foundation/model/brand.ts';
import type { Cloud, CloudKey } from '../foundation/model/cloud-key.ts';
import type { Problem } from '../foundation/model/problem.ts';
import type { Credential } from '../registry/credentials.ts';
import type { ImageReference } from '../registry/reference.ts';
import { PolicyError, type PolicyProvider, type ProviderContext } from './provider.ts';
import { providers as allProviders } from './providers.generated.ts';

/** A question to a registry: how it is asked, and as whom. */
export interface ProviderQuestion {
  readonly http: HttpClient;
  /** Asked at most once, and only after the registry was recognised. May throw: then the policy is read anonymously, with a problem. */
  readonly credentialFor: (registry: string, repository: string) => Promise<Credential | undefined>;
  /** Default: there are none. */
  readonly cloudKeyFor?: (cloud: Cloud) => Promise<CloudKey | undefined>;
  /** Addresses of clouds' interfaces, by cloud, where they are not the public ones. */
  readonly endpoints?: Readonly<Partial<Record<Cloud, string>>>;
  /** Provider ids by registry host: what a setting says goes before what is recognised. */
  readonly providerOf?: Readonly<Record<string, string>>;
  readonly now: Date;
  /** Of the image that is judged; absent: not known, or none is. */
  readonly digest?: Digest;
  readonly signal?: AbortSignal;
  /** Default: every provider there is. */
  readonly providers?: readonly PolicyProvider[];
}

interface FoundProvider {
  readonly provider?: PolicyProvider;
  readonly failure?: PolicyError;
}

/**
 * Returns the provider of the registry that `reference` names, as the configuration says or as the registry is recognised, and what it is asked with. No provider where none recognises it, and
 * where `failure` says why none could be found. What goes wrong while signing in is added to `problems`.
 */
export async function chooseProvider(
  reference: ImageReference,
  question: ProviderQuestion,
  problems: Problem[] = [],
): Promise<FoundProvider & { readonly context: ProviderContext }> {
  const { registry } = reference;
  const context = toContext(reference, question, problems);
  const providers = question.providers ?? allProviders;
  const named = namedProvider(registry, question);
  if (named === undefined) return { context, ...(await recognise(registry, providers, context)) };
  const provider = providers.find(({ id }) => id === named);
  if (provider !== undefined) return { context, provider };
  const ids = providers.map(({ id }) => id).join(', ');
  const message = `The configuration says that ${registry} is '${named}', which Plimsoll has no provider for: name one of ${ids}.`;
  return { context, failure: new PolicyError('configuration', message) };
}

/** Returns what the configuration says that a registry is; undefined when it says nothing. */
export function namedProvider(registry: string, { providerOf = {} }: Pick<ProviderQuestion, 'providerOf'>): string | undefined {
  // A registry's name is no name of Object.prototype's.
  return Object.hasOwn(providerOf, registry) ? providerOf[registry] : undefined;
}

/** The first provider that recognises the registry. One that cannot tell does not keep the others from being asked. */
async function recognise(registry: string, providers: readonly PolicyProvider[], context: ProviderContext): Promise<FoundProvider> {
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

/** Returns what a provider asks the registry of `reference` with. */
export function toContext(reference: ImageReference, question: ProviderQuestion, problems: Problem[]): ProviderContext {
  const { http, credentialFor, cloudKeyFor, endpoints, now, digest, signal } = question;
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
    ...(digest === undefined ? {} : { judged: digest }),
    ...(signal === undefined ? {} : { signal }),
  };
}

/** Returns a failure as a PolicyError; one that a provider did not foresee is still no answer: 'unknown', never 'allow'. */
export function asPolicyError(error: unknown, registry: string, signal: AbortSignal | undefined): PolicyError {
  signal?.throwIfAborted();
  if (error instanceof PolicyError) return error;
  return new PolicyError('malformed', `the policy of ${registry} cannot be read: ${messageOf(error)}`, { cause: error });
}
