import { MAX_FINDINGS_PER_FILE } from '../../foundation/base/limits.ts';
import { toBuffer } from './text-bytes.ts';

export interface FoundPrivateKey {
  /** "RSA", "EC", "OpenSSH", "PKCS #8", "PGP", "PuTTY" … */
  readonly kind: string;
  /** 'unknown' for PGP, whose passphrase only shows in the packet itself. */
  readonly encrypted: boolean | 'unknown';
  /** Bytes from the start of the content to the header, and of header, body and footer together. */
  readonly offset: number;
  readonly length: number;
}

/** A 16,384 bit RSA key in PEM has about 12 KiB; a PGP block with many subkeys may have more. */
const MAX_KEY_BYTES = 64 * 1024;
/** An Ed25519 key in PKCS #8 has 64 characters of base64; a shorter body is somebody's explanation. */
const MIN_BODY_CHARACTERS = 40;
/** A body of one repeated character is a placeholder. */
const MIN_DISTINCT = 10;

const kindNames: Readonly<Record<string, string>> = {
  '': 'PKCS #8',
  ENCRYPTED: 'PKCS #8',
  RSA: 'RSA',
  EC: 'EC',
  DSA: 'DSA',
  OPENSSH: 'OpenSSH',
  PGP: 'PGP',
  ANY: 'PKCS #8',
  'SSH2 ENCRYPTED': 'SSH2',
};

/**
 * Returns the private keys in `bytes`: PEM blocks of every kind (also with their line ends written as `\n` inside JSON, YAML or source code), PGP private blocks and PuTTY keys.
 * A header without a body of base64 behind it, as documentation and parsers have it, is no key.
 * @see RFC 7468, RFC 4716, RFC 4880 section 6.2
 */
export function findPrivateKeys(bytes: Uint8Array): readonly FoundPrivateKey[] {
  const buffer = toBuffer(bytes);
  const found: FoundPrivateKey[] = [];
  for (let at = buffer.indexOf('PRIVATE KEY', 0, 'latin1'); at !== -1 && found.length <= MAX_FINDINGS_PER_FILE;) {
    const key = readPem(buffer, at);
    if (key !== undefined) found.push(key);
    at = buffer.indexOf('PRIVATE KEY', key === undefined ? at + 11 : key.offset + key.length, 'latin1');
  }
  for (
    let at = buffer.indexOf('PuTTY-User-Key-File-', 0, 'latin1');
    at !== -1 && found.length <= MAX_FINDINGS_PER_FILE;
    at = buffer.indexOf('PuTTY-User-Key-File-', at + 20, 'latin1')
  ) {
    const key = readPutty(buffer, at);
    if (key !== undefined) found.push(key);
  }
  return found;
}

/** `at` is where "PRIVATE KEY" stands. */
function readPem(buffer: Buffer, at: number): FoundPrivateKey | undefined {
  const before = buffer.toString('latin1', Math.max(0, at - 40), at);
  const begin = /-{4,5} ?BEGIN ((?:[A-Z0-9]{2,10} ){0,3})$/.exec(before);
  if (begin === null) return undefined;
  const label = (begin[1] ?? '').trim();
  const offset = at - begin[0].length;
  const text = buffer.toString('latin1', at, at + MAX_KEY_BYTES);
  const header = /^PRIVATE KEY(?: BLOCK)? ?-{4,5}/.exec(text);
  if (header === null) return undefined;
  const end = /-{4,5} ?END (?:[A-Z0-9]{2,10} ){0,3}PRIVATE KEY(?: BLOCK)? ?-{4,5}/.exec(text);
  if (end === null) return undefined;
  // The same key inside JSON, YAML or source code: line ends are written out, each line has quotes and a plus around it.
  const lines = text
    .slice(header[0].length, end.index)
    .replaceAll(/\\[rn]/g, '\n')
    .split(/[\r\n]+/)
    .map((line) => line.replaceAll(/["'`+,;\\ \t]{1,8}$|^["'`+ \t]{1,32}/g, ''));
  const headers = lines.filter((line) => line.includes(':'));
  const body = lines.filter((line) => line !== '' && !line.includes(':')).join('');
  if (!isKeyBody(label === 'PGP' ? body.replace(/=[A-Za-z0-9+/]{4}$/, '') : body)) return undefined;
  return { kind: kindNames[label] ?? label, encrypted: isEncrypted(label, headers, body), offset, length: at + end.index + end[0].length - offset };
}

function isKeyBody(body: string): boolean {
  return body.length >= MIN_BODY_CHARACTERS && /^[A-Za-z0-9+/]+={0,2}$/.test(body) && new Set(body).size >= MIN_DISTINCT;
}

function isEncrypted(label: string, headers: readonly string[], body: string): boolean | 'unknown' {
  if (label === 'PGP') return 'unknown';
  if (label.includes('ENCRYPTED') || headers.some((line) => line.startsWith('Proc-Type:') && line.includes('ENCRYPTED'))) return true;
  // openssh-key-v1: magic with its NUL (15 bytes), then the cipher's name behind a 4-byte length.
  if (label === 'OPENSSH') return Buffer.from(body.slice(0, 64), 'base64').toString('latin1', 19, 23) !== 'none';
  return false;
}

/** @see https://tartarus.org/~simon/putty-snapshots/htmldoc/AppendixC.html */
function readPutty(buffer: Buffer, at: number): FoundPrivateKey | undefined {
  const text = buffer.toString('latin1', at, at + MAX_KEY_BYTES);
  const head = /^PuTTY-User-Key-File-[1-3]: [a-z0-9-]{3,40}\r?\nEncryption: ([a-z0-9-]{3,20})\r?\n/.exec(text);
  const body = /\nPrivate-Lines: \d{1,3}\r?\n((?:[A-Za-z0-9+/=]{1,80}\r?\n){1,200})/.exec(text);
  if (head === null || body === null || !isKeyBody((body[1] ?? '').replaceAll(/[\r\n]/g, ''))) return undefined;
  return { kind: 'PuTTY', encrypted: head[1] !== 'none', offset: at, length: body.index + body[0].length };
}
