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

/** Of the last 16 characters. A placeholder repeats a few: XXXXXXXX, 00000000. */
const MIN_DISTINCT = 7;

const kindByAnchor = new Map(tokenKinds.flatMap((kind) => kind.anchors.map((anchor) => [anchor, kind] as const)));
/** One pass for all anchors: three times as fast as a native search for each of them, over sources and configuration. */
const anyAnchor = new RegExp([...kindByAnchor.keys()].map((anchor) => anchor.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`)).join('|'), 'g');

/** Returns the tokens in `bytes`, in order of place; one more than MAX_FINDINGS_PER_FILE at most, so that a caller sees that there were too many. A pattern runs only where an anchor stands. */
export function findTokens(bytes: Uint8Array): readonly FoundToken[] {
  // Latin-1 keeps a character a byte, so that offsets are the same in both.
  const text = toBuffer(bytes).toString('latin1');
  const found: FoundToken[] = [];
  for (const { 0: anchor, index } of text.matchAll(anyAnchor)) {
    const kind = kindByAnchor.get(anchor);
    const token = kind === undefined ? undefined : matchAt(text, index, kind);
    if (token !== undefined) found.push(token);
    if (found.length > MAX_FINDINGS_PER_FILE) break;
  }
  const rank = ({ kind }: FoundToken): number => tokenKinds.indexOf(kind);
  return found.filter((token) => !found.some((other) => overlaps(token, other) && rank(other) < rank(token)));
}

function matchAt(text: string, at: number, kind: TokenKind): FoundToken | undefined {
  // In the middle of a longer word it is a piece of base64 or of a hash, not a token.
  if (kind.named !== true && /[A-Za-z0-9+/]/.test(text.charAt(at - 1))) return undefined;
  kind.pattern.lastIndex = at;
  const match = kind.pattern.exec(text);
  if (match === null) return undefined;
  const secret = match[1] ?? match[0];
  if (sampleTokens.has(secret) || secret.endsWith('EXAMPLE') || new Set(secret.slice(-16)).size < MIN_DISTINCT) return undefined;
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
