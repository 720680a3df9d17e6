import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { verifySignatures } from '../../../src/engine/verify-signatures.ts';
import { parseCertificates } from '../../../src/gate/signatures/certificate.ts';
import { parsePublicKey } from '../../../src/gate/signatures/keys.ts';
import type { TrustedCertificate, TrustedKey, TrustRule } from '../../../src/gate/signatures/trust.ts';
import {
  buildCertificate,
  fingerprintOfKey,
  makeKey,
  type BuiltCertificate,
  type CertificateOptions,
  type KeyPair,
} from '../../support/certificate-builder.ts';
import { startMemoryRegistry, type MemoryRegistry } from '../../support/memory-registry.ts';
import * as make from '../../support/signature-builder.ts';

let registry: MemoryRegistry;
let count = 0;

before(async () => {
  registry = await startMemoryRegistry();
});

after(() => registry.close());

/** An image of its own for each case. */
function newImage(): { readonly repository: string; readonly image: make.Descriptor; readonly reference: string } {
  const repository = `team/app-${++count}`;
  return { repository, image: make.putImage(registry, repository, '1'), reference: `${registry.host}/${repository}:1` };
}

function trust(rule: Partial<TrustRule>): readonly TrustRule[] {
  return [{ match: ['*'], keys: [], identities: [], notation: [], revoked: [], problems: [], ...rule }];
}

function trusted({ pem }: KeyPair, rest: Partial<TrustedKey> = {}): TrustedKey {
  const publicKey = parsePublicKey(pem);
  if (typeof publicKey === 'string') assert.fail(publicKey);
  return { name: 'release', publicKey, ...rest };
}

const ask = (reference: string, rules: readonly TrustRule[], now?: Date) =>
  verifySignatures(reference, rules, { credentialFor: () => Promise.resolve(undefined), ...(now === undefined ? {} : { now }) });

const DAY_MS = 86_400_000;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const dayFromNow = (days: number): string => {
  const day = new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
  assert.match(day, DAY);
  return day;
};
const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

