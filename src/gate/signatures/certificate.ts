import { createHash, X509Certificate, type KeyObject } from 'node:crypto';
import { MAX_PEM_BYTES } from '../../foundation/base/limits.ts';
import { childrenOf, decode, DER, oidOf, readDer, textOfDer, type DerValue } from './der.ts';
import { toSerial, type NameAttribute } from './written-names.ts';

/** A certificate that somebody sent. Nothing of it is proven. @see RFC 5280 */
export interface Certificate {
  readonly x509: X509Certificate;
  readonly publicKey: KeyObject;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** 'sha256:…' of the certificate itself. */
  readonly fingerprint: string;
  /** In lower-case hex, without leading zeros. */
  readonly serial: string;
  /** In the order of the certificate. */
  readonly subject: readonly NameAttribute[];
  /** Of the algorithm that it is signed with. */
  readonly signatureAlgorithm: string;
  readonly extensions: ReadonlyMap<string, CertificateExtension>;
}

export interface CertificateExtension {
  readonly isCritical: boolean;
  readonly value: Uint8Array;
}

export const EXTENSIONS = {
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  extendedKeyUsage: '2.5.29.37',
  /** Of Fulcio: who vouched for the identity. The first is bare text. @see https://github.com/sigstore/fulcio/blob/main/docs/oid-info.md */
  oldIssuer: '1.3.6.1.4.1.57264.1.1',
  issuer: '1.3.6.1.4.1.57264.1.8',
} as const;

const SHORT_NAMES: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.5': 'SERIALNUMBER',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'STREET',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.17': 'POSTALCODE',
};
/** Of Fulcio: a user's name that is no mail address. */
const OTHER_NAME = '1.3.6.1.4.1.57264.1.7';
const VERSION = 0xa0;
const EXTENSION_LIST = 0xa3;

/** Returns the certificate that DER bytes are; undefined when they are none, or name an extension twice. */
export function parseCertificate(der: Uint8Array): Certificate | undefined {
  if (der.length > MAX_PEM_BYTES) return undefined;
  const [tbs, algorithm] = childrenOf(readDer(der)) ?? [];
  const parts = childrenOf(tbs) ?? [];
  const at = parts[0]?.tag === VERSION ? 1 : 0;
  const [serial, subject] = [parts[at], parts[at + 4]];
  const signatureAlgorithm = oidOf(childrenOf(algorithm)?.[0]);
  const attributes = readName(subject);
  const extensions = readExtensions(parts.find(({ tag }) => tag === EXTENSION_LIST));
  if (serial?.tag !== DER.integer || signatureAlgorithm === undefined || attributes === undefined || extensions === undefined) return undefined;
  try {
    const x509 = new X509Certificate(der);
    const [notBefore, notAfter] = [new Date(x509.validFrom), new Date(x509.validTo)];
    if (Number.isNaN(notBefore.getTime()) || Number.isNaN(notAfter.getTime())) return undefined;
    return {
      x509,
      notBefore,
      notAfter,
      // Throws for a key of a kind that is not known.
      publicKey: x509.publicKey,
      fingerprint: `sha256:${createHash('sha256').update(der).digest('hex')}`,
      serial: toSerial(Buffer.from(serial.content).toString('hex')),
      subject: attributes,
      signatureAlgorithm,
      extensions,
    };
  } catch {
    return undefined;
  }
}

/** Returns the certificates of a PEM text; undefined when one of them is none, or there is none at all. */
export function parseCertificates(pem: string): readonly Certificate[] | undefined {
  if (pem.length > MAX_PEM_BYTES) return undefined;
  const bodies = Array.from(pem.matchAll(/-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]*)-----END CERTIFICATE-----/g), ([, body]) => body ?? '');
  const certificates = bodies.flatMap((body) => parseCertificate(Buffer.from(body, 'base64')) ?? []);
  return bodies.length > 0 && certificates.length === bodies.length ? certificates : undefined;
}

/** Returns the subject in words: 'C=DE, O=Acme, CN=release'. */
export function subjectOf({ subject }: Certificate): string {
  return subject.map(({ type, value }) => `${type}=${value}`).join(', ');
}

