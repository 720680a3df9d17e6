import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';
import { MAX_PEM_BYTES } from '../../foundation/base/limits.ts';
import { isEd25519phSignature } from './ed25519ph.ts';

const MIN_RSA_BITS = 2048;
/** Hashes that signers use with a curve: the one of its size, and SHA-256, which cosign takes for all of them. */
const HASHES_OF_CURVE: Readonly<Record<string, readonly string[]>> = {
  prime256v1: ['sha256'],
  secp384r1: ['sha384', 'sha256'],
  secp521r1: ['sha512', 'sha256'],
};

/** Returns the public key that a PEM text is, or why it is none that can be used. */
export function parsePublicKey(pem: string): KeyObject | string {
  if (pem.length > MAX_PEM_BYTES) return `it is longer than ${MAX_PEM_BYTES} characters`;
  if (/-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----/.test(pem))
    return 'it is a private key: name the public one, and keep the private one where nobody else can read it';
  if (!/-----BEGIN (?:RSA )?PUBLIC KEY-----/.test(pem)) return 'it is no public key in PEM (-----BEGIN PUBLIC KEY-----)';
  if (pem.split('-----BEGIN ').length > 2) return 'it holds more than one key: name each of them for itself';
  try {
    const key = createPublicKey(pem);
    return whyUnusable(key) ?? key;
  } catch {
    return 'it is no public key that can be read';
  }
}

function whyUnusable(key: KeyObject): string | undefined {
  const { namedCurve = '', modulusLength = 0 } = key.asymmetricKeyDetails ?? {};
  switch (key.asymmetricKeyType) {
    case 'ed25519':
      return undefined;
    case 'ec':
      return Object.hasOwn(HASHES_OF_CURVE, namedCurve) ? undefined : `its curve ${namedCurve} is none of P-256, P-384 and P-521`;
    case 'rsa':
      return modulusLength >= MIN_RSA_BITS ? undefined : `its ${modulusLength} bits are fewer than ${MIN_RSA_BITS}`;
    default:
      return 'it is neither ECDSA nor RSA nor Ed25519';
  }
}

/** Returns 'sha256:…' of a public key: what `openssl pkey -pubin -outform DER | sha256sum` prints. */
export function fingerprintOf(key: KeyObject): string {
  return `sha256:${createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex')}`;
}

/** True when the key made the signature of the data, as cosign and sigstore sign: ECDSA in DER, RSA PKCS #1 v1.5 with SHA-256, Ed25519 of the data or of its hash. */
export function isSignedBy(key: KeyObject, data: Uint8Array, signature: Uint8Array): boolean {
  if (whyUnusable(key) !== undefined) return false;
  switch (key.asymmetricKeyType) {
    case 'ed25519':
      return holds(null, key, data, signature) || isEd25519phSignature(ed25519BytesOf(key), data, signature);
    case 'rsa':
      return holds('sha256', key, data, signature);
    default:
      return (HASHES_OF_CURVE[key.asymmetricKeyDetails?.namedCurve ?? ''] ?? []).some((hash) => holds(hash, key, data, signature));
  }
}

function holds(hash: string | null, key: KeyObject, data: Uint8Array, signature: Uint8Array): boolean {
  try {
    return verify(hash, data, key, signature);
  } catch {
    return false;
  }
}

/** The last of what surrounds it is the key itself. @see RFC 8410, section 4 */
function ed25519BytesOf(key: KeyObject): Uint8Array {
  return key.export({ type: 'spki', format: 'der' }).subarray(-32);
}
