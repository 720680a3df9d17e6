import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Digest } from '../../../../src/foundation/model/brand.ts';
import type { FetchedManifest } from '../../../../src/registry/client.ts';
import { RegistryError, type RegistryErrorCode } from '../../../../src/registry/error.ts';
import type { Referrer } from '../../../../src/registry/referrers.ts';
import { readSignatures, signatureTag } from '../../../../src/registry/signatures/read-signatures.ts';
import type { SignatureStore } from '../../../../src/registry/signatures/signature-store.ts';

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const BUNDLE = 'application/vnd.dev.sigstore.bundle.v0.3+json';
const NOTATION = 'application/vnd.cncf.notary.signature';
const image = digestOf('image');

class MemoryStore implements SignatureStore {
  readonly manifests = new Map<string, FetchedManifest>();
  readonly blobs = new Map<string, Uint8Array>();
  readonly listed: Referrer[] = [];
  asked = 0;

  /** Under a tag, or without one among what refers to the image. */
  put(document: unknown, tag?: string, artifactType = BUNDLE): Digest {
    const bytes = Buffer.from(typeof document === 'string' ? document : JSON.stringify(document));
    const digest = digestOf(bytes);
    this.manifests.set(tag ?? digest, { digest, mediaType: MANIFEST, bytes });
    if (tag === undefined) this.listed.push({ digest, mediaType: MANIFEST, artifactType, sizeBytes: bytes.length, annotations: {} });
    return digest;
  }

  layer(text: string, rest: Record<string, unknown> = {}): Record<string, unknown> {
    const bytes = Buffer.from(text);
    this.blobs.set(digestOf(bytes), bytes);
    return { mediaType: 'text/plain', digest: digestOf(bytes), size: bytes.length, ...rest };
  }

  manifest(name: { readonly tag: string } | { readonly digest: Digest }): Promise<FetchedManifest | undefined> {
    return Promise.resolve(this.manifests.get('tag' in name ? name.tag : name.digest));
  }

  blob(digest: Digest): Promise<Uint8Array> {
    this.asked++;
    const bytes = this.blobs.get(digest);
    return bytes === undefined ? Promise.reject(new RegistryError('not-found', 'there is no such blob')) : Promise.resolve(bytes);
  }

  referrers(): Promise<readonly Referrer[]> {
    return Promise.resolve(this.listed);
  }
}

test('nothing is there', async () => {
  const { signatures, problems } = await readSignatures(new MemoryStore(), image);
  assert.deepEqual([signatures, problems], [[], []]);
});

test('each kind, where it lies, with what is noted beside it', async () => {
  const store = new MemoryStore();
  const tagged = store.put({ layers: [store.layer('one', { annotations: { a: 'b', c: 7 } }), store.layer('two')] }, signatureTag(image));
  const bundle = store.put({ layers: [store.layer('three')] });
  const notation = store.put({ layers: [store.layer('four')] }, undefined, NOTATION);
  const cosign = store.put({ layers: [store.layer('five'), store.layer('six')] }, undefined, 'application/vnd.dev.cosign.artifact.sig.v1+json');
  const { signatures, problems } = await readSignatures(store, image);
  assert.deepEqual(problems, []);
  const tag = `tag ${signatureTag(image)}`;
  assert.deepEqual(
    signatures.map(({ kind, location, manifest, annotations, content }) => [
      kind,
      location,
      manifest,
      annotations,
      Buffer.from(content.bytes ?? []).toString(),
    ]),
    [
      ['cosign', `${tag}, layer 1`, tagged, { a: 'b' }, 'one'],
      ['cosign', `${tag}, layer 2`, tagged, {}, 'two'],
      ['sigstore-bundle', `referrer ${bundle}`, bundle, {}, 'three'],
      ['notation', `referrer ${notation}`, notation, {}, 'four'],
      ['cosign', `referrer ${cosign}, layer 1`, cosign, {}, 'five'],
      ['cosign', `referrer ${cosign}, layer 2`, cosign, {}, 'six'],
    ],
  );
});