/** Returns everybody that a certificate is for: mail addresses, URIs, names. */
export function identitiesOf({ extensions }: Certificate): readonly string[] {
  const names = childrenOf(readDer(extensions.get(EXTENSIONS.subjectAltName)?.value ?? new Uint8Array())) ?? [];
  return names.flatMap((name) => identityOf(name) ?? []);
}

function identityOf(name: DerValue): string | undefined {
  switch (name.tag) {
    // rfc822Name, dNSName, uniformResourceIdentifier
    case 0x81:
    case 0x82:
    case 0x86:
      return decode(name.content);
    // otherName
    case 0xa0: {
      const [type, value] = childrenOf(name) ?? [];
      return oidOf(type) === OTHER_NAME ? textOfDer(childrenOf(value)?.[0]) : undefined;
    }
    default:
      return undefined;
  }
}

/** Returns who vouched for the identity; undefined when the certificate does not say. */
export function issuerOf({ extensions }: Certificate): string | undefined {
  const issuer = extensions.get(EXTENSIONS.issuer);
  if (issuer !== undefined) return textOfDer(readDer(issuer.value));
  const old = extensions.get(EXTENSIONS.oldIssuer);
  return old === undefined ? undefined : decode(old.value);
}

/** Returns the object identifiers of what a key may be used for; undefined when the certificate does not say. */
export function extendedKeyUsageOf({ extensions }: Certificate): readonly string[] | undefined {
  const extension = extensions.get(EXTENSIONS.extendedKeyUsage);
  return extension === undefined ? undefined : (childrenOf(readDer(extension.value)) ?? []).map((value) => oidOf(value) ?? '');
}

/** Returns the bits of the key's usage, `digitalSignature` being bit 0; undefined when the certificate does not say. */
export function keyUsageOf({ extensions }: Certificate): ReadonlySet<number> | undefined {
  const extension = extensions.get(EXTENSIONS.keyUsage);
  if (extension === undefined) return undefined;
  const bits = readDer(extension.value);
  const bytes = bits?.tag === DER.bitString ? bits.content.subarray(1) : new Uint8Array();
  return new Set(
    Array.from(bytes).flatMap((byte, index) => [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => (byte & (0x80 >> bit)) !== 0).map((bit) => index * 8 + bit)),
  );
}

/** Returns how many authorities may follow below one; undefined when it sets no bound, -1 when that cannot be read. */
export function pathLengthOf({ extensions }: Certificate): number | undefined {
  const constraints = childrenOf(readDer(extensions.get(EXTENSIONS.basicConstraints)?.value ?? new Uint8Array())) ?? [];
  const length = constraints.find(({ tag }) => tag === DER.integer);
  if (length === undefined) return undefined;
  return length.content.length === 1 ? (length.content[0] ?? -1) : -1;
}

function readName(name: DerValue | undefined): readonly NameAttribute[] | undefined {
  if (name?.tag !== DER.sequence) return undefined;
  const sets = childrenOf(name);
  const pairs = sets?.flatMap((set) => childrenOf(set) ?? []);
  return pairs?.map((pair) => {
    const [type, value] = childrenOf(pair) ?? [];
    const oid = oidOf(type) ?? '';
    return { type: SHORT_NAMES[oid] ?? oid, value: textOfDer(value) ?? '' };
  });
}

function readExtensions(list: DerValue | undefined): ReadonlyMap<string, CertificateExtension> | undefined {
  if (list === undefined) return new Map();
  const extensions = new Map<string, CertificateExtension>();
  for (const extension of childrenOf(childrenOf(list)?.[0]) ?? []) {
    const parts = childrenOf(extension) ?? [];
    const oid = oidOf(parts[0]);
    const value = parts.at(-1);
    if (oid === undefined || value?.tag !== DER.octetString || extensions.has(oid)) return undefined;
    const isCritical = parts.length === 3 && parts[1]?.tag === DER.boolean && parts[1].content[0] !== 0;
    extensions.set(oid, { isCritical, value: value.content });
  }
  return extensions;
}