describe('signatures of cosign under a tag', () => {
  test('every kind of key', async () => {
    for (const [kind, hash] of [['P-256'], ['P-384'], ['P-384', 'sha384'], ['P-521', 'sha512'], ['ed25519'], ['rsa-2048']] as const) {
      const { repository, image, reference } = newImage();
      const key = makeKey(kind);
      make.putCosign(registry, repository, image.digest, [make.cosignLayer(key, image.digest, hash)]);
      const check = await ask(reference, trust({ keys: [trusted(key)] }));
      assert.deepEqual([kind, check.valid, check.by, check.digest, check.present.length], [kind, 'valid', 'release', image.digest, 1]);
    }
  });

  test('there and valid are two answers', async () => {
    const { repository, image, reference } = newImage();
    const rules = trust({ keys: [trusted(makeKey())] });
    assert.equal((await ask(reference, rules)).valid, 'absent');
    make.putCosign(registry, repository, image.digest, [{ payload: Buffer.from('garbage'), annotations: {} }]);
    const check = await ask(reference, rules);
    assert.deepEqual([check.valid, check.present.map(({ kind, validity }) => [kind, validity])], ['invalid', [['cosign', 'invalid']]]);
  });

  test('what is not for this image, by this key, or as it was made', async () => {
    const key = makeKey();
    const other = make.cosignPayload(`sha256:${'0'.repeat(64)}`);
    const own = (digest: string) => make.cosignLayer(key, digest);
    const cases: readonly (readonly [string, (digest: string) => make.CosignLayer, string])[] = [
      ['invalid', () => ({ payload: other, annotations: { [SIGNATURE]: make.signBytes(key, other) } }), 'another image'],
      ['untrusted', (digest) => make.cosignLayer(makeKey(), digest), 'none of the trusted keys'],
      ['untrusted', (digest) => ({ ...own(digest), annotations: { [SIGNATURE]: flip(own(digest).annotations[SIGNATURE] ?? '') } }), 'changed since'],
      ['untrusted', (digest) => ({ ...own(digest), payload: make.cosignPayload(digest, 'https://sigstore.dev/cosign/sign/v1') }), 'changed since'],
      ['invalid', (digest) => ({ ...own(digest), payload: make.cosignPayload(digest, 'atomic container signature') }), 'no signature of cosign'],
      ['invalid', (digest) => ({ ...own(digest), annotations: { [SIGNATURE]: 'not base64!' } }), 'no signature with it'],
      ['invalid', (digest) => ({ ...own(digest), annotations: {} }), 'no signature with it'],
      ['invalid', (digest) => ({ ...own(digest), mediaType: 'application/json' }), 'application/json'],
      [
        'invalid',
        (digest) => ({ ...own(digest), annotations: { ...own(digest).annotations, [CERTIFICATE]: '-----BEGIN CERTIFICATE-----' } }),
        'certificate',
      ],
    ];
    for (const [expected, layer, why] of cases) {
      const { repository, image, reference } = newImage();
      make.putCosign(registry, repository, image.digest, [layer(image.digest)]);
      const { valid, reason } = await ask(reference, trust({ keys: [trusted(key)] }));
      assert.deepEqual([valid, reason.includes(why)], [expected, true], `${why}: ${reason}`);
    }
  });

  test('a valid one counts, whatever else is there', async () => {
    const { repository, image, reference } = newImage();
    const key = makeKey();
    const layers = [make.cosignLayer(makeKey(), image.digest), { payload: Buffer.from('{'), annotations: {} }, make.cosignLayer(key, image.digest)];
    make.putCosign(registry, repository, image.digest, layers);
    const check = await ask(reference, trust({ keys: [trusted(key)] }));
    assert.deepEqual([check.valid, check.present.map(({ validity }) => validity)], ['valid', ['untrusted', 'invalid', 'valid']]);
  });

  test('a thousand signatures are not all looked at, and that is said', async () => {
    const { repository, image, reference } = newImage();
    const key = makeKey();
    const layer = make.cosignLayer(makeKey(), image.digest);
    make.putCosign(registry, repository, image.digest, [...Array.from({ length: 1000 }, () => layer), make.cosignLayer(key, image.digest)]);
    const asked = registry.asked.length;
    const check = await ask(reference, trust({ keys: [trusted(key)] }));
    assert.deepEqual([check.valid, check.problems[0]?.code, check.present.length], ['unknown', 'limit-exceeded', 100]);
    // The payload is the same each time.
    assert.ok(registry.asked.length - asked < 10);
  });

  test('nobody is believed where nothing says whom', async () => {
    const { repository, image, reference } = newImage();
    const key = makeKey();
    make.putCosign(registry, repository, image.digest, [make.cosignLayer(key, image.digest)]);
    assert.equal((await ask(reference, [])).valid, 'unknown');
    assert.equal((await ask(reference, trust({ match: ['registry.example.com'], keys: [trusted(key)] }))).valid, 'unknown');
    assert.equal((await ask(reference, trust({ match: [registry.host], keys: [trusted(key)] }))).valid, 'valid');
  });

  test('the first rule for a place counts', async () => {
    const { repository, image, reference } = newImage();
    const key = makeKey();
    make.putCosign(registry, repository, image.digest, [make.cosignLayer(key, image.digest)]);
    const [lax] = trust({ keys: [trusted(key)] });
    const [strict] = trust({ match: [`${registry.host}/team`], keys: [trusted(makeKey())] });
    const [elsewhere] = trust({ match: [`${registry.host}/tea`], keys: [] });
    assert.ok(lax !== undefined && strict !== undefined && elsewhere !== undefined);
    assert.equal((await ask(reference, [strict, lax])).valid, 'untrusted');
    assert.equal((await ask(reference, [elsewhere, lax])).valid, 'valid');
  });
});

