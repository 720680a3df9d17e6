import type { KeyObject } from 'node:crypto';
import { toShowable } from '../../registry/json.ts';
import type { SigstoreBundle, SigstoreError } from './sigstore.ts';
import type { Verdict } from './trust.ts';

/** Something that was signed as sigstore signs, wherever it lay. What it is about was compared already. */
export interface SignedContent {
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
  /** DER of who says that they made it. */
  readonly certificate?: Uint8Array;
  /** Which key made it, as it says itself: base64 or hex of the key's SHA-256. */
  readonly keyHint?: string;
  /** With what logs and timestamp services say of it. Read only where somebody is asked about that. @throws {SigstoreError} */
  readonly bundle: () => Promise<SigstoreBundle>;
}

/** When a signature was made, as far as others vouch for it; or why that cannot be told. */
export type ProvenTimes =
  { readonly times: readonly Date[]; readonly verdict?: undefined } | { readonly verdict: Verdict; readonly times?: undefined };

/** Returns what the logs and timestamp services of a trust root say of a signature. A key's signature need not be known to any of them. */
export async function proveTimes(content: SignedContent, trustRoot: string, publicKey?: KeyObject): Promise<ProvenTimes> {
  const sigstore = await import('./sigstore.ts');
  try {
    return { times: sigstore.verifyWithTrustRoot(await content.bundle(), content.signed, trustRoot, publicKey) };
  } catch (error) {
    if (!(error instanceof sigstore.SigstoreError)) throw error;
    return error.code === 'trust' && publicKey !== undefined ? { times: [] } : { verdict: toVerdict(error) };
  }
}

function toVerdict({ code, message }: SigstoreError): Verdict {
  switch (code) {
    case 'malformed':
      return { validity: 'invalid', reason: `what it says of logs and timestamps cannot be read: ${message}` };
    case 'log':
      return { validity: 'invalid', reason: `the log has another signature than this: ${message}` };
    case 'trust':
      return { validity: 'untrusted', reason: `it does not lead to the trust root: ${message}` };
    case 'configuration':
      return { validity: 'unknown', reason: message };
  }
}

/** Returns why content of another type than a signature's is none. */
export function whyOtherType(mediaType: string): string {
  return mediaType === '' ? 'its content has no type' : `its content is of the type ${toShowable(mediaType)}, which is no signature's`;
}

/** Returns the first of the times, as a verdict tells it. */
export function signedAtOf(times: readonly Date[]): Pick<Verdict, 'signedAt'> {
  const [first] = times.toSorted((a, b) => a.getTime() - b.getTime());
  return first === undefined ? {} : { signedAt: first };
}
