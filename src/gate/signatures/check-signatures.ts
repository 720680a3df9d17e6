import type { FoundSignature, SignatureCheck, SignatureValidity } from '../../foundation/model/signature.ts';
import type { StoredSignatures } from '../../registry/signatures/read-signatures.ts';
import type { StoredSignature } from '../../registry/signatures/stored-signature.ts';
import { verifyBundle } from './bundle-signature.ts';
import { verifyCosign } from './cosign-signature.ts';
import { verifyNotation } from './notation-signature.ts';
import { revokedOf, type SignedSubject, type TrustRule, type Verdict } from './trust.ts';

export interface CheckInput {
  /** In full. */
  readonly reference: string;
  readonly subject: SignedSubject;
  readonly stored: StoredSignatures;
  /** Undefined: nobody says whom to believe about this image. */
  readonly rule: TrustRule | undefined;
  readonly now: Date;
}

const NOBODY: TrustRule = { match: [], keys: [], identities: [], notation: [], revoked: [], problems: [] };
/** The best of several counts: whoever is trusted need not mind what others left beside. What could not be told may be better than what was found wanting. */
const BEST_FIRST = ['valid', 'unknown', 'untrusted', 'invalid'] as const;

/** Returns what signatures an image has, and whether one of them holds: two answers. */
export async function checkSignatures({ reference, subject, stored, rule, now }: CheckInput): Promise<SignatureCheck> {
  const found = await Promise.all(stored.signatures.map((signature) => judge(signature, subject, rule ?? NOBODY, now)));
  const present = found.flatMap((one) => (one.verdict === undefined ? [] : [toFound(one.signature, one.verdict)]));
  const attestations = found.length - present.length;
  const problems = [...stored.problems, ...(rule?.problems ?? [])];
  const best = present.toSorted((a, b) => BEST_FIRST.indexOf(a.validity) - BEST_FIRST.indexOf(b.validity))[0];
  const answer = { reference, subject, best, rule, attestations, isAllRead: stored.problems.length === 0 };
  const { valid, reason } = conclude(answer);
  const winner = valid === 'valid' ? best : undefined;
  return {
    schemaVersion: 1,
    reference,
    digest: subject.digest,
    present,
    valid,
    ...(winner?.by === undefined ? {} : { by: winner.by }),
    ...(winner?.signedAt === undefined ? {} : { signedAt: winner.signedAt }),
    reason,
    problems,
  };
}

interface Judged {
  readonly signature: StoredSignature;
  /** Undefined for an attestation. */
  readonly verdict: Verdict | undefined;
}

async function judge(signature: StoredSignature, subject: SignedSubject, rule: TrustRule, now: Date): Promise<Judged> {
  const verdict = await verifyStored(signature, subject, rule, now);
  const isRevoked = verdict?.validity === 'valid' && revokedOf(rule, [signature.manifest]) !== undefined;
  return { signature, verdict: isRevoked ? { ...verdict, validity: 'untrusted', reason: 'the signature itself is revoked' } : verdict };
}

async function verifyStored(signature: StoredSignature, subject: SignedSubject, rule: TrustRule, now: Date): Promise<Verdict | undefined> {
  const { kind, content, mediaType } = signature;
  if (content.bytes === undefined) return { validity: content.isBroken ? 'invalid' : 'unknown', reason: `it cannot be read: ${content.unread}` };
  switch (kind) {
    case 'cosign':
      return verifyCosign(signature, content.bytes, subject, rule, now);
    case 'sigstore-bundle':
      return verifyBundle(content.bytes, subject, rule, now);
    case 'notation':
      return verifyNotation(mediaType, content.bytes, subject, rule, now);
  }
}

function toFound({ kind, location }: StoredSignature, { validity, reason, claimedSigner, by, signedAt }: Verdict): FoundSignature {
  return {
    kind,
    location,
    ...(claimedSigner === undefined ? {} : { claimedSigner }),
    validity,
    reason,
    ...(by === undefined || validity !== 'valid' ? {} : { by }),
    ...(signedAt === undefined ? {} : { signedAt: signedAt.toISOString() }),
  };
}

interface Answer {
  readonly reference: string;
  readonly subject: SignedSubject;
  readonly best: FoundSignature | undefined;
  readonly rule: TrustRule | undefined;
  readonly attestations: number;
  readonly isAllRead: boolean;
}

function conclude({ reference, subject, best, rule, attestations, isAllRead }: Answer): {
  readonly valid: SignatureValidity;
  readonly reason: string;
} {
  if (rule !== undefined && revokedOf(rule, [subject.digest]) !== undefined)
    return { valid: 'untrusted', reason: 'The image itself is revoked: no signature makes up for that.' };
  if (best?.validity === 'valid' && rule?.mistake !== undefined) return { valid: 'unknown', reason: toSentence(rule.mistake) };
  if (best?.validity === 'valid') return { valid: 'valid', reason: toSentence(`its signature is valid: ${best.reason}`) };
  if (!isAllRead) return { valid: 'unknown', reason: 'No valid signature was found, but not everything could be looked at.' };
  if (best === undefined) {
    const aside = attestations === 0 ? '' : ` There are attestations (${attestations}), which say something about it and do not sign it.`;
    return { valid: 'absent', reason: `The image has no signature: sign it, for example with cosign sign.${aside}` };
  }
  if (best.validity === 'invalid') return { valid: 'invalid', reason: toSentence(`a signature is there, and is not valid: ${best.reason}`) };
  if (rule === undefined)
    return {
      valid: 'unknown',
      reason: `A signature is there, but nothing says whom to believe about ${reference}: name a key with --key, or a rule under trust in .plimsoll.yaml.`,
    };
  // Whom the part that cannot be read would have trusted is not known.
  if (best.validity === 'untrusted' && rule.problems.length === 0)
    return { valid: 'untrusted', reason: toSentence(`a signature is there, and is not trusted: ${best.reason}`) };
  const because = best.validity === 'unknown' ? best.reason : 'the rule that is about it cannot be read whole';
  return { valid: 'unknown', reason: toSentence(`a signature is there, and it could not be told whether it is valid: ${because}`) };
}

function toSentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
}
