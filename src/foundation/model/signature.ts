import type { Digest } from './brand.ts';
import type { Problem } from './problem.ts';

/** `cosign`: a layer of the tag `sha256-….sig`. `sigstore-bundle` and `notation`: something that refers to the image. */
export type SignatureKind = 'cosign' | 'sigstore-bundle' | 'notation';

/**
 * `valid`: made for this image by somebody who is trusted. `invalid`: it does not hold, whoever is trusted. `untrusted`: by nobody who is trusted, or not while they were. `absent`: there is none.
 * `unknown`: it could not be told; never to be taken for `valid`.
 */
export type SignatureValidity = 'valid' | 'invalid' | 'untrusted' | 'absent' | 'unknown';

/** A signature that is there. That it is there says nothing of whether it holds. */
export interface FoundSignature {
  readonly kind: SignatureKind;
  /** Where in the registry: 'tag sha256-….sig, layer 1', 'referrer sha256:…'. */
  readonly location: string;
  /** Who made it, as it says itself: nothing of that is proven. Absent where it does not say. */
  readonly claimedSigner?: string;
  readonly validity: Exclude<SignatureValidity, 'absent'>;
  /** One sentence: why. */
  readonly reason: string;
  /** Of a valid one: the key's name, the identity and its issuer, or the certificate's subject. */
  readonly by?: string;
  /** ISO 8601, where somebody other than the signer vouches for it. */
  readonly signedAt?: string;
}

/** What `plimsoll verify` prints. `present` and `valid` are two answers. */
export interface SignatureCheck {
  readonly schemaVersion: 1;
  /** In full: registry, repository, tag or digest. */
  readonly reference: string;
  /** What the reference stands for now; absent when that could not be told. */
  readonly digest?: Digest;
  /** Everything that was found, valid or not. */
  readonly present: readonly FoundSignature[];
  /** The best of what was found. */
  readonly valid: SignatureValidity;
  /** Who made the valid one. */
  readonly by?: string;
  readonly signedAt?: string;
  /** One or two sentences: why, and what to do. */
  readonly reason: string;
  /** What could not be read or was not looked at. */
  readonly problems: readonly Problem[];
}
