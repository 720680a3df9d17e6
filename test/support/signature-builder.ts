/** Signatures of images as cosign, sigstore and Notation make them; and an authority and a log of our own, as Fulcio and Rekor are. */
import { constants, createHash, sign } from 'node:crypto';
import { buildCertificate, CODE_SIGNING, makeKey, type BuiltCertificate, type CertificateOptions, type KeyPair } from './certificate-builder.ts';
import type { MemoryRegistry } from './memory-registry.ts';

export const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
export const BUNDLE = 'application/vnd.dev.sigstore.bundle.v0.3+json';
export const NOTATION = 'application/vnd.cncf.notary.signature';
export const SIMPLE_SIGNING = 'application/vnd.dev.cosign.simplesigning.v1+json';
export const SIGN_PREDICATE = 'https://sigstore.dev/cosign/sign/v1';

export interface Descriptor {
  readonly digest: string;
  readonly mediaType: string;
  readonly size: number;
}

/** Puts an image there. */
export function putImage(registry: MemoryRegistry, repository: string, tag: string, seed = tag): Descriptor {
  const config = putBlob(
    registry,
    repository,
    'application/vnd.oci.image.config.v1+json',
    Buffer.from(JSON.stringify({ seed, os: 'linux', architecture: 'amd64', rootfs: { type: 'layers', diff_ids: [] } })),
  );
  const manifest = { schemaVersion: 2, mediaType: MANIFEST, config, layers: [] };
  return { digest: registry.put(repository, tag, MANIFEST, manifest), mediaType: MANIFEST, size: JSON.stringify(manifest).length };
}

export interface CosignLayer {
  readonly payload: Uint8Array;
  readonly annotations: Readonly<Record<string, string>>;
  readonly mediaType?: string;
}

/** Puts signatures under cosign's tag. */
export function putCosign(registry: MemoryRegistry, repository: string, digest: string, layers: readonly CosignLayer[]): string {
  const config = putBlob(registry, repository, 'application/vnd.oci.image.config.v1+json', Buffer.from('{}'));
  const entries = layers.map(({ payload, annotations, mediaType = SIMPLE_SIGNING }) => ({
    ...putBlob(registry, repository, mediaType, payload),
    annotations,
  }));
  return registry.put(repository, `${digest.replace(':', '-')}.sig`, MANIFEST, { schemaVersion: 2, mediaType: MANIFEST, config, layers: entries });
}

/** Puts something that refers to an image. */
export function putReferrer(
  registry: MemoryRegistry,
  repository: string,
  subject: Descriptor,
  artifactType: string,
  mediaType: string,
  content: Uint8Array,
): string {
  const config = putBlob(registry, repository, artifactType === NOTATION ? NOTATION : 'application/vnd.oci.empty.v1+json', Buffer.from('{}'));
  const layers = [putBlob(registry, repository, mediaType, content)];
  return registry.put(repository, undefined, MANIFEST, { schemaVersion: 2, mediaType: MANIFEST, artifactType, config, layers, subject });
}

function putBlob(registry: MemoryRegistry, repository: string, mediaType: string, bytes: Uint8Array): Descriptor {
  return { mediaType, digest: registry.putBlob(repository, bytes), size: bytes.length };
}

export function cosignPayload(digest: string, type = 'cosign container image signature'): Buffer {
  return Buffer.from(
    JSON.stringify({ critical: { identity: { 'docker-reference': '' }, image: { 'docker-manifest-digest': digest }, type }, optional: null }),
  );
}

/** Returns a signature as cosign makes it, in base64. */
export function signBytes({ privateKey }: KeyPair, bytes: Uint8Array, hash = 'sha256'): string {
  return sign(privateKey.asymmetricKeyType === 'ed25519' ? null : hash, bytes, privateKey).toString('base64');
}

export function cosignLayer(key: KeyPair, digest: string, hash?: string): CosignLayer {
  const payload = cosignPayload(digest);
  return { payload, annotations: { 'dev.cosignproject.cosign/signature': signBytes(key, payload, hash) } };
}

/** Returns what cosign signs in a bundle. */
export function statement(digests: readonly string[], predicateType = SIGN_PREDICATE): Buffer {
  const subject = digests.map((digest) => ({ name: 'x', digest: { [digest.split(':')[0] ?? '']: digest.split(':')[1] } }));
  return Buffer.from(JSON.stringify({ _type: 'https://in-toto.io/Statement/v1', subject, predicateType, predicate: {} }));
}

const IN_TOTO = 'application/vnd.in-toto+json';

export function preAuthEncoding(payload: Uint8Array, type = IN_TOTO): Buffer {
  return Buffer.concat([Buffer.from(`DSSEv1 ${type.length} ${type} ${payload.length} `), payload]);
}