describe('rotation and revocation', () => {
  test('a key counts while its window is open; without a time that others vouch for, now', async () => {
    const { repository, image, reference } = newImage();
    const key = makeKey();
    make.putCosign(registry, repository, image.digest, [make.cosignLayer(key, image.digest)]);
    const validity = async (window: Partial<TrustedKey>) => (await ask(reference, trust({ keys: [trusted(key, window)] }))).valid;
    assert.equal(await validity({ notAfter: dayFromNow(0), notBefore: dayFromNow(0) }), 'valid');
    assert.equal(await validity({ notAfter: dayFromNow(-1) }), 'untrusted');
    assert.equal(await validity({ notBefore: dayFromNow(1) }), 'untrusted');
    const twice = trust({ keys: [trusted(key, { notAfter: dayFromNow(-1) }), trusted(key, { name: 'again', notBefore: dayFromNow(-1) })] });
    assert.equal((await ask(reference, twice)).by, 'again');
  });

  test('what a log saw in time counts after the key was rotated out', async () => {
    const { repository, image, reference } = newImage();
    const sigstore = make.createSigstore();
    const key = makeKey();
    const layer = make.cosignLayer(key, image.digest);
    const signature = layer.annotations[SIGNATURE] ?? '';
    const at = new Date(Date.now() - 10 * DAY_MS);
    const log = sigstore.logAnnotation(make.hashedRekord(layer.payload, signature, buildCertificate({ key })), at);
    make.putCosign(registry, repository, image.digest, [{ ...layer, annotations: { ...layer.annotations, [LOG]: log } }]);
    const trustRoot = JSON.stringify(sigstore.trustRoot);
    const answer = async (rest: Partial<TrustedKey>) => ask(reference, trust({ keys: [trusted(key, rest)] }));
    const check = await answer({ trustRoot, notAfter: dayFromNow(-5) });
    assert.deepEqual([check.valid, check.signedAt?.slice(0, 10)], ['valid', dayFromNow(-10)]);
    assert.equal((await answer({ notAfter: dayFromNow(-5) })).valid, 'untrusted');
    assert.equal((await answer({ trustRoot, notAfter: dayFromNow(-11) })).valid, 'untrusted');
    assert.equal((await answer({ trustRoot, notBefore: dayFromNow(-9) })).valid, 'untrusted');
    // A log that nobody named proves no time.
    const foreign = JSON.stringify(make.createSigstore().trustRoot);
    assert.equal((await answer({ trustRoot: foreign, notAfter: dayFromNow(-5) })).valid, 'untrusted');
    assert.equal((await answer({ trustRoot: foreign })).valid, 'valid');
    assert.equal((await answer({ trustRoot: '{"tlogs":7}' })).valid, 'unknown');
  });

  test('keys, signatures and images that are revoked', async () => {
    const { repository, image, reference } = newImage();
    const key = makeKey();
    const manifest = make.putCosign(registry, repository, image.digest, [make.cosignLayer(key, image.digest)]);
    for (const revoked of [fingerprintOfKey(key.pem), manifest, image.digest]) {
      const check = await ask(reference, trust({ keys: [trusted(key)], revoked: [`sha256:${'1'.repeat(64)}`, revoked] }));
      assert.deepEqual([check.valid, /revoked/.test(check.reason), check.by], ['untrusted', true, undefined]);
    }
  });
});

