import { createHash } from 'node:crypto';
import { MAX_PEM_BYTES } from '../../foundation/base/limits.ts';
import { memberOf, parseJson, textOf } from '../../registry/json.ts';
import type { StoredSignature } from '../../registry/signatures/stored-signature.ts';
import { parseCertificates } from './certificate.ts';
import { judgeSigner } from './judge-signer.ts';
import { whyOtherType } from './signed-content.ts';
import type { SigstoreBundle } from './sigstore.ts';
import type { SignedSubject, TrustRule, Verdict } from './trust.ts';

const PAYLOAD_TYPE = 'application/vnd.dev.cosign.simplesigning.v1+json';
const SIGNATURE_TYPES = ['cosign container image signature', 'https://sigstore.dev/cosign/sign/v1'];
const ANNOTATIONS = {
  signature: 'dev.cosignproject.cosign/signature',
  certificate: 'dev.sigstore.cosign/certificate',
  log: 'dev.sigstore.cosign/bundle',
  timestamp: 'dev.sigstore.cosign/rfc3161timestamp',
} as const;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** Returns the verdict on a signature as cosign kept them before bundles: a layer with what was signed, the signature in its annotations. @see https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md */
export async function verifyCosign(
  { mediaType, annotations }: StoredSignature,
  payload: Uint8Array,
  subject: SignedSubject,
  rule: TrustRule,
  now: Date,
): Promise<Verdict> {
  const wrong = mediaType === PAYLOAD_TYPE ? whyOther(payload, subject) : whyOtherType(mediaType);
  if (wrong !== undefined) return invalid(wrong);
  const text = annotations[ANNOTATIONS.signature] ?? '';
  if (!BASE64.test(text) || text.length > MAX_PEM_BYTES) return invalid('there is no signature with it');
  const pem = annotations[ANNOTATIONS.certificate] ?? '';
  const [certificate] = pem === '' ? [] : (parseCertificates(pem) ?? []);
  if (pem !== '' && certificate === undefined) return invalid('its certificate is none that can be read');
  const der = certificate?.x509.raw;
  return judgeSigner(
    {
      signed: payload,
      signature: Buffer.from(text, 'base64'),
      ...(der === undefined ? {} : { certificate: der }),
      bundle: () => toBundle(annotations, payload, text, der),
    },
    rule,
    now,
  );
}

/** Undefined when the payload is about the subject. @see https://github.com/containers/image/blob/main/docs/containers-signature.5.md#json-data-format */
function whyOther(payload: Uint8Array, { digest }: SignedSubject): string | undefined {
  const critical = memberOf(parseJson(payload), 'critical');
  const named = textOf(memberOf(critical, 'image'), 'docker-manifest-digest');
  if (named === undefined) return 'what was signed names no image';
  if (!SIGNATURE_TYPES.includes(textOf(critical, 'type') ?? '')) return 'what was signed is no signature of cosign';
  return named === digest ? undefined : 'it was made for another image';
}

/** What the log and the timestamp service say lies in annotations of its own; in a bundle, who judges them can read it. */
async function toBundle(
  annotations: StoredSignature['annotations'],
  payload: Uint8Array,
  signature: string,
  certificate: Uint8Array | undefined,
): Promise<SigstoreBundle> {
  const sigstore = await import('./sigstore.ts');
  const timestamp = textOf(parseJson(annotations[ANNOTATIONS.timestamp] ?? ''), 'SignedRFC3161Timestamp');
  const rawBytes = certificate === undefined ? undefined : Buffer.from(certificate).toString('base64');
  return sigstore.toBundle({
    mediaType: 'application/vnd.dev.sigstore.bundle+json;version=0.1',
    verificationMaterial: {
      ...(rawBytes === undefined ? { publicKey: { hint: '' } } : { x509CertificateChain: { certificates: [{ rawBytes }] } }),
      tlogEntries: logEntriesOf(annotations[ANNOTATIONS.log] ?? ''),
      timestampVerificationData: { rfc3161Timestamps: timestamp === undefined ? [] : [{ signedTimestamp: timestamp }] },
    },
    messageSignature: { messageDigest: { algorithm: 'SHA2_256', digest: createHash('sha256').update(payload).digest('base64') }, signature },
  });
}

/** @see https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md, bundle */
function logEntriesOf(annotation: string): readonly unknown[] {
  if (annotation === '') return [];
  const entry = parseJson(annotation);
  const payload = memberOf(entry, 'Payload');
  const body = textOf(payload, 'body') ?? '';
  const document = parseJson(Buffer.from(body, 'base64'));
  return [
    {
      logIndex: String(memberOf(payload, 'logIndex')),
      logId: { keyId: Buffer.from(textOf(payload, 'logID') ?? '', 'hex').toString('base64') },
      kindVersion: { kind: textOf(document, 'kind') ?? '', version: textOf(document, 'apiVersion') ?? '' },
      integratedTime: String(memberOf(payload, 'integratedTime')),
      inclusionPromise: { signedEntryTimestamp: textOf(entry, 'SignedEntryTimestamp') ?? '' },
      canonicalizedBody: body,
    },
  ];
}

function invalid(reason: string): Verdict {
  return { validity: 'invalid', reason };
}
