import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Digest } from '../../../../src/foundation/model/brand.ts';
import { verifyBundle } from '../../../../src/gate/signatures/bundle-signature.ts';
import { parseCertificates } from '../../../../src/gate/signatures/certificate.ts';
import { parsePublicKey } from '../../../../src/gate/signatures/keys.ts';
import { verifyNotation } from '../../../../src/gate/signatures/notation-signature.ts';
import type { SignedSubject, TrustRule } from '../../../../src/gate/signatures/trust.ts';
import { parseSubject } from '../../../../src/gate/signatures/written-names.ts';
import { buildCertificate, makeKey } from '../../../support/certificate-builder.ts';
import { createSigstore, ISSUER, keyBundle, keylessBundle, notationEnvelope, statement, WORKFLOW } from '../../../support/signature-builder.ts';

const subject: SignedSubject = {
  digest: `sha256:${'a'.repeat(64)}` as Digest,
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  bytes: Buffer.from('{}'),
};
const key = makeKey();
const signer = buildCertificate({ subject: 'CN=release', key });
const sigstore = createSigstore();
const publicKey = parsePublicKey(key.pem);
const rule: TrustRule = {
  match: ['*'],
  keys: typeof publicKey === 'string' ? [] : [{ name: 'release', publicKey }],
  identities: [{ issuer: ISSUER, subject: WORKFLOW, trustRoot: JSON.stringify(sigstore.trustRoot) }],
  notation: [{ name: 'acme', certificates: parseCertificates(signer.pem) ?? [] }],
  revoked: [],
  problems: [],
};
const now = new Date();
const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
const descriptor = { digest: subject.digest, mediaType: subject.mediaType, size: 2 };

const envelopes: readonly (readonly [string, Buffer, (bytes: Uint8Array) => Promise<string | undefined>])[] = [
  [
    'a bundle of a key',
    json(keyBundle(key, statement([subject.digest]))),
    async (bytes) => (await verifyBundle(bytes, subject, rule, now))?.validity,
  ],
  [
    'a bundle of an identity',
    json(keylessBundle(sigstore, statement([subject.digest]))),
    async (bytes) => (await verifyBundle(bytes, subject, rule, now))?.validity,
  ],
  [
    'an envelope of Notation',
    json(notationEnvelope(signer, [signer], descriptor)),
    (bytes) => Promise.resolve(verifyNotation('application/jose+json', bytes, subject, rule, now).validity),
  ],
];

for (const [name, whole, verify] of envelopes) {
  test(`${name}, cut off anywhere, is not valid`, async () => {
    assert.equal(await verify(whole), 'valid');
    for (let length = 0; length < whole.length; length++) assert.equal(await verify(whole.subarray(0, length)), 'invalid', String(length));
  });

  test(`${name}, with anything in place of one of its values, is judged without throwing, and is not valid for another image`, async () => {
    const other: SignedSubject = { ...subject, digest: `sha256:${'b'.repeat(64)}` as Digest, bytes: Buffer.from('[]') };
    const document = JSON.parse(whole.toString()) as object;
    for (const path of pathsOf(document)) {
      for (const value of [null, 7, '', 'AAAA', [], {}, [{}], true]) {
        const changed = json(withValue(document, path, value));
        await verify(changed);
        const verdict = name.includes('bundle')
          ? await verifyBundle(changed, other, rule, now)
          : verifyNotation('application/jose+json', changed, other, rule, now);
        assert.notEqual(verdict?.validity, 'valid', path.join('.'));
      }
    }
  });
}

test('any text in place of a subject is read or refused', () => {
  assert.deepEqual(parseSubject('C=DE, s=Hessen,O=Acme\\, Inc.'), [
    { type: 'C', value: 'DE' },
    { type: 'ST', value: 'Hessen' },
    { type: 'O', value: 'Acme, Inc.' },
  ]);
  for (const text of ['', 'Acme', '=x', 'O=', 'O=Acme, Inc.']) assert.equal(parseSubject(text), undefined, text);
  fc.assert(
    fc.property(fc.string(), (text) => {
      parseSubject(text);
    }),
  );
});

function pathsOf(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [[...path, name], ...pathsOf(inner, [...path, name])]);
}

function withValue(document: object, path: readonly string[], value: unknown): unknown {
  const copy = structuredClone(document) as Record<string, unknown>;
  const last = path.at(-1) ?? '';
  const holder = path.slice(0, -1).reduce((inner, name) => inner[name] as Record<string, unknown>, copy);
  holder[last] = value;
  return copy;
}
