import { toShowable } from '../../registry/json.ts';
import { extendedKeyUsageOf, identitiesOf, issuerOf, parseCertificate, type Certificate } from './certificate.ts';
import { isIdentityIn } from './identity-pattern.ts';
import { fingerprintOf, isSignedBy } from './keys.ts';
import { proveTimes, signedAtOf, type SignedContent } from './signed-content.ts';
import { revokedOf, whyOutside, type TrustedIdentity, type TrustRule, type Verdict } from './trust.ts';

const CODE_SIGNING = '1.3.6.1.5.5.7.3.3';

/** Returns the verdict on a signature that was made with a certificate for the moment, as Fulcio gives them to whoever proves an identity. */
export async function judgeByCertificate(content: SignedContent, der: Uint8Array, rule: TrustRule, now: Date): Promise<Verdict> {
  const certificate = parseCertificate(der);
  if (certificate === undefined) return { validity: 'invalid', reason: 'its certificate is none that can be read' };
  const claimedSigner = describe(certificate);
  if (!isSignedBy(certificate.publicKey, content.signed, content.signature))
    return { validity: 'invalid', reason: 'the key of its certificate did not sign this', claimedSigner };
  const why = whyRefused(certificate, rule);
  if (why !== undefined) return { validity: 'untrusted', reason: why, claimedSigner };
  let first: Verdict | undefined;
  for (const identity of trustedIdentities(certificate, rule)) {
    const verdict = await judgeByIdentity(content, identity, now);
    if (verdict.validity === 'valid') return { ...verdict, by: claimedSigner, claimedSigner };
    first ??= { ...verdict, claimedSigner };
  }
  return first ?? { validity: 'untrusted', reason: 'its signer is none of the trusted identities', claimedSigner };
}

/** Returns every name that a certificate may be revoked by. */
export function revocationNames(certificate: Certificate): readonly string[] {
  return [certificate.fingerprint, `serial:${certificate.serial}`, fingerprintOf(certificate.publicKey)];
}

async function judgeByIdentity(content: SignedContent, identity: TrustedIdentity, now: Date): Promise<Verdict> {
  const { times, verdict } = await proveTimes(content, identity.trustRoot);
  if (times === undefined) return verdict;
  const outside = whyOutside(identity, times, now, 'its signer');
  if (outside !== undefined) return { validity: 'untrusted', reason: outside };
  return { validity: 'valid', reason: `made by somebody for whom ${identity.issuer} vouches as ${identity.subject}`, ...signedAtOf(times) };
}

function whyRefused(certificate: Certificate, rule: TrustRule): string | undefined {
  if (revokedOf(rule, revocationNames(certificate)) !== undefined) return 'its certificate is revoked';
  // Authorities name one. With several, another than the trusted one may have asked for the certificate.
  if (identitiesOf(certificate).length !== 1) return 'its certificate does not name exactly one identity';
  if (!(extendedKeyUsageOf(certificate) ?? []).includes(CODE_SIGNING)) return 'its certificate is not one for signing code';
  return undefined;
}

function trustedIdentities(certificate: Certificate, rule: TrustRule): readonly TrustedIdentity[] {
  const [identity = ''] = identitiesOf(certificate);
  const issuer = issuerOf(certificate);
  return rule.identities.filter((trusted) => trusted.issuer === issuer && isIdentityIn(trusted.subject, identity));
}

function describe(certificate: Certificate): string {
  const identities = identitiesOf(certificate);
  return toShowable(`${identities.length === 0 ? 'nobody' : identities.join(', ')} (${issuerOf(certificate) ?? 'no issuer'})`);
}
