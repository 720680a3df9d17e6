import { createHttpClient } from '../foundation/io/http-client.ts';
import type { StreamingHttpClient } from '../foundation/io/http.ts';
import type { Problem } from '../foundation/model/problem.ts';
import type { SignatureCheck } from '../foundation/model/signature.ts';
import { checkSignatures } from '../gate/signatures/check-signatures.ts';
import { ruleFor, type SignedSubject, type TrustRule } from '../gate/signatures/trust.ts';
import { RegistryClient } from '../registry/client.ts';
import { CredentialError, findCredential, type Credential } from '../registry/credentials.ts';
import { RegistryError, type RegistryErrorCode } from '../registry/error.ts';
import { formatReference, parseReference, withDefaultTag, type ImageReference } from '../registry/reference.ts';
import { createSignatureStore } from '../registry/signatures/signature-store.ts';
import { readSignatures } from '../registry/signatures/read-signatures.ts';

export { loadTrust, ruleOfKey } from './configuration-trust-files.ts';

export interface VerifyHooks {
  readonly signal?: AbortSignal;
  readonly now?: Date;
  readonly http?: StreamingHttpClient;
  readonly credentialFor?: (registry: string, repository: string) => Promise<Credential | undefined>;
}

/** True for what names an image in a registry. */
export function isImageReference(text: string): boolean {
  return parseReference(text) !== undefined;
}

/**
 * Returns which signatures the image that `reference` names has in its registry, and whether one of them is valid by the first rule that is about it. Nothing but that registry is asked. A registry that cannot
 * be asked is the answer 'unknown', with the reason; only a cancellation is thrown.
 */
export async function verifySignatures(reference: string, rules: readonly TrustRule[], hooks: VerifyHooks = {}): Promise<SignatureCheck> {
  const parsed = parseReference(reference);
  if (parsed === undefined)
    return unread(reference, `${JSON.stringify(reference.slice(0, 200))} is not the name of an image: write it as REGISTRY/REPOSITORY:TAG.`, {
      code: 'malformed',
      message: 'the reference is not the name of an image',
    });
  const image = withDefaultTag(parsed);
  const shown = formatReference(image);
  const client = toClient(image, hooks);
  try {
    const subject: SignedSubject = await client.getManifest(image);
    const stored = await readSignatures(createSignatureStore(client, image.repository), subject.digest);
    return await checkSignatures({ reference: shown, subject, stored, rule: ruleFor(rules, image), now: hooks.now ?? new Date() });
  } catch (error) {
    hooks.signal?.throwIfAborted();
    if (error instanceof RegistryError) return unread(shown, toReason(shown, error), { code: PROBLEM_OF[error.code], message: error.message });
    if (error instanceof CredentialError)
      return unread(shown, `${shown} cannot be read: ${error.message}.`, { code: 'permission', message: error.message });
    throw error;
  }
}

function toClient({ registry, repository }: ImageReference, { signal, http = createHttpClient(), credentialFor }: VerifyHooks): RegistryClient {
  const find = credentialFor ?? ((host: string, name: string) => findCredential(host, undefined, name));
  return new RegistryClient({ registry, http, credential: () => find(registry, repository), ...(signal === undefined ? {} : { signal }) });
}

function unread(reference: string, reason: string, problem: Problem): SignatureCheck {
  return { schemaVersion: 1, reference, present: [], valid: 'unknown', reason, problems: [problem] };
}

const PROBLEM_OF: Readonly<Record<RegistryErrorCode, Problem['code']>> = {
  unauthenticated: 'permission',
  forbidden: 'permission',
  blocked: 'permission',
  'not-found': 'other',
  'rate-limited': 'network',
  'server-error': 'network',
  malformed: 'malformed',
  'digest-mismatch': 'digest-mismatch',
  'too-large': 'limit-exceeded',
  timeout: 'network',
  tls: 'network',
  network: 'network',
  aborted: 'other',
};

function toReason(reference: string, { code, message }: RegistryError): string {
  switch (code) {
    case 'not-found':
      return `There is no ${reference} in its registry: a signature can be looked for once it is there.`;
    case 'unauthenticated':
    case 'forbidden':
      return `${reference} cannot be read: ${message}. Sign in with docker login.`;
    default:
      return `${reference} cannot be read: ${message}.`;
  }
}
