import { judgeByCertificate } from './judge-certificate.ts';
import { judgeByKeys, refuseKey } from './judge-key.ts';
import type { SignedContent } from './signed-content.ts';
import type { TrustRule, Verdict } from './trust.ts';

/** Returns who made a signature, and whether they are trusted: a trusted key first, then whoever its certificate names. */
export async function judgeSigner(content: SignedContent, rule: TrustRule, now: Date): Promise<Verdict> {
  const byKey = await judgeByKeys(content, rule, now);
  if (byKey !== undefined) return byKey;
  return content.certificate === undefined ? refuseKey(content, rule) : judgeByCertificate(content, content.certificate, rule, now);
}
