import { toShowable } from '../../registry/json.ts';
import { subjectOf, type Certificate } from './certificate.ts';
import { revocationNames } from './judge-certificate.ts';
import { whyNoChain } from './notation-chain.ts';
import { readEnvelope, type NotationEnvelope, type NotationHeader } from './notation-envelope.ts';
import { whyOtherType } from './signed-content.ts';
import { revokedOf, whyOutside, type SignedSubject, type TrustedCertificate, type TrustRule, type Verdict } from './trust.ts';
import { parseSubject } from './written-names.ts';

const JWS = 'application/jose+json';
const COSE = 'application/cose';

/**
 * Returns the verdict on a signature of Notation, as its trust policy 'strict' has it, as far as that goes without a network: integrity, authenticity and expiry are enforced, every certificate must be valid
 * now. Whether an authority has revoked one since is not asked, and a timestamp beside the signature is not read.
 * @see https://github.com/notaryproject/specifications/blob/main/specs/trust-store-trust-policy.md
 */
export function verifyNotation(mediaType: string, bytes: Uint8Array, subject: SignedSubject, rule: TrustRule, now: Date): Verdict {
  if (mediaType === COSE)
    return {
      validity: 'unknown',
      reason: 'it is a COSE envelope, which Plimsoll does not verify: ask notation verify, or sign with --signature-format jws',
    };
  if (mediaType !== JWS) return { validity: 'invalid', reason: whyOtherType(mediaType) };
  const envelope = readEnvelope(bytes);
  if (typeof envelope === 'string') return { validity: 'invalid', reason: envelope };
  const claimedSigner = toShowable(subjectOf(envelope.chain[0]));
  return { ...judge(envelope, subject, rule, now), claimedSigner };
}

function judge({ chain, header, target }: NotationEnvelope, subject: SignedSubject, rule: TrustRule, now: Date): Verdict {
  if (target.digest !== subject.digest) return { validity: 'invalid', reason: 'it was made for another image' };
  if (target.sizeBytes !== subject.bytes.length || target.mediaType !== subject.mediaType)
    return { validity: 'invalid', reason: 'the size or type that it names is not that of the image' };
  const open = whyUnclear(header);
  if (open !== undefined) return { validity: 'unknown', reason: open };
  const anchors = rule.notation.filter((trusted) => leadsTo(chain, trusted));
  // One that is there twice, with two windows, is trusted in both.
  const anchor = anchors.find((trusted) => whyOutside(trusted, [], now, trusted.name) === undefined) ?? anchors[0];
  const why = whyNoChain(chain, now) ?? whyUntrusted(chain, header, anchor, rule, now);
  if (why !== undefined || anchor === undefined) return { validity: 'untrusted', reason: why ?? '' };
  return { validity: 'valid', reason: `its certificate leads to ${anchor.name}`, by: toShowable(subjectOf(chain[0])) };
}

function whyUnclear({ plugin, unknown }: NotationHeader): string | undefined {
  if (plugin !== undefined) return `it asks for the plugin ${toShowable(plugin)}, which Plimsoll does not run: ask notation verify`;
  return unknown.length === 0 ? undefined : `it asks for something that Plimsoll does not know: ${toShowable(unknown.join(', '))}`;
}

function whyUntrusted(
  chain: readonly Certificate[],
  { scheme, expiry }: NotationHeader,
  anchor: TrustedCertificate | undefined,
  rule: TrustRule,
  now: Date,
): string | undefined {
  if (anchor === undefined)
    return rule.notation.length === 0 ? 'no certificate of Notation is trusted here' : 'it leads to none of the trusted certificates';
  // Of the other scheme the signing authority is believed about the time, which an authority for certificates is not.
  if (scheme !== 'notary.x509') return `it was made by the scheme ${toShowable(scheme)}; only notary.x509 is trusted`;
  if (expiry !== undefined && now >= expiry) return `it expired on ${expiry.toISOString().slice(0, 10)}, as its signer wanted`;
  if (chain.some((certificate) => revokedOf(rule, revocationNames(certificate)) !== undefined)) return 'a certificate of its chain is revoked';
  return whyOutside(anchor, [], now, anchor.name);
}

function leadsTo(chain: readonly Certificate[], { certificates, subject }: TrustedCertificate): boolean {
  const isAnchored = chain.some(({ fingerprint }) => certificates.some((trusted) => trusted.fingerprint === fingerprint));
  return isAnchored && (subject === undefined || holdsSubject(chain[0], subject));
}

/** Every part that is asked for must be there; others may be beside. */
function holdsSubject(signer: Certificate | undefined, wanted: string): boolean {
  const parts = parseSubject(wanted);
  return parts !== undefined && parts.every(({ type, value }) => signer?.subject.some((own) => own.type === type && own.value === value) === true);
}
