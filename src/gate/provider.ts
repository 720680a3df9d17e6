import type { Digest } from '../foundation/model/brand.ts';
import type { BlockingPolicy, DecidingScanner, NearMiss, PolicyDecisionKind, PolicyVulnerability } from '../foundation/model/policy.ts';
import type { Problem } from '../foundation/model/problem.ts';
import type { RegistryReport } from '../foundation/model/push.ts';
import type { Platform } from '../foundation/model/image.ts';
import type { ImageReference } from '../registry/reference.ts';
import type { HttpClient } from '../foundation/io/http.ts';
import type { Cloud, CloudKey } from '../foundation/model/cloud-key.ts';
import type { Credential } from '../registry/credentials.ts';

/**
 * The contract of a policy provider: one kind of registry whose namespaces can refuse a pull, one provider a file.
 *
 * A provider does two things that are kept apart: it *reads* the policy of a registry namespace over the network, and it *decides* from that policy and a report what the registry would do.
 * Deciding is pure, so that it can be held against tables observed on real servers. What the registry's documents leave open is `unknown` with the reason; an error is never `allow`.
 *
 * To add one: a file in providers/ named after its id that exports `provider`, a test of the same name; `npm run gen` registers it.
 */
export interface PolicyProvider {
  /** 'harbor': equals the file name. */
  readonly id: string;
  readonly displayName: string;
  /** True when the registry at `registry` (host or host:port) is of this kind: told from the host's name, else by an unauthenticated probe. Never sends credentials. */
  recognises(registry: string, context: ProviderContext): Promise<boolean>;
  /** @throws {PolicyError} when the policy cannot be read; `message` says what is missing (a permission, the project, the network). */
  readPolicy(reference: ImageReference, context: ProviderContext): Promise<NamespacePolicy>;
  decide(policy: NamespacePolicy, image: GatedImage): ProviderDecision;
  /**
   * Returns what the registry's own scan found in an image that was pushed; `reference` has its digest. Absent where the registry tells no reports.
   * @throws {PolicyError} as readPolicy; a scan that is not done yet is no error but a status
   */
  readReport?(reference: ImageReference, context: ProviderContext): Promise<RegistryReport>;
}

export interface ProviderContext {
  readonly http: HttpClient;
  /** What the registry itself is signed in with. Asked at most once a check, and only after the registry was recognised. Undefined: anonymous. */
  credential(): Promise<Credential | undefined>;
  /** Keys of a cloud's own interface, which a registry's sign-in does not open. Asked only by the provider of that cloud, after it recognised the registry. Undefined: there are none. */
  cloudKey(cloud: Cloud): Promise<CloudKey | undefined>;
  /** Where a cloud's interface is to be asked instead of its public address ('tencent', 'alibaba' …): a private cloud's, or a proxy's. Undefined: at its own. */
  endpoint(cloud: Cloud): string | undefined;
  readonly now: Date;
  /** Of the image that is judged. What the registry says of another digest, whatever the reference names, says nothing of it. Undefined: not known, or none is judged. */
  readonly judged?: Digest;
  readonly signal?: AbortSignal;
}

export interface NamespacePolicy {
  readonly policy: BlockingPolicy;
  /** Entries that no longer count. */
  readonly expiredAllowlist: BlockingPolicy['allowlist'];
  /** What could not be read but does not forbid an answer. */
  readonly problems: readonly Problem[];
  /** Version of the registry, when it tells: semantics differ between versions. */
  readonly registryVersion?: string;
  /** True when a pushed image is scanned without anyone asking. Undefined when not known. */
  readonly scansOnPush?: boolean;
  /** Whose scan decides, when the registry tells. */
  readonly decidedBy?: DecidingScanner;
  /** Provider's own facts that `decide` needs, beyond the shared ones. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

export interface GatedImage {
  readonly platform: Platform;
  /** Vulnerabilities only: what registries' scanners look at. */
  readonly vulnerabilities: readonly PolicyVulnerability[];
  /** False when our own report is partial, or could not judge the image: then "nothing found" proves nothing. */
  readonly complete: boolean;
  /** What keeps it from being complete, and what to do about it: the rest of a sentence that says that nothing was found. Absent: the report's problems say so. */
  readonly gap?: string;
  /** Whose scan found the vulnerabilities: the registry's own, of this very image, where ours could not judge it. Absent: ours. */
  readonly scannedBy?: 'registry';
}

export interface ProviderDecision {
  readonly decision: PolicyDecisionKind;
  readonly reason: string;
  readonly blocking: readonly string[];
  readonly allowlisted: readonly string[];
  readonly problems: readonly Problem[];
  readonly nearMisses?: readonly NearMiss[];
  /** Ids near the threshold: another scanner may see them on its other side. */
  readonly nearThreshold?: readonly string[];
}

export type PolicyErrorCode =
  'unauthenticated' | 'forbidden' | 'not-found' | 'server-error' | 'malformed' | 'timeout' | 'network' | 'unsupported' | 'configuration';

export class PolicyError extends Error {
  override readonly name = 'PolicyError';
  readonly code: PolicyErrorCode;
  constructor(code: PolicyErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
