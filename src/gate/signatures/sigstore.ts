/** The only door to the sigstore libraries: a bundle of its own in the product, loaded when a signature asks for it. */
import { createHash, type KeyObject } from 'node:crypto';
import { bundleFromJSON, type Bundle } from '@sigstore/bundle';
import { TrustedRoot } from '@sigstore/protobuf-specs';
import { PolicyError, toSignedEntity, toTrustMaterial, VerificationError, Verifier, type SignedEntity, type TrustMaterial } from '@sigstore/verify';
import { messageOf } from '../../foundation/base/result.ts';
import { toShowable } from '../../registry/json.ts';
import { isSignedBy } from './keys.ts';

export interface SigstoreBundle {
  readonly parsed: Bundle;
  readonly signature: Uint8Array;
  /** What was signed, when the bundle holds it. @see https://github.com/secure-systems-lab/dsse/blob/master/protocol.md */
  readonly envelope?: { readonly payloadType: string; readonly payload: Uint8Array; readonly signed: Uint8Array };
  /** Of what was signed, when the bundle does not hold it. */
  readonly messageDigest?: Uint8Array;
  /** DER; undefined when it was made with a key that the verifier must know. */
  readonly certificate?: Uint8Array;
  /** Which key, as the signer says: cosign writes the base64 of its SHA-256. */
  readonly keyHint?: string;
}

/** `log`: it is not what a log or a timestamp says. `trust`: it leads to nothing that the trust root names. `configuration`: the trust root is none. */
export type SigstoreErrorCode = 'malformed' | 'log' | 'trust' | 'configuration';

export class SigstoreError extends Error {
  override readonly name = 'SigstoreError';
  readonly code: SigstoreErrorCode;
  constructor(code: SigstoreErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

const TRUST_ROOT_TYPE = 'application/vnd.dev.sigstore.trustedroot';

/** Returns a bundle that was read as JSON. @throws {SigstoreError} 'malformed' */
export function toBundle(document: unknown): SigstoreBundle {
  try {
    const parsed = bundleFromJSON(document);
    const { signature } = toSignedEntity(parsed, Buffer.alloc(0)).signature;
    return { parsed, signature, ...contentOf(parsed), ...signerOf(parsed) };
  } catch (error) {
    throw new SigstoreError('malformed', toShowable(messageOf(error)), { cause: error });
  }
}

function contentOf({ content }: Bundle): Pick<SigstoreBundle, 'envelope' | 'messageDigest'> {
  if (content.$case === 'messageSignature') return { messageDigest: content.messageSignature.messageDigest.digest };
  const { payloadType, payload } = content.dsseEnvelope;
  const head = `DSSEv1 ${Buffer.byteLength(payloadType)} ${payloadType} ${payload.length} `;
  return { envelope: { payloadType, payload, signed: Buffer.concat([Buffer.from(head), payload]) } };
}

function signerOf({ verificationMaterial: { content } }: Bundle): Pick<SigstoreBundle, 'certificate' | 'keyHint'> {
  switch (content.$case) {
    case 'certificate':
      return { certificate: content.certificate.rawBytes };
    case 'x509CertificateChain': {
      const [leaf] = content.x509CertificateChain.certificates;
      return leaf === undefined ? {} : { certificate: leaf.rawBytes };
    }
    case 'publicKey':
      return { keyHint: content.publicKey.hint };
  }
}

/**
 * Returns the times at which logs and timestamp services of the trust root saw the signature. A bundle with a certificate must lead to the trust root, at such a time; one of a key need not have any.
 * `signed` is what was signed. Whoever the certificate is for, and what the signature is about, is the caller's to compare.
 * @throws {SigstoreError}
 */
export function verifyWithTrustRoot(
  { parsed, signature }: SigstoreBundle,
  signed: Uint8Array,
  trustRoot: string,
  publicKey?: KeyObject,
): readonly Date[] {
  const trust = toTrust(trustRoot, publicKey);
  const hasKey = publicKey !== undefined;
  const verifier = new Verifier(trust, {
    // What a private trust root has no log of cannot be in one.
    tlogThreshold: hasKey || trust.tlogs.length === 0 ? 0 : 1,
    ctlogThreshold: hasKey || trust.ctlogs.length === 0 ? 0 : 1,
    timestampThreshold: hasKey ? 0 : 1,
  });
  try {
    const entity = withOwnHashes(toSignedEntity(parsed, Buffer.from(signed)), signed, signature);
    verifier.verify(entity);
    return timesOf(entity);
  } catch (error) {
    throw toSigstoreError(error);
  }
}

/** A time counts only with a log's promise, as it does for the library. */
function timesOf({ timestamps }: SignedEntity): readonly Date[] {
  return timestamps.flatMap((stamp) => {
    if (stamp.$case === 'timestamp-authority') return [stamp.timestamp.signingTime];
    return stamp.tlogEntry.inclusionPromise === undefined ? [] : [new Date(Number(stamp.tlogEntry.integratedTime) * 1000)];
  });
}

/** The library takes SHA-256 for every key; signers take what fits the key's curve as well. */
function withOwnHashes(entity: SignedEntity, signed: Uint8Array, signature: Uint8Array): SignedEntity {
  const { signature: content } = entity;
  return {
    ...entity,
    signature: {
      signature: content.signature,
      compareSignature: (other) => content.compareSignature(other),
      // Newer logs keep the hash of what was signed, of an envelope too; the library compares that of its payload only.
      compareDigest: (digest) => content.compareDigest(digest) || createHash('sha256').update(signed).digest().equals(digest),
      verifySignature: (key) => isSignedBy(key, signed, signature),
    },
  };
}

function toTrust(text: string, publicKey: KeyObject | undefined): TrustMaterial {
  try {
    const root = TrustedRoot.fromJSON(JSON.parse(text));
    // The library takes anything for a root in which everything is left out.
    if (!root.mediaType.startsWith(TRUST_ROOT_TYPE)) throw new TypeError('it does not say that it is one');
    // Without a beginning the library takes a log's key for one of all times.
    if ([...root.tlogs, ...root.ctlogs].some(({ publicKey: of }) => of?.validFor?.start === undefined))
      throw new TypeError('it does not say from when on a log has its key');
    return toTrustMaterial(root, () => {
      if (publicKey === undefined) throw new SigstoreError('trust', 'it names a key instead of a certificate');
      return { publicKey, validFor: () => true };
    });
  } catch (error) {
    throw new SigstoreError('configuration', `the trust root cannot be read: ${messageOf(error)}`, { cause: error });
  }
}

function toSigstoreError(error: unknown): SigstoreError {
  if (error instanceof SigstoreError) return error;
  // The library repeats what it read.
  const message = toShowable(messageOf(error));
  if (error instanceof VerificationError) {
    const isOfLog = error.code === 'TLOG_BODY_ERROR' || error.code === 'SIGNATURE_ERROR';
    return new SigstoreError(isOfLog ? 'log' : 'trust', message, { cause: error });
  }
  return new SigstoreError(error instanceof PolicyError ? 'trust' : 'malformed', message, { cause: error });
}
