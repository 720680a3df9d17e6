import { constants, verify, type KeyObject } from 'node:crypto';
import { MAX_CERTIFICATE_CHAIN } from '../../foundation/base/limits.ts';
import { memberOf, parseJson, textOf } from '../../registry/json.ts';
import { parseCertificate, type Certificate } from './certificate.ts';
import { decode } from './der.ts';

/** What a signature of Notation says, once its own key was found to have signed it. */
export interface NotationEnvelope {
  readonly chain: readonly [Certificate, ...Certificate[]];
  /** Of the protected header: signed. */
  readonly header: NotationHeader;
  readonly target: { readonly digest: string; readonly mediaType: string; readonly sizeBytes: number };
}

export interface NotationHeader {
  readonly scheme: string;
  readonly expiry?: Date;
  /** A program that must have its say, too. */
  readonly plugin?: string;
  /** What must be understood, and is not. */
  readonly unknown: readonly string[];
}

const PREFIX = 'io.cncf.notary.';
const PAYLOAD_TYPE = 'application/vnd.cncf.notary.payload.v1+json';
const UNDERSTOOD = [`${PREFIX}signingScheme`, `${PREFIX}signingTime`, `${PREFIX}authenticSigningTime`, `${PREFIX}expiry`];
const PLUGIN = [`${PREFIX}verificationPlugin`, `${PREFIX}verificationPluginMinVersion`];
const BASE64URL = /^[A-Za-z0-9_-]+$/;
const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;
/** By the signer's key alone: who could choose the algorithm could choose a weaker one. */
const ALGORITHM_OF_RSA: Readonly<Record<number, string>> = { 2048: 'PS256', 3072: 'PS384', 4096: 'PS512' };
const ALGORITHM_OF_CURVE: Readonly<Record<string, string>> = { prime256v1: 'ES256', secp384r1: 'ES384', secp521r1: 'ES512' };

/**
 * Returns what a JWS envelope of Notation says, or why it is none or does not hold. Whoever made it, and whether its time is over, is not looked at.
 * @see https://github.com/notaryproject/specifications/blob/main/specs/signature-envelope-jws.md
 */
export function readEnvelope(bytes: Uint8Array): NotationEnvelope | string {
  const document = parseJson(bytes);
  const [payload, protectedHeader, signature] = ['payload', 'protected', 'signature'].map((key) => textOf(document, key) ?? '');
  if (payload === undefined || protectedHeader === undefined || signature === undefined) return 'it is no JWS envelope';
  if (![payload, protectedHeader, signature].every((part) => BASE64URL.test(part))) return 'it is no JWS envelope';
  const chain = readChain(memberOf(memberOf(document, 'header'), 'x5c'));
  if (typeof chain === 'string') return chain;
  const header = decodeJson(protectedHeader);
  const algorithm = algorithmOf(chain[0].publicKey);
  if (algorithm === undefined || textOf(header, 'alg') !== algorithm) return "its algorithm is not the one of its signer's key";
  const signed = Buffer.from(`${protectedHeader}.${payload}`);
  if (!isSigned(chain[0].publicKey, algorithm, signed, Buffer.from(signature, 'base64url'))) return 'the key of its certificate did not sign this';
  const read = readHeader(header);
  if (typeof read === 'string') return read;
  const target = readTarget(decodeJson(payload));
  return target === undefined ? 'what it signs names no image' : { chain, header: read, target };
}

function readChain(x5c: unknown): readonly [Certificate, ...Certificate[]] | string {
  if (!Array.isArray(x5c) || x5c.length === 0) return 'it names no certificate';
  if (x5c.length > MAX_CERTIFICATE_CHAIN) return `its chain has more than ${MAX_CERTIFICATE_CHAIN} certificates`;
  const chain = x5c.flatMap((text: unknown) => (typeof text === 'string' ? (parseCertificate(Buffer.from(text, 'base64')) ?? []) : []));
  const [leaf, ...rest] = chain;
  return leaf === undefined || chain.length !== x5c.length ? 'a certificate of its chain is none that can be read' : [leaf, ...rest];
}

function algorithmOf(key: KeyObject): string | undefined {
  const { modulusLength = 0, namedCurve = '' } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === 'rsa') return ALGORITHM_OF_RSA[modulusLength];
  return key.asymmetricKeyType === 'ec' && Object.hasOwn(ALGORITHM_OF_CURVE, namedCurve) ? ALGORITHM_OF_CURVE[namedCurve] : undefined;
}

/** 'PS256', 'ES512' … */
function isSigned(key: KeyObject, algorithm: string, signed: Uint8Array, signature: Uint8Array): boolean {
  const hash = `sha${algorithm.slice(2)}`;
  const padding = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
  try {
    return verify(hash, signed, algorithm.startsWith('PS') ? { key, ...padding } : { key, dsaEncoding: 'ieee-p1363' }, signature);
  } catch {
    return false;
  }
}

function readHeader(header: unknown): NotationHeader | string {
  const critical = memberOf(header, 'crit');
  const scheme = textOf(header, `${PREFIX}signingScheme`);
  if (textOf(header, 'cty') !== PAYLOAD_TYPE) return 'it is not about an image';
  if (scheme === undefined || !Array.isArray(critical) || !critical.includes(`${PREFIX}signingScheme`))
    return 'it does not say by which scheme it was made';
  if (critical.some((name) => typeof name !== 'string' || memberOf(header, name) === undefined))
    return 'it calls something critical that it does not have';
  const expiry = memberOf(header, `${PREFIX}expiry`);
  if (expiry !== undefined && !critical.includes(`${PREFIX}expiry`)) return 'it expires without calling that critical';
  const times = UNDERSTOOD.slice(1).flatMap((name) => memberOf(header, name) ?? []);
  if (times.some((time) => typeof time !== 'string' || toTime(time) === undefined)) return 'it names a time that is none';
  const end = typeof expiry === 'string' ? toTime(expiry) : undefined;
  const plugin = PLUGIN.map((name) => textOf(header, name)).find((name) => name !== undefined);
  return {
    scheme,
    ...(end === undefined ? {} : { expiry: end }),
    ...(plugin === undefined ? {} : { plugin }),
    unknown: critical.filter((name): name is string => typeof name === 'string' && !UNDERSTOOD.includes(name) && !PLUGIN.includes(name)),
  };
}

function toTime(text: string): Date | undefined {
  const time = RFC3339.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : new Date(time);
}

function readTarget(payload: unknown): NotationEnvelope['target'] | undefined {
  const target = memberOf(payload, 'targetArtifact');
  const [digest, mediaType, sizeBytes] = [textOf(target, 'digest'), textOf(target, 'mediaType'), memberOf(target, 'size')];
  return digest === undefined || mediaType === undefined || typeof sizeBytes !== 'number' ? undefined : { digest, mediaType, sizeBytes };
}

function decodeJson(base64url: string): unknown {
  return parseJson(decode(Buffer.from(base64url, 'base64url')) ?? '');
}