/** A bundle that a key signed, without a log. */
export function keyBundle(key: KeyPair, payload: Uint8Array, hash?: string): Record<string, unknown> {
  const hint = createHash('sha256')
    .update(key.publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64');
  return {
    mediaType: BUNDLE,
    verificationMaterial: { publicKey: { hint }, tlogEntries: [] },
    dsseEnvelope: {
      payload: Buffer.from(payload).toString('base64'),
      payloadType: IN_TOTO,
      signatures: [{ sig: signBytes(key, preAuthEncoding(payload), hash) }],
    },
  };
}

/** A bundle of the image's own bytes, without a statement. */
export function messageBundle(key: KeyPair, message: Uint8Array): Record<string, unknown> {
  const digest = createHash('sha256').update(message).digest('base64');
  return {
    mediaType: BUNDLE,
    verificationMaterial: { publicKey: { hint: '' }, tlogEntries: [] },
    messageSignature: { messageDigest: { algorithm: 'SHA2_256', digest }, signature: signBytes(key, message) },
  };
}

/** Who gives certificates for the moment, and who keeps the log of what was signed with them. */
export interface Sigstore {
  /** trusted_root.json */
  readonly trustRoot: Record<string, unknown>;
  /** Gives a certificate to somebody who proved who they are. */
  issue(options?: Partial<CertificateOptions>): BuiltCertificate;
  /** Writes an entry, and returns it as a bundle has it. */
  log(body: Record<string, unknown>, at?: Date): Record<string, unknown>;
  /** The same as an annotation of cosign. */
  logAnnotation(body: Record<string, unknown>, at?: Date): string;
}

export const ISSUER = 'https://token.example.com';
export const WORKFLOW = 'https://forge.example.com/acme/app/release.yml@refs/tags/v1';

export function createSigstore(): Sigstore {
  const root = buildCertificate({
    subject: 'O=sigstore.example, CN=root',
    key: makeKey(),
    isAuthority: true,
    notBefore: new Date('2020-01-01T00:00:00Z'),
  });
  const rekor = makeKey();
  const logKey = rekor.publicKey.export({ type: 'spki', format: 'der' });
  const logId = createHash('sha256').update(logKey).digest();
  const validFor = { start: '2020-01-01T00:00:00Z' };
  const promise = (body: string, at: Date) => {
    const payload = { body, integratedTime: Math.floor(at.getTime() / 1000), logID: logId.toString('hex'), logIndex: 7 };
    return { payload, signature: signBytes(rekor, Buffer.from(JSON.stringify(payload))) };
  };
  return {
    trustRoot: {
      mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
      certificateAuthorities: [
        {
          subject: { organization: 'x', commonName: 'y' },
          uri: 'https://ca.example',
          certChain: { certificates: [{ rawBytes: root.der.toString('base64') }] },
          validFor,
        },
      ],
      tlogs: [
        {
          baseUrl: 'https://log.example',
          hashAlgorithm: 'SHA2_256',
          publicKey: { rawBytes: logKey.toString('base64'), keyDetails: 'PKIX_ECDSA_P256_SHA_256', validFor },
          logId: { keyId: logId.toString('base64') },
        },
      ],
      ctlogs: [],
      timestampAuthorities: [],
    },
    issue: (options = {}) =>
      buildCertificate({
        subject: 'CN=',
        key: makeKey(),
        issuer: root,
        uris: [WORKFLOW],
        oidcIssuer: ISSUER,
        extendedKeyUsage: [CODE_SIGNING],
        ...options,
      }),
    log(body, at = new Date()) {
      const bytes = Buffer.from(JSON.stringify(body));
      const text = bytes.toString('base64');
      const { payload, signature } = promise(text, at);
      return {
        logIndex: String(payload.logIndex),
        logId: { keyId: logId.toString('base64') },
        kindVersion: { kind: body['kind'], version: body['apiVersion'] },
        integratedTime: String(payload.integratedTime),
        inclusionPromise: { signedEntryTimestamp: signature },
        inclusionProof: proofOfOnly(bytes, rekor, logId),
        canonicalizedBody: text,
      };
    },
    logAnnotation(body, at = new Date()) {
      const { payload, signature } = promise(Buffer.from(JSON.stringify(body)).toString('base64'), at);
      return JSON.stringify({ SignedEntryTimestamp: signature, Payload: payload });
    },
  };
}

/** Of the only entry of a log. @see RFC 6962 section 2.1, and https://github.com/transparency-dev/formats/blob/main/log/README.md */
function proofOfOnly(body: Uint8Array, key: KeyPair, logId: Buffer): Record<string, unknown> {
  const rootHash = createHash('sha256')
    .update(Buffer.concat([Buffer.from([0]), body]))
    .digest('base64');
  const note = `log.example\n1\n${rootHash}\n`;
  const signature = Buffer.concat([logId.subarray(0, 4), Buffer.from(signBytes(key, Buffer.from(note)), 'base64')]).toString('base64');
  return { logIndex: '0', rootHash, treeSize: '1', hashes: [], checkpoint: { envelope: `${note}\n\u2014 log.example ${signature}\n` } };
}

/** What Rekor keeps of a signature of bytes. */
export function hashedRekord(bytes: Uint8Array, signature: string, certificate: BuiltCertificate): Record<string, unknown> {
  return {
    apiVersion: '0.0.1',
    kind: 'hashedrekord',
    spec: {
      data: { hash: { algorithm: 'sha256', value: createHash('sha256').update(bytes).digest('hex') } },
      signature: { content: signature, publicKey: { content: Buffer.from(certificate.pem).toString('base64') } },
    },
  };
}

/** What Rekor keeps of an envelope. */
export function dsseEntry(payload: Uint8Array, signature: string, certificate: { readonly pem: string }): Record<string, unknown> {
  return {
    apiVersion: '0.0.1',
    kind: 'dsse',
    spec: {
      envelopeHash: { algorithm: 'sha256', value: '00' },
      payloadHash: { algorithm: 'sha256', value: createHash('sha256').update(payload).digest('hex') },
      signatures: [{ signature, verifier: Buffer.from(certificate.pem).toString('base64') }],
    },
  };
}

/** A bundle that somebody signed without a key of their own. */
export function keylessBundle(
  sigstore: Sigstore,
  payload: Uint8Array,
  options: { readonly certificate?: BuiltCertificate; readonly at?: Date } = {},
): Record<string, unknown> {
  const { certificate = sigstore.issue(), at } = options;
  const sig = signBytes(certificate.key, preAuthEncoding(payload));
  return {
    mediaType: BUNDLE,
    verificationMaterial: {
      certificate: { rawBytes: certificate.der.toString('base64') },
      tlogEntries: [sigstore.log(dsseEntry(payload, sig, certificate), at)],
    },
    dsseEnvelope: { payload: Buffer.from(payload).toString('base64'), payloadType: IN_TOTO, signatures: [{ sig }] },
  };
}

/** A signature of cosign's old kind that somebody made without a key of their own. */
export function keylessLayer(
  sigstore: Sigstore,
  digest: string,
  options: { readonly certificate?: BuiltCertificate; readonly at?: Date } = {},
): CosignLayer {
  const { certificate = sigstore.issue(), at } = options;
  const layer = cosignLayer(certificate.key, digest);
  const signature = layer.annotations['dev.cosignproject.cosign/signature'] ?? '';
  const log = sigstore.logAnnotation(hashedRekord(layer.payload, signature, certificate), at);
  return { ...layer, annotations: { ...layer.annotations, 'dev.sigstore.cosign/certificate': certificate.pem, 'dev.sigstore.cosign/bundle': log } };
}

export interface NotationOptions {
  readonly header?: Readonly<Record<string, unknown>>;
  readonly target?: Readonly<Record<string, unknown>>;
  readonly chain?: readonly BuiltCertificate[];
  /** Default: as the signer's key has it. */
  readonly algorithm?: string;
}

/** Returns a JWS envelope of Notation, made with the key of `signer`. */
export function notationEnvelope(
  signer: BuiltCertificate,
  chain: readonly BuiltCertificate[],
  subject: Descriptor,
  options: NotationOptions = {},
): Record<string, unknown> {
  const { asymmetricKeyType, asymmetricKeyDetails } = signer.key.privateKey;
  const bits = { prime256v1: '256', secp384r1: '384', secp521r1: '512' }[asymmetricKeyDetails?.namedCurve ?? ''] ?? '256';
  const algorithm = options.algorithm ?? `${asymmetricKeyType === 'rsa' ? 'PS' : 'ES'}${bits}`;
  const header = {
    alg: algorithm,
    cty: 'application/vnd.cncf.notary.payload.v1+json',
    crit: ['io.cncf.notary.signingScheme'],
    'io.cncf.notary.signingScheme': 'notary.x509',
    'io.cncf.notary.signingTime': '2026-01-01T00:00:00Z',
    ...options.header,
  };
  const targetArtifact = { mediaType: subject.mediaType, digest: subject.digest, size: subject.size, ...options.target };
  const [head, payload] = [header, { targetArtifact }].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
  const padding = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
  const key = signer.key.privateKey;
  const signature = sign(
    `sha${bits}`,
    Buffer.from(`${head}.${payload}`),
    asymmetricKeyType === 'rsa' ? { key, ...padding } : { key, dsaEncoding: 'ieee-p1363' },
  );
  return {
    payload,
    protected: head,
    header: { x5c: chain.map(({ der }) => der.toString('base64')), 'io.cncf.notary.signingAgent': 'test/1' },
    signature: signature.toString('base64url'),
  };
}
