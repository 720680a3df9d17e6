import type { KeyObject } from 'node:crypto';
import type { Digest } from '../../foundation/model/brand.ts';
import type { Problem } from '../../foundation/model/problem.ts';
import type { ImageReference } from '../../registry/reference.ts';
import type { Certificate } from './certificate.ts';

/** When somebody is trusted: YYYY-MM-DD, first and last day, both counted whole, in UTC. */
export interface TrustWindow {
  readonly notBefore?: string;
  readonly notAfter?: string;
}

export interface TrustedKey extends TrustWindow {
  readonly name: string;
  readonly publicKey: KeyObject;
  /** Text of a trusted_root.json, by whose logs and timestamps it is told when a signature was made. */
  readonly trustRoot?: string;
}

/** Somebody who signs with a certificate for the moment. */
export interface TrustedIdentity extends TrustWindow {
  readonly issuer: string;
  /** See isIdentityIn. */
  readonly subject: string;
  /** Text of a trusted_root.json. */
  readonly trustRoot: string;
}

/** A certificate that those of Notation's signers must lead to. */
export interface TrustedCertificate extends TrustWindow {
  readonly name: string;
  /** Each of them will do. */
  readonly certificates: readonly Certificate[];
  /** What the signer's own subject must hold, as in Notation's x509.subject: 'C=DE, O=Acme'. */
  readonly subject?: string;
}

/** What must be signed: the base images that come from there, the images that are pushed there, or both. */
export type RequiredFor = 'base' | 'push' | 'both';

/** Whom to believe about the images of some places. */
export interface TrustRule {
  /** A registry, a part of one, or `*.example.com`; `*` for all of them. */
  readonly match: readonly string[];
  readonly requireFor?: RequiredFor;
  readonly keys: readonly TrustedKey[];
  readonly identities: readonly TrustedIdentity[];
  readonly notation: readonly TrustedCertificate[];
  /** 'sha256:…' of keys, certificates, images and the manifests of signatures; 'serial:…' of certificates. */
  readonly revoked: readonly string[];
  /** What of the rule could not be read: whom it would have trusted is not known. */
  readonly problems: readonly Problem[];
  /** Something is wrong where the rules were written: by none of them anything is valid. */
  readonly mistake?: string;
}

/** What a signature must be for. */
export interface SignedSubject {
  readonly digest: Digest;
  readonly mediaType: string;
  /** The manifest itself. */
  readonly bytes: Uint8Array;
}

/** What came out of one signature. */
export interface Verdict {
  readonly validity: 'valid' | 'invalid' | 'untrusted' | 'unknown';
  readonly reason: string;
  readonly claimedSigner?: string;
  readonly by?: string;
  readonly signedAt?: Date;
}

/** Returns the first rule for an image's place; undefined when there is none. */
export function ruleFor<T extends Pick<TrustRule, 'match'>>(rules: readonly T[], image: ImageReference): T | undefined {
  return rules.find(({ match }) => match.some((entry) => isInPlace(entry, image)));
}

/** True for an image that lies where an entry says, written as in `trustedRegistries`. */
function isInPlace(entry: string, { registry, repository }: ImageReference): boolean {
  const plain = entry
    .trim()
    .toLowerCase()
    .replace(/\/{1,9}\*{0,2}$/, '');
  const slash = plain.indexOf('/');
  const first = slash < 0 ? plain : plain.slice(0, slash);
  const isHost = first === '*' || first === 'localhost' || /[.:]/.test(first);
  const host = !isHost || first === 'index.docker.io' ? 'docker.io' : first;
  const path = isHost ? (slash < 0 ? '' : plain.slice(slash + 1)) : plain;
  const own = registry.toLowerCase();
  const isSame = host === '*' || host === own || (host.startsWith('*.') && own.replace(/:\d{1,5}$/, '').endsWith(host.slice(1)));
  return isSame && (path === '' || repository === path || repository.startsWith(`${path}/`));
}

/** Returns the first of the names that the rule says is revoked. */
export function revokedOf({ revoked }: Pick<TrustRule, 'revoked'>, names: readonly string[]): string | undefined {
  return names.find((name) => revoked.includes(name));
}

/**
 * Returns why somebody is not trusted for a signature that was made at `times`; undefined when they are. Without a time that others vouch for, who holds a key could have signed at any time and said any other:
 * then the window must be open now.
 */
export function whyOutside({ notBefore, notAfter }: TrustWindow, times: readonly Date[], now: Date, who: string): string | undefined {
  const early = (time: Date): boolean => notBefore !== undefined && toDay(time) < notBefore;
  const late = (time: Date): boolean => notAfter !== undefined && toDay(time) > notAfter;
  const outside = (times.length === 0 ? [now] : times).find((time) => early(time) || late(time));
  if (outside === undefined) return undefined;
  const bound = early(outside) ? `counts from ${notBefore ?? ''} on` : `counted until ${notAfter ?? ''}`;
  return times.length === 0
    ? `${who} ${bound}, and nothing that others vouch for says when the signature was made`
    : `the signature was made on ${toDay(outside)}, and ${who} ${bound}`;
}

function toDay(time: Date): string {
  return time.toISOString().slice(0, 10);
}