describe('sigstore bundles', () => {
  test('a key: as cosign signs now', async () => {
    for (const [kind, hash] of [['P-256'], ['P-384', 'sha384'], ['ed25519'], ['rsa-2048']] as const) {
      const { repository, image, reference } = newImage();
      const key = makeKey(kind);
      make.putReferrer(registry, repository, image, make.BUNDLE, make.BUNDLE, json(make.keyBundle(key, make.statement([image.digest]), hash)));
      const check = await ask(reference, trust({ keys: [trusted(key)] }));
      assert.deepEqual([kind, check.valid, check.by, check.present[0]?.kind], [kind, 'valid', 'release', 'sigstore-bundle']);
    }
  });

  test('what it is about, and who made it', async () => {
    const key = makeKey();
    const none = `sha256:${'0'.repeat(64)}`;
    const cases: readonly (readonly [string, (image: make.Descriptor) => Record<string, unknown>, string])[] = [
      ['valid', ({ digest }) => make.keyBundle(key, make.statement([none, digest, digest])), 'release'],
      ['invalid', () => make.keyBundle(key, make.statement([none])), 'another image'],
      ['invalid', () => make.keyBundle(key, make.statement([])), 'another image'],
      ['invalid', () => make.keyBundle(key, Buffer.from('{}')), 'no in-toto statement'],
      ['absent', ({ digest }) => make.keyBundle(key, make.statement([digest], 'https://slsa.dev/provenance/v1')), 'attestations (1)'],
      ['untrusted', ({ digest }) => make.keyBundle(makeKey(), make.statement([digest])), 'none of the trusted keys'],
      [
        'invalid',
        ({ digest }) => ({ ...make.keyBundle(makeKey(), make.statement([digest])), ...materialOf(make.keyBundle(key, make.statement([digest]))) }),
        'did not sign',
      ],
      ['invalid', ({ digest }) => ({ ...make.keyBundle(key, make.statement([digest])), mediaType: 'application/json' }), 'no sigstore bundle'],
      ['invalid', ({ digest }) => withPayload(make.keyBundle(key, make.statement([none])), make.statement([digest])), 'did not sign'],
    ];
    for (const [expected, bundle, why] of cases) {
      const { repository, image, reference } = newImage();
      make.putReferrer(registry, repository, image, make.BUNDLE, make.BUNDLE, json(bundle(image)));
      const { valid, reason } = await ask(reference, trust({ keys: [trusted(key)] }));
      assert.deepEqual([valid, reason.includes(why)], [expected, true], `${why}: ${reason}`);
    }
  });

  test("a signature of the image's own bytes", async () => {
    const { repository, image, reference } = newImage();
    const key = makeKey();
    const bytes = registry.repositories.get(repository)?.manifests.get(image.digest)?.bytes ?? Buffer.alloc(0);
    make.putReferrer(registry, repository, image, make.BUNDLE, make.BUNDLE, json(make.messageBundle(key, bytes)));
    assert.equal((await ask(reference, trust({ keys: [trusted(key)] }))).valid, 'valid');
    const other = newImage();
    make.putReferrer(registry, other.repository, other.image, make.BUNDLE, make.BUNDLE, json(make.messageBundle(key, Buffer.from('else'))));
    assert.equal((await ask(other.reference, trust({ keys: [trusted(key)] }))).valid, 'invalid');
  });

  test('cut off anywhere it is invalid, and nothing is thrown', async () => {
    const { repository, image, reference } = newImage();
    const key = makeKey();
    const whole = json(make.keyBundle(key, make.statement([image.digest])));
    for (let length = 0; length < whole.length; length += 97)
      make.putReferrer(registry, repository, image, make.BUNDLE, make.BUNDLE, whole.subarray(0, length));
    const check = await ask(reference, trust({ keys: [trusted(key)] }));
    assert.deepEqual([check.valid, new Set(check.present.map(({ validity }) => validity))], ['invalid', new Set(['invalid'])]);
  });
});