test('a list that names no type: the manifest does', async () => {
  const store = new MemoryStore();
  store.put({ artifactType: BUNDLE, layers: [store.layer('a')] }, undefined, '');
  store.put({ config: { mediaType: NOTATION }, layers: [store.layer('b')] }, undefined, '');
  store.put({ artifactType: 'application/spdx+json', layers: [store.layer('c')] }, undefined, '');
  store.put({ layers: [store.layer('d')] }, undefined, 'application/spdx+json');
  const { signatures } = await readSignatures(store, image);
  assert.deepEqual(
    signatures.map(({ kind }) => kind),
    ['sigstore-bundle', 'notation'],
  );
});

test('what is no signature is there all the same', async () => {
  const store = new MemoryStore();
  const broken = [
    'no JSON',
    {},
    { layers: 'x' },
    { layers: [] },
    { layers: [{}] },
    { layers: [store.layer('x', { size: -1 })] },
    { layers: [store.layer('x', { digest: 'sha256:x' })] },
    { layers: [store.layer('x'), store.layer('y')] },
    { layers: [store.layer('x', { size: 2 })] },
  ];
  for (const document of broken) store.put(document);
  const { signatures, problems } = await readSignatures(store, image);
  assert.deepEqual(problems, []);
  assert.deepEqual(
    signatures.map(({ content }) => content.unread !== undefined && content.isBroken),
    broken.map(() => true),
  );
});

test('bounds: how many, how large, how much in all', async () => {
  const store = new MemoryStore();
  store.put({ layers: Array.from({ length: 101 }, () => store.layer('same')) }, signatureTag(image));
  for (let index = 0; index < 101; index++) store.put({ layers: [store.layer(String(index))] });
  const { signatures, problems } = await readSignatures(store, image);
  assert.deepEqual([signatures.length, problems.map(({ code }) => code), store.asked], [200, ['limit-exceeded', 'limit-exceeded'], 101]);

  const large = new MemoryStore();
  const size = 8 * 1024 * 1024;
  large.put({ layers: [large.layer('x', { size: size + 1 })] });
  for (let index = 0; index < 9; index++) large.put({ layers: [large.layer(String(index), { size })] });
  const read = await readSignatures(large, image);
  assert.deepEqual(
    [large.asked, read.signatures.map(({ content }) => content.unread?.includes('more than a signature has'))],
    [8, [true, ...Array.from({ length: 8 }, () => false), true]],
  );
});

test('what the registry does not give is a problem, and no absence', async () => {
  const codes: readonly (readonly [RegistryErrorCode, string])[] = [
    ['forbidden', 'permission'],
    ['blocked', 'permission'],
    ['too-large', 'limit-exceeded'],
    ['malformed', 'malformed'],
    ['timeout', 'network'],
    ['rate-limited', 'network'],
  ];
  for (const [code, expected] of codes) {
    const store = new MemoryStore();
    store.manifest = () => Promise.reject(new RegistryError(code, 'no'));
    store.referrers = () => Promise.reject(new RegistryError(code, 'no'));
    const { signatures, problems } = await readSignatures(store, image);
    assert.deepEqual([signatures, problems.map((problem) => problem.code)], [[], [expected, expected]]);
  }
  const store = new MemoryStore();
  store.listed.push({ digest: image, mediaType: MANIFEST, artifactType: BUNDLE, sizeBytes: 1, annotations: {} });
  store.put({ layers: [{ mediaType: 'x', digest: image, size: 1 }] }, signatureTag(image));
  const { signatures, problems } = await readSignatures(store, image);
  assert.deepEqual([problems.length, signatures[0]?.content], [1, { unread: 'there is no such blob', isBroken: false }]);
});

test('a cancellation is thrown', async () => {
  const store = new MemoryStore();
  store.referrers = () => Promise.reject(new RegistryError('aborted', 'stop'));
  await assert.rejects(readSignatures(store, image), /stop/);
});

test('any manifest is read without throwing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), fc.jsonValue(), async (value, layer) => {
      const store = new MemoryStore();
      store.put(value, signatureTag(image));
      store.put({ layers: [layer] });
      await readSignatures(store, image);
    }),
  );
});

function digestOf(bytes: Uint8Array | string): Digest {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}` as Digest;
}
