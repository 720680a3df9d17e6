/** X.509 certificates as a test wants them, wrong ones too. */
import { createHash, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

export interface KeyPair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** Of the public key. */
  readonly pem: string;
}

export type KeyKind = 'P-256' | 'P-384' | 'P-521' | 'ed25519' | 'rsa-2048' | 'rsa-1024' | 'secp256k1';

export function makeKey(kind: KeyKind = 'P-256'): KeyPair {
  const { privateKey, publicKey } = generate(kind);
  return { privateKey, publicKey, pem: publicKey.export({ type: 'spki', format: 'pem' }).toString() };
}

function generate(kind: KeyKind): { privateKey: KeyObject; publicKey: KeyObject } {
  if (kind === 'ed25519') return generateKeyPairSync('ed25519');
  return kind.startsWith('rsa-')
    ? generateKeyPairSync('rsa', { modulusLength: Number(kind.slice(4)) })
    : generateKeyPairSync('ec', { namedCurve: kind });
}

export interface CertificateOptions {
  readonly subject?: string;
  readonly key: KeyPair;
  /** Default: itself. */
  readonly issuer?: Issuer;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  readonly serial?: Buffer;
  readonly isAuthority?: boolean;
  readonly pathLength?: number;
  /** Bits of keyUsage from the left: 0x80 digitalSignature, 0x04 keyCertSign; undefined leaves the extension out. */
  readonly keyUsage?: number | undefined;
  readonly extendedKeyUsage?: readonly string[];
  readonly uris?: readonly string[];
  readonly mails?: readonly string[];
  /** Of Fulcio. */
  readonly oidcIssuer?: string;
  readonly oldOidcIssuer?: string;
  /** OID of the algorithm that the certificate names; default ecdsa-with-SHA256. */
  readonly algorithm?: string;
}

export interface Issuer {
  readonly subject: string;
  readonly key: KeyPair;
}

export interface BuiltCertificate extends Issuer {
  readonly der: Buffer;
  readonly pem: string;
  readonly fingerprint: string;
}

export const CODE_SIGNING = '1.3.6.1.5.5.7.3.3';
const NAMES: Readonly<Record<string, string>> = { CN: '2.5.4.3', C: '2.5.4.6', O: '2.5.4.10', OU: '2.5.4.11' };

export function buildCertificate(options: CertificateOptions): BuiltCertificate {
  const { subject = 'CN=test', key, isAuthority = false } = options;
  const issuer = options.issuer ?? { subject, key };
  const keyUsage = 'keyUsage' in options ? options.keyUsage : isAuthority ? 0x06 : 0x80;
  const algorithm = sequence(oid(options.algorithm ?? '1.2.840.10045.4.3.2'));
  const others = [
    ...(options.uris ?? []).map((uri) => tlv(0x86, Buffer.from(uri))),
    ...(options.mails ?? []).map((mail) => tlv(0x81, Buffer.from(mail))),
  ];
  const extensions = [
    ...(isAuthority
      ? [
          extension(
            '2.5.29.19',
            true,
            sequence(tlv(0x01, Buffer.from([0xff])), ...(options.pathLength === undefined ? [] : [integer(options.pathLength)])),
          ),
        ]
      : []),
    ...(keyUsage === undefined ? [] : [extension('2.5.29.15', true, tlv(0x03, Buffer.from([0, keyUsage])))]),
    ...(options.extendedKeyUsage === undefined ? [] : [extension('2.5.29.37', false, sequence(...options.extendedKeyUsage.map(oid)))]),
    ...(others.length === 0 ? [] : [extension('2.5.29.17', true, sequence(...others))]),
    ...(options.oldOidcIssuer === undefined ? [] : [extension('1.3.6.1.4.1.57264.1.1', false, Buffer.from(options.oldOidcIssuer))]),
    ...(options.oidcIssuer === undefined ? [] : [extension('1.3.6.1.4.1.57264.1.8', false, tlv(0x0c, Buffer.from(options.oidcIssuer)))]),
    extension('2.5.29.14', false, tlv(0x04, keyId(key))),
    extension('2.5.29.35', false, sequence(tlv(0x80, keyId(issuer.key)))),
  ];
  const tbs = sequence(
    tlv(0xa0, integer(2)),
    tlv(0x02, options.serial ?? Buffer.from([0x0a, 0x1b])),
    algorithm,
    name(issuer.subject),
    sequence(time(options.notBefore ?? new Date(Date.now() - 86_400_000)), time(options.notAfter ?? new Date(Date.now() + 86_400_000))),
    name(subject),
    key.publicKey.export({ type: 'spki', format: 'der' }),
    tlv(0xa3, sequence(...extensions)),
  );
  const signature = sign('sha256', tbs, issuer.key.privateKey);
  const der = sequence(tbs, algorithm, tlv(0x03, Buffer.from([0]), signature));
  const pem = `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replaceAll(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
  return { subject, key, der, pem, fingerprint: `sha256:${createHash('sha256').update(der).digest('hex')}` };
}

export function fingerprintOfKey(pem: string): string {
  const der = createPublicKey(pem).export({ type: 'spki', format: 'der' });
  return `sha256:${createHash('sha256').update(der).digest('hex')}`;
}

function keyId({ publicKey }: KeyPair): Buffer {
  return createHash('sha1')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest();
}

function extension(id: string, isCritical: boolean, value: Buffer): Buffer {
  return sequence(oid(id), ...(isCritical ? [tlv(0x01, Buffer.from([0xff]))] : []), tlv(0x04, value));
}

function name(text: string): Buffer {
  const parts = text.split(', ').map((part) => part.split('=', 2) as [string, string]);
  return sequence(...parts.map(([type, value]) => tlv(0x31, sequence(oid(NAMES[type] ?? ''), tlv(0x0c, Buffer.from(value))))));
}

function time(date: Date): Buffer {
  return tlv(0x18, Buffer.from(`${date.toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}Z`));
}

function integer(value: number): Buffer {
  return tlv(0x02, Buffer.from([value]));
}

function oid(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number);
  return tlv(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function base128(value: number): readonly number[] {
  const digits = [value & 0x7f];
  for (let left = value >>> 7; left > 0; left >>>= 7) digits.unshift((left & 0x7f) | 0x80);
  return digits;
}

function sequence(...parts: readonly Uint8Array[]): Buffer {
  return tlv(0x30, ...parts);
}

export function tlv(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