describe('signers without a key of their own', () => {
  const sigstore = make.createSigstore();
  const trustRoot = JSON.stringify(sigstore.trustRoot);
  const identity = { issuer: make.ISSUER, subject: make.WORKFLOW, trustRoot };
  type Options = NonNullable<Parameters<typeof make.keylessBundle>[2]>;

  async function check(options: Options, rule: Partial<TrustRule>) {
    const results = [];
    for (const isBundle of [true, false]) {
      const { repository, image, reference } = newImage();
      if (isBundle) {
        const bundle = make.keylessBundle(sigstore, make.statement([image.digest]), options);
        make.putReferrer(registry, repository, image, make.BUNDLE, make.BUNDLE, json(bundle));
      } else make.putCosign(registry, repository, image.digest, [make.keylessLayer(sigstore, image.digest, options)]);
      const { valid, by, signedAt, reason } = await ask(reference, trust(rule));
      results.push({ valid, by, signedAt: signedAt?.slice(0, 10), reason });
    }
    return results;
  }

  const validity = async (options: Options, rule: Partial<TrustRule>) => (await check(options, rule)).map(({ valid }) => valid);

  test('the identity, who vouches for it, and the log', async () => {
    const by = `${make.WORKFLOW} (${make.ISSUER})`;
    const results = await check({}, { identities: [identity] });
    assert.deepEqual(
      results.map(({ valid, by: who, signedAt }) => [valid, who, signedAt]),
      [
        ['valid', by, dayFromNow(0)],
        ['valid', by, dayFromNow(0)],
      ],
      JSON.stringify(results),
    );
    const pattern = { ...identity, subject: 'https://forge.example.com/acme/*/release.yml@refs/**' };
    assert.deepEqual(await validity({}, { identities: [{ ...identity, issuer: 'https://else' }, pattern] }), ['valid', 'valid']);
    const old = sigstore.issue({ oidcIssuer: undefined as never, oldOidcIssuer: make.ISSUER });
    assert.deepEqual(await validity({ certificate: old }, { identities: [identity] }), ['valid', 'valid']);
    const mail = sigstore.issue({ uris: [], mails: ['ann@example.com'] });
    assert.deepEqual(await validity({ certificate: mail }, { identities: [{ ...identity, subject: 'ann@example.com' }] }), ['valid', 'valid']);
  });

  test('another identity, issuer, authority or log', async () => {
    const both = ['untrusted', 'untrusted'];
    assert.deepEqual(await validity({}, { identities: [{ ...identity, subject: 'https://forge.example.com/*' }] }), both);
    assert.deepEqual(await validity({}, { identities: [{ ...identity, issuer: 'https://token.example.com/' }] }), both);
    assert.deepEqual(await validity({}, { keys: [trusted(makeKey())] }), both);
    assert.deepEqual(await validity({}, { identities: [{ ...identity, trustRoot: JSON.stringify(make.createSigstore().trustRoot) }] }), both);
    const noLog = { ...sigstore.trustRoot, tlogs: make.createSigstore().trustRoot['tlogs'] };
    assert.deepEqual(await validity({}, { identities: [{ ...identity, trustRoot: JSON.stringify(noLog) }] }), both);
    assert.deepEqual(await validity({}, { identities: [{ ...identity, trustRoot: 'null' }] }), ['unknown', 'unknown']);
  });

  test('certificates that are not for this', async () => {
    const both = ['untrusted', 'untrusted'];
    const several = sigstore.issue({ uris: [make.WORKFLOW, 'https://forge.example.com/eve'] });
    assert.deepEqual(await validity({ certificate: several }, { identities: [identity] }), both);
    assert.deepEqual(await validity({ certificate: sigstore.issue({ extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'] }) }, { identities: [identity] }), both);
    assert.deepEqual(await validity({ certificate: sigstore.issue({ uris: [] }) }, { identities: [identity] }), both);
    const selfMade = buildCertificate({ key: makeKey(), uris: [make.WORKFLOW], oidcIssuer: make.ISSUER, extendedKeyUsage: ['1.3.6.1.5.5.7.3.3'] });
    assert.deepEqual(await validity({ certificate: selfMade }, { identities: [identity] }), both);
  });

  test('the time that the log saw decides: not now, and not what the signer says', async () => {
    const certificate = sigstore.issue({ notBefore: new Date(Date.now() - 30 * DAY_MS), notAfter: new Date(Date.now() - 29 * DAY_MS) });
    assert.deepEqual(await validity({ certificate, at: new Date(Date.now() - 29.5 * DAY_MS) }, { identities: [identity] }), ['valid', 'valid']);
    assert.deepEqual(await validity({ certificate }, { identities: [identity] }), ['untrusted', 'untrusted']);
    const window = { ...identity, notBefore: dayFromNow(-20) };
    assert.deepEqual(await validity({ certificate, at: new Date(Date.now() - 29.5 * DAY_MS) }, { identities: [window] }), ['untrusted', 'untrusted']);
  });

  test('certificates that are revoked', async () => {
    const certificate = sigstore.issue({ serial: Buffer.from([0x00, 0x9a, 0xbc]) });
    for (const revoked of [certificate.fingerprint, 'serial:9abc', fingerprintOfKey(certificate.key.pem)])
      assert.deepEqual(await validity({ certificate }, { identities: [identity], revoked: [revoked] }), ['untrusted', 'untrusted']);
  });

  test('a log entry of another signature, a changed signature', async () => {
    const { repository, image, reference } = newImage();
    const certificate = sigstore.issue();
    const first = make.keylessBundle(sigstore, make.statement([image.digest]), { certificate });
    const second = make.keylessBundle(sigstore, make.statement([image.digest]), { certificate });
    const { validity: swapped } = await only({ ...first, ...materialOf(second) });
    assert.equal(swapped, 'invalid');
    const envelope = first['dsseEnvelope'] as { signatures: { sig: string }[] };
    const { validity: changed, reason } = await only({
      ...first,
      dsseEnvelope: { ...envelope, signatures: [{ sig: flip(envelope.signatures[0]?.sig ?? '') }] },
    });
    assert.deepEqual([changed, /did not sign/.test(reason)], ['invalid', true]);
    const material = first['verificationMaterial'] as Record<string, unknown>;
    const { validity: unlogged } = await only({ ...first, verificationMaterial: { ...material, tlogEntries: [] } });
    assert.equal(unlogged, 'untrusted');

    async function only(bundle: Record<string, unknown>) {
      const manifest = make.putReferrer(registry, repository, image, make.BUNDLE, make.BUNDLE, json(bundle));
      const { present } = await ask(reference, trust({ identities: [identity] }));
      const found = present.find(({ location }) => location.includes(manifest));
      assert.ok(found !== undefined);
      return found;
    }
  });
});

describe('Notation', () => {
  const root = buildCertificate({ subject: 'C=DE, O=Acme, CN=root', key: makeKey(), isAuthority: true });
  const middle = buildCertificate({ subject: 'C=DE, O=Acme, CN=middle', key: makeKey(), issuer: root, isAuthority: true, pathLength: 0 });
  const leafOf = (options: Partial<CertificateOptions> = {}) =>
    buildCertificate({ subject: 'C=DE, O=Acme, CN=release', key: makeKey(), issuer: middle, extendedKeyUsage: ['1.3.6.1.5.5.7.3.3'], ...options });
  const rule = (certificate: BuiltCertificate, rest: Partial<TrustedCertificate> = {}): Partial<TrustRule> => ({
    notation: [{ name: 'acme', certificates: parseCertificates(certificate.pem) ?? [], ...rest }],
  });

  type Build = (image: make.Descriptor) => unknown;

  async function check(build: Build, trustedBy: Partial<TrustRule> = rule(root), now?: Date, mediaType = 'application/jose+json') {
    const { repository, image, reference } = newImage();
    make.putReferrer(registry, repository, image, make.NOTATION, mediaType, json(build(image)));
    return ask(reference, trust(trustedBy), now);
  }

  const plain =
    (leaf: BuiltCertificate, chain = [leaf, middle, root], options: make.NotationOptions = {}): Build =>
    (image) =>
      make.notationEnvelope(leaf, chain, image, options);

  test('chains of every kind of key', async () => {
    for (const kind of ['P-256', 'P-384', 'P-521', 'rsa-2048'] as const) {
      const leaf = leafOf({ key: makeKey(kind) });
      const answer = await check(plain(leaf));
      assert.deepEqual(
        [kind, answer.valid, answer.by, answer.present[0]?.kind],
        [kind, 'valid', 'C=DE, O=Acme, CN=release', 'notation'],
        answer.reason,
      );
    }
    const alone = buildCertificate({ subject: 'CN=alone', key: makeKey() });
    assert.equal((await check(plain(alone, [alone]), rule(alone))).valid, 'valid');
    assert.equal((await check(plain(leafOf()), rule(middle))).valid, 'valid');
  });

  test('whom it leads to', async () => {
    const other = buildCertificate({ subject: 'C=DE, O=Acme, CN=root', key: makeKey(), isAuthority: true });
    const answers = [
      await check(plain(leafOf()), rule(other)),
      await check(plain(leafOf()), {}),
      await check(plain(leafOf()), rule(root, { subject: 'O=Acme, CN=release' })),
      await check(plain(leafOf()), rule(root, { subject: 'O=Else' })),
      await check(plain(leafOf()), { ...rule(root), revoked: [middle.fingerprint] }),
      await check(plain(leafOf({ serial: Buffer.from([0x77]) })), { ...rule(root), revoked: ['serial:77'] }),
      await check(plain(leafOf()), rule(root, { notAfter: dayFromNow(-1) })),
      await check(plain(leafOf()), { notation: [...(rule(root, { notAfter: dayFromNow(-1) }).notation ?? []), ...(rule(root).notation ?? [])] }),
    ];
    assert.deepEqual(
      answers.map(({ valid }) => valid),
      ['untrusted', 'untrusted', 'valid', 'untrusted', 'untrusted', 'untrusted', 'untrusted', 'valid'],
    );
  });

  test('chains that are none', async () => {
    const leaf = leafOf();
    const server = leafOf({ extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'] });
    const loose = leafOf({ issuer: { subject: middle.subject, key: makeKey() } });
    const misnamed = leafOf({ issuer: { subject: 'CN=other', key: middle.key } });
    const weak = leafOf({ algorithm: '1.2.840.10045.4.1' });
    const mayIssue = leafOf({ isAuthority: true });
    const noUsage = leafOf({ keyUsage: undefined });
    const tooDeep = buildCertificate({ subject: 'CN=deep', key: makeKey(), issuer: middle, isAuthority: true });
    const below = leafOf({ issuer: tooDeep });
    const cases: readonly (readonly [BuiltCertificate, BuiltCertificate[]])[] = [
      [leaf, [leaf, root, middle]],
      [leaf, [leaf, middle]],
      [leaf, [leaf]],
      [server, [server, middle, root]],
      [loose, [loose, middle, root]],
      [misnamed, [misnamed, middle, root]],
      [weak, [weak, middle, root]],
      [mayIssue, [mayIssue, middle, root]],
      [noUsage, [noUsage, middle, root]],
      [below, [below, tooDeep, middle, root]],
      [leaf, [leaf, leaf, middle, root]],
    ];
    for (const [index, [signer, chain]] of cases.entries()) {
      const { valid, reason } = await check(plain(signer, chain), rule(root));
      assert.equal(valid, 'untrusted', `${index}: ${reason}`);
    }
    assert.match((await check(plain(weak, [weak, middle, root]))).reason, /a hash that is broken/);
    assert.equal((await check(plain(leafOf(), [middle, root]))).valid, 'invalid');
    const long = Array.from({ length: 11 }, () => root);
    assert.equal((await check(plain(leaf, [leaf, ...long]))).valid, 'invalid');
  });

  test('times', async () => {
    const expired = leafOf({ notBefore: new Date(Date.now() - 9 * DAY_MS), notAfter: new Date(Date.now() - DAY_MS) });
    assert.equal((await check(plain(expired))).valid, 'untrusted');
    assert.equal((await check(plain(expired), rule(root), new Date(Date.now() - 4 * DAY_MS))).valid, 'untrusted', 'the root is newer');
    const expiring = (days: number, isCritical = true): make.NotationOptions => ({
      header: {
        'io.cncf.notary.expiry': new Date(Date.now() + days * DAY_MS).toISOString(),
        crit: ['io.cncf.notary.signingScheme', ...(isCritical ? ['io.cncf.notary.expiry'] : [])],
      },
    });
    const answers = [];
    for (const options of [expiring(1), expiring(-1), expiring(1, false)]) answers.push((await check(plain(leafOf(), undefined, options))).valid);
    assert.deepEqual(answers, ['valid', 'untrusted', 'invalid']);
  });

  test('headers and what is signed', async () => {
    const header = (fields: Record<string, unknown>): make.NotationOptions => ({ header: fields });
    const scheme = 'io.cncf.notary.signingScheme';
    const cases: readonly (readonly [string, make.NotationOptions])[] = [
      ['invalid', { target: { digest: `sha256:${'0'.repeat(64)}` } }],
      ['invalid', { target: { size: 1 } }],
      ['invalid', { target: { mediaType: 'application/vnd.oci.image.index.v1+json' } }],
      ['invalid', { algorithm: 'none' }],
      ['invalid', { algorithm: 'RS256' }],
      ['invalid', { algorithm: 'ES384' }],
      ['invalid', header({ cty: 'text/plain' })],
      ['invalid', header({ crit: [] })],
      ['invalid', header({ crit: [scheme, 'x'] })],
      ['invalid', header({ crit: scheme })],
      ['invalid', header({ 'io.cncf.notary.signingTime': 'today' })],
      ['unknown', header({ crit: [scheme, 'x'], x: 1 })],
      ['unknown', header({ crit: [scheme, 'io.cncf.notary.verificationPlugin'], 'io.cncf.notary.verificationPlugin': 'com.example' })],
      ['untrusted', header({ [scheme]: 'notary.x509.signingAuthority' })],
    ];
    for (const [expected, options] of cases) {
      const { valid, reason } = await check(plain(leafOf(), undefined, options));
      assert.equal(valid, expected, `${JSON.stringify(options)}: ${reason}`);
    }
  });

  test('other envelopes', async () => {
    const leaf = leafOf();
    const envelope = (image: make.Descriptor) => make.notationEnvelope(leaf, [leaf, middle, root], image);
    assert.equal((await check((image) => ({ ...envelope(image), signature: 'AAAA' }))).valid, 'invalid');
    assert.equal((await check((image) => ({ ...envelope(image), signature: '' }))).valid, 'invalid');
    assert.equal((await check((image) => ({ ...envelope(image), header: { x5c: 'none' } }))).valid, 'invalid');
    assert.equal((await check(() => [])).valid, 'invalid');
    assert.equal((await check(envelope, rule(root), undefined, 'application/json')).valid, 'invalid');
    const cose = await check(envelope, rule(root), undefined, 'application/cose');
    assert.deepEqual([cose.valid, /COSE/.test(cose.reason)], ['unknown', true]);
  });
});

describe('a registry that does not answer as it should', () => {
  test('nothing there, nobody there, no name', async () => {
    assert.equal((await ask(`${registry.host}/team/none:1`, [])).valid, 'unknown');
    assert.equal((await ask('127.0.0.1:1/team/none:1', [])).valid, 'unknown');
    assert.equal((await ask('Not A Name', [])).valid, 'unknown');
  });

  test('what cannot be read keeps an answer from being sure, unless another is valid', async () => {
    const key = makeKey();
    const { repository, image, reference } = newImage();
    const broken = make.putReferrer(registry, repository, image, make.BUNDLE, make.BUNDLE, Buffer.from('{}'));
    registry.repositories.get(repository)?.blobs.clear();
    const first = await ask(reference, trust({ keys: [trusted(key)] }));
    assert.deepEqual([first.valid, first.present[0]?.validity, first.present[0]?.location], ['unknown', 'unknown', `referrer ${broken}`]);
    make.putCosign(registry, repository, image.digest, [make.cosignLayer(key, image.digest)]);
    assert.equal((await ask(reference, trust({ keys: [trusted(key)] }))).valid, 'valid');
  });

  test('manifests under the tag that hold no signature', async () => {
    const { repository, image, reference } = newImage();
    const tag = `${image.digest.replace(':', '-')}.sig`;
    for (const manifest of [{ schemaVersion: 2 }, { schemaVersion: 2, layers: [] }, { layers: [7] }, { layers: [{ digest: 'x', size: 1 }] }, []]) {
      registry.put(repository, tag, make.MANIFEST, manifest);
      const { valid, present } = await ask(reference, trust({ keys: [trusted(makeKey())] }));
      assert.deepEqual([valid, present.length], ['invalid', 1]);
    }
  });

  test('the answer of a cancelled question is no answer', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await assert.rejects(verifySignatures(`${registry.host}/team/none:1`, [], { signal, credentialFor: () => Promise.resolve(undefined) }), /enough/);
  });
});

const SIGNATURE = 'dev.cosignproject.cosign/signature';
const CERTIFICATE = 'dev.sigstore.cosign/certificate';
const LOG = 'dev.sigstore.cosign/bundle';

/** Changes one bit in the middle. */
function flip(base64: string): string {
  const bytes = Buffer.from(base64, 'base64');
  const middle = Math.floor(bytes.length / 2);
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  return bytes.toString('base64');
}

function materialOf(bundle: Record<string, unknown>): Record<string, unknown> {
  return { verificationMaterial: bundle['verificationMaterial'] };
}

function withPayload(bundle: Record<string, unknown>, payload: Uint8Array): Record<string, unknown> {
  return { ...bundle, dsseEnvelope: { ...(bundle['dsseEnvelope'] as object), payload: Buffer.from(payload).toString('base64') } };
}
