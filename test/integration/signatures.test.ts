import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { verifySignatures } from '../../src/engine/verify-signatures.ts';
import { createHttpClient } from '../../src/foundation/io/http-client.ts';
import type { Digest } from '../../src/foundation/model/brand.ts';
import { parseCertificates } from '../../src/gate/signatures/certificate.ts';
import { parsePublicKey } from '../../src/gate/signatures/keys.ts';
import type { TrustRule } from '../../src/gate/signatures/trust.ts';
import { attachArtifact } from '../../src/registry/attach-artifact.ts';
import { RegistryClient } from '../../src/registry/client.ts';
import type { Credential } from '../../src/registry/credentials.ts';
import { putManifest, pushBlob } from '../../src/registry/upload.ts';
import { buildCertificate, makeKey } from '../support/certificate-builder.ts';
import { needsRegistry, startRegistryServer, type RegistryServer } from '../support/registry-server.ts';
import { BUNDLE, cosignLayer, keyBundle, MANIFEST, NOTATION, notationEnvelope, SIMPLE_SIGNING, statement } from '../support/signature-builder.ts';

/** Debian's registry knows no referrers API: what refers to an image is listed under a tag. */
describe('signatures in a real registry', needsRegistry(), () => {
  let registry: RegistryServer;
  let client: RegistryClient;
  const credential = (): Promise<Credential> => Promise.resolve({ kind: 'basic', username: registry.username, password: registry.password });
  before(async () => {
    registry = await startRegistryServer();
    client = new RegistryClient({ registry: registry.host, http: createHttpClient({ proxyEnvironment: {} }), credential });
  });
  after(() => registry.close());

  const key = makeKey();
  const signer = buildCertificate({ subject: 'O=Acme, CN=release', key: makeKey() });
  const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

  function rules(): readonly TrustRule[] {
    const publicKey = parsePublicKey(key.pem);
    assert.ok(typeof publicKey !== 'string');
    const notation = [{ name: 'acme', certificates: parseCertificates(signer.pem) ?? [] }];
    return [{ match: ['*'], keys: [{ name: 'release', publicKey }], identities: [], notation, revoked: [], problems: [] }];
  }

  async function newImage(repository: string) {
    await registry.push(repository, '1', { layers: [] });
    const { digest, mediaType, bytes } = await client.getManifest({ registry: registry.host, repository, tag: '1' });
    return { digest, mediaType, size: bytes.length, reference: `${registry.host}/${repository}:1` };
  }

  const ask = (reference: string) =>
    verifySignatures(reference, rules(), { http: createHttpClient({ proxyEnvironment: {} }), credentialFor: credential });

  test('nothing, then under the tag of cosign', async () => {
    const { digest, reference } = await newImage('team/cosign');
    assert.deepEqual([(await ask(reference)).valid], ['absent']);
    const { payload, annotations } = cosignLayer(key, digest);
    const blob = { mediaType: SIMPLE_SIGNING, digest: await pushBlob(client.session, 'team/cosign', payload), size: payload.length, annotations };
    const config = {
      mediaType: 'application/vnd.oci.image.config.v1+json',
      digest: await pushBlob(client.session, 'team/cosign', json({})),
      size: 2,
    };
    const manifest = json({ schemaVersion: 2, mediaType: MANIFEST, config, layers: [blob] });
    await putManifest(client.session, 'team/cosign', `${digest.replace(':', '-')}.sig`, MANIFEST, manifest);
    const { valid, by, present } = await ask(reference);
    assert.deepEqual([valid, by, present.map(({ kind }) => kind)], ['valid', 'release', ['cosign']]);
  });

  test('what refers to an image: a bundle and a signature of Notation', async () => {
    const { digest, mediaType, size, reference } = await newImage('team/referrers');
    const subject = { digest, mediaType, size };
    const attach = (artifactType: string, type: string, bytes: Uint8Array): Promise<Digest> =>
      attachArtifact(client, 'team/referrers', subject, { artifactType, mediaType: type, bytes, annotations: {}, title: 'signature' });
    await attach(NOTATION, 'application/jose+json', json(notationEnvelope(signer, [signer], subject)));
    const first = await ask(reference);
    assert.deepEqual([first.valid, first.by], ['valid', 'O=Acme, CN=release']);
    await attach(BUNDLE, BUNDLE, json(keyBundle(key, statement([digest]))));
    await attach(BUNDLE, BUNDLE, Buffer.from('{'));
    const { present } = await ask(reference);
    assert.deepEqual(present.map(({ kind, validity }) => `${kind} ${validity}`).toSorted(), [
      'notation valid',
      'sigstore-bundle invalid',
      'sigstore-bundle valid',
    ]);
  });
});
