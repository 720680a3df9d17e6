import type { Digest } from '../../foundation/model/brand.ts';
import type { SignatureKind } from '../../foundation/model/signature.ts';

/** A signature as its registry keeps it. Nothing of it is proven. */
export interface StoredSignature {
  readonly kind: SignatureKind;
  /** For people: 'tag sha256-….sig, layer 1', 'referrer sha256:…'. */
  readonly location: string;
  /** Of the manifest that holds it. */
  readonly manifest: Digest;
  /** Of its content. */
  readonly mediaType: string;
  /** Of the layer that holds its content. */
  readonly annotations: Readonly<Record<string, string>>;
  readonly content: StoredContent;
}

export type StoredContent =
  | { readonly bytes: Uint8Array; readonly unread?: undefined }
  /** `isBroken`: what is there is no signature. Otherwise it may be one, and could not be fetched. */
  | { readonly bytes?: undefined; readonly unread: string; readonly isBroken: boolean };
