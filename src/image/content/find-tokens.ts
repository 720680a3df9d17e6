import { crc32 } from 'node:zlib';
import { MAX_FINDINGS_PER_FILE } from '../../foundation/base/limits.ts';
import { sampleTokens, tokenKinds, type TokenKind } from './detectors/tokens.data.ts';
import { toBuffer } from './text-bytes.ts';

export interface FoundToken {
  readonly kind: TokenKind;
  /** Whole: for comparing and redacting, never to be stored or shown. */
  readonly secret: string;
  /** Bytes from the start of the content. */
  readonly offset: number;
  /** False when the kind has a checksum and it does not fit: a placeholder, or a token with a typing error. */
  readonly checksumFits: boolean;
}

/** Longest name and token together that a pattern can match. */
const WINDOW_BYTES = 1400;
/** A placeholder repeats a few characters: XXXXXXXX, 00000000, your-token. */
const MIN_DISTINCT = 7;

/** Returns the tokens in `bytes`, in order of place, one more than MAX_FINDINGS_PER_FILE at most, so that a caller sees that there were too many. Anchors are searched as plain bytes; a pattern runs only where one stands. */
export function findTokens(bytes: Uint8Array): readonly FoundToken[] {
  const buffer = toBuffer(bytes);
  const found: FoundToken[] = [];
  for (const kind of tokenKinds) {
    for (const anchor of kind.anchors) {
      for (
        let at = buffer.indexOf(anchor, 0, 'latin1');
        at !== -1 && found.length <= MAX_FINDINGS_PER_FILE;
        at = buffer.indexOf(anchor, at + anchor.length, 'latin1')
      ) {
        const token = matchAt(buffer, at, kind);
        if (token !== undefined && !found.some((other) => overlaps(other, token))) found.push(token);
      }
    }
  }
  return found.toSorted((a, b) => a.offset - b.offset);
}

function matchAt(buffer: Buffer, at: number, kind: TokenKind): FoundToken | undefined {
  // In the middle of a longer word it is a piece of base64 or of a hash, not a token.
  if (kind.named !== true && at > 0 && /[A-Za-z0-9+/]/.test(buffer.toString('latin1', at - 1, at))) return undefined;
  const text = buffer.toString('latin1', at, at + WINDOW_BYTES);
  kind.pattern.lastIndex = 0;
  const match = kind.pattern.exec(text);
  if (match === null) return undefined;
  const secret = match[1] ?? match[0];
  if (sampleTokens.has(secret) || secret.endsWith('EXAMPLE') || new Set(secret.slice(secret.indexOf('_') + 1)).size < MIN_DISTINCT) return undefined;
  return { kind, secret, offset: at + match[0].lastIndexOf(secret), checksumFits: kind.checksum === undefined || hasValidChecksum(secret) };
}

function overlaps(a: FoundToken, b: FoundToken): boolean {
  return a.offset < b.offset + b.secret.length && b.offset < a.offset + a.secret.length;
}

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Returns true when the last 6 characters are the CRC-32 of what stands between the prefix and them, in base 62. @see https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/ */
function hasValidChecksum(token: string): boolean {
  const body = token.slice(token.indexOf('_') + 1);
  let rest = crc32(body.slice(0, -6));
  let digits = '';
  for (let i = 0; i < 6; i++) {
    digits = BASE62.charAt(rest % 62) + digits;
    rest = Math.floor(rest / 62);
  }
  return digits === body.slice(-6);
}
