import { createHash } from 'node:crypto';
import { messageOf } from '../../foundation/base/result.ts';
import { parseJson } from '../../registry/json.ts';
import { judgeSigner } from './judge-signer.ts';
import type { SigstoreBundle } from './sigstore.ts';
import { isAbout, parseStatement } from './statement.ts';
import type { SignedSubject, TrustRule, Verdict } from './trust.ts';

/** What cosign's signatures say of an image. Whatever else is said of one, under the same type of referrer, is an attestation. */
const SIGNATURE_PREDICATE = 'https://sigstore.dev/cosign/sign/v1';
const IN_TOTO = 'application/vnd.in-toto+json';
const HASH_OF_LENGTH: Readonly<Record<number, string>> = { 32: 'sha256', 48: 'sha384', 64: 'sha512' };

/** Returns the verdict on a sigstore bundle; undefined for an attestation, which says something of the image but does not sign it. @see https://github.com/sigstore/cosign/blob/main/specs/BUNDLE_SPEC.md */
export async function verifyBundle(bytes: Uint8Array, subject: SignedSubject, rule: TrustRule, now: Date): Promise<Verdict | undefined> {
  const document = parseJson(bytes);
  if (document === undefined) return invalid('it is no JSON that can be read');
  const sigstore = await import('./sigstore.ts');
  let bundle: SigstoreBundle;
  try {
    bundle = sigstore.toBundle(document);
  } catch (error) {
    return invalid(`it is no sigstore bundle that can be read: ${messageOf(error)}`);
  }
  const wrong = whyOther(bundle, subject);
  if (wrong !== undefined) return wrong === 'attestation' ? undefined : invalid(wrong);
  const { certificate, keyHint, signature, envelope } = bundle;
  const content = {
    signed: envelope?.signed ?? subject.bytes,
    signature,
    ...(certificate === undefined ? {} : { certificate }),
    ...(keyHint === undefined ? {} : { keyHint }),
    bundle: () => Promise.resolve(bundle),
  };
  return judgeSigner(content, rule, now);
}

/** Why a bundle does not sign the subject: an attestation, or in words; undefined when it does. */
function whyOther({ envelope, messageDigest }: SigstoreBundle, subject: SignedSubject): string | undefined {
  if (envelope === undefined) {
    const hash = HASH_OF_LENGTH[messageDigest?.length ?? 0];
    const isOwn =
      hash !== undefined &&
      createHash(hash)
        .update(subject.bytes)
        .digest()
        .equals(messageDigest ?? new Uint8Array());
    return isOwn ? undefined : 'it was made for something else than this image';
  }
  const statement = envelope.payloadType === IN_TOTO ? parseStatement(envelope.payload) : undefined;
  if (statement === undefined) return 'what it signs is no in-toto statement';
  if (statement.predicateType !== SIGNATURE_PREDICATE) return 'attestation';
  return isAbout(statement, subject.digest) ? undefined : 'it was made for another image';
}

function invalid(reason: string): Verdict {
  return { validity: 'invalid', reason };
}
