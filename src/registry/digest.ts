import { createHash } from 'node:crypto';
import { isDigest, type Digest } from '../foundation/model/brand.ts';

export function algorithmOf(digest: Digest): 'sha256' | 'sha512' {
  return digest.startsWith('sha512:') ? 'sha512' : 'sha256';
}

/** Returns the digest of a blob's bytes. */
export function digestOf(bytes: Uint8Array, algorithm: 'sha256' | 'sha512' = 'sha256'): Digest {
  const text = `${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}`;
  if (!isDigest(text)) throw new Error('unreachable: a hash is a digest');
  return text;
}
