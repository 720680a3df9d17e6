import { fingerprintOf, isSignedBy } from './keys.ts';
import { proveTimes, signedAtOf, type SignedContent } from './signed-content.ts';
import { revokedOf, whyOutside, type TrustedKey, type TrustRule, type Verdict } from './trust.ts';

/** Returns the verdict on a signature that one of the trusted keys made; undefined when none did. A key that is there twice, with two windows, is trusted in both. */
export async function judgeByKeys(content: SignedContent, rule: TrustRule, now: Date): Promise<Verdict | undefined> {
  let first: Verdict | undefined;
  for (const key of rule.keys.filter(({ publicKey }) => isSignedBy(publicKey, content.signed, content.signature))) {
    const verdict = await judgeByKey(content, key, rule, now);
    if (verdict.validity === 'valid') return verdict;
    first ??= verdict;
  }
  return first;
}

async function judgeByKey(content: SignedContent, key: TrustedKey, rule: TrustRule, now: Date): Promise<Verdict> {
  const who = `the key ${key.name}`;
  if (revokedOf(rule, [fingerprintOf(key.publicKey)]) !== undefined) return { validity: 'untrusted', reason: `${who}, which made it, is revoked` };
  const { times, verdict } = key.trustRoot === undefined ? { times: [] } : await proveTimes(content, key.trustRoot, key.publicKey);
  if (times === undefined) return verdict;
  const outside = whyOutside(key, times, now, who);
  if (outside !== undefined) return { validity: 'untrusted', reason: outside };
  return { validity: 'valid', reason: `made with ${who}`, by: key.name, ...signedAtOf(times) };
}

/** Returns the verdict on a signature that none of the trusted keys made, and that names nobody. */
export function refuseKey({ keyHint = '' }: SignedContent, { keys }: TrustRule): Verdict {
  const claimed = keys.find(({ publicKey }) => isHintOf(keyHint, fingerprintOf(publicKey)));
  if (claimed !== undefined)
    return { validity: 'invalid', reason: `it says that the key ${claimed.name} made it, which did not sign this`, claimedSigner: claimed.name };
  const reason =
    keys.length === 0 ? 'it was made with a key, and no key is trusted here' : 'none of the trusted keys made it, or it was changed since';
  return { validity: 'untrusted', reason };
}

/** Cosign writes base64, others hex. */
function isHintOf(hint: string, fingerprint: string): boolean {
  const hex = fingerprint.slice('sha256:'.length);
  return hint === hex || hint === fingerprint || hint === Buffer.from(hex, 'hex').toString('base64');
}
