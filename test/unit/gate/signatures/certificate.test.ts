import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  extendedKeyUsageOf,
  identitiesOf,
  issuerOf,
  keyUsageOf,
  parseCertificate,
  parseCertificates,
  pathLengthOf,
  subjectOf,
} from '../../../../src/gate/signatures/certificate.ts';
import { childrenOf, oidOf, readDer, textOfDer } from '../../../../src/gate/signatures/der.ts';
import { fingerprintOf, isSignedBy, parsePublicKey } from '../../../../src/gate/signatures/keys.ts';
import { buildCertificate, CODE_SIGNING, fingerprintOfKey, makeKey, tlv } from '../../../support/certificate-builder.ts';

const root = buildCertificate({ subject: 'C=DE, O=Acme, CN=root', key: makeKey(), isAuthority: true, pathLength: 3 });
const leaf = buildCertificate({
  subject: 'CN=leaf',
  key: makeKey(),
  issuer: root,
  serial: Buffer.from([0x00, 0xab, 0x01]),
  extendedKeyUsage: [CODE_SIGNING],
  uris: ['https://a/b'],
  mails: ['a@b'],
  oidcIssuer: 'https://issuer',
  oldOidcIssuer: 'https://old',
});

test('what a certificate says', () => {
  const [own, authority] = [parseCertificate(leaf.der), parseCertificate(root.der)];
  assert.ok(own !== undefined && authority !== undefined);
  assert.equal(subjectOf(authority), 'C=DE, O=Acme, CN=root');
  assert.equal(pathLengthOf(authority), 3);
  assert.deepEqual([...(keyUsageOf(authority) ?? [])], [5, 6]);
  assert.deepEqual([own.serial, own.fingerprint, issuerOf(own)], ['ab01', leaf.fingerprint, 'https://issuer']);
  assert.deepEqual(identitiesOf(own), ['https://a/b', 'a@b']);
  assert.deepEqual([extendedKeyUsageOf(own), [...(keyUsageOf(own) ?? [])], pathLengthOf(own)], [[CODE_SIGNING], [0], undefined]);
  assert.equal(Math.round((own.notAfter.getTime() - own.notBefore.getTime()) / 86_400_000), 2);
  assert.equal(own.signatureAlgorithm, '1.2.840.10045.4.3.2');
});

test('PEM', () => {
  assert.equal(parseCertificates(leaf.pem + root.pem)?.length, 2);
  assert.equal(parseCertificates(`${leaf.pem}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----`), undefined);
  assert.equal(parseCertificates('nothing'), undefined);
});

test('an extension that is there twice makes it no certificate', () => {
  const twice = buildCertificate({ key: makeKey(), oidcIssuer: 'a' });
  assert.ok(parseCertificate(twice.der) !== undefined);
  const authorityKey = twice.der.indexOf(Buffer.from('0603551d23', 'hex'));
  assert.ok(authorityKey > 0);
  const changed = Buffer.from(twice.der);
  // What names the issuer's key becomes another that names the own one.
  changed[authorityKey + 4] = 0x0e;
  assert.equal(parseCertificate(changed), undefined);
});

test('cut off anywhere, or any bytes: no certificate, and nothing is thrown', () => {
  for (let length = 0; length < leaf.der.length; length++) assert.equal(parseCertificate(leaf.der.subarray(0, length)), undefined);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(leaf.der.length), fc.nat(255), (bytes, at, value) => {
      readDer(bytes);
      parseCertificate(bytes);
      const changed = Buffer.from(leaf.der);
      changed[at] = value;
      const read = parseCertificate(changed);
      if (read !== undefined)
        assert.ok([identitiesOf(read), issuerOf(read), keyUsageOf(read), extendedKeyUsageOf(read), pathLengthOf(read), subjectOf(read)].length > 0);
    }),
  );
});

test('DER', () => {
  assert.equal(readDer(Buffer.from([0x30, 0x80, 0, 0])), undefined);
  assert.equal(readDer(Buffer.from([0x30, 0x85, 0, 0, 0, 0, 0])), undefined);
  assert.equal(readDer(Buffer.from([0x1f, 0x01, 0x00])), undefined);
  assert.equal(readDer(Buffer.from([0x05, 0x00, 0x05, 0x00])), undefined);
  assert.equal(oidOf(readDer(tlv(0x06, Buffer.from('2b0601040183bf300108', 'hex')))), '1.3.6.1.4.1.57264.1.8');
  assert.equal(oidOf(readDer(tlv(0x06, Buffer.from([0x2a, 0x86])))), undefined);
  assert.equal(oidOf(readDer(tlv(0x06, Buffer.alloc(20, 0xff)))), undefined);
  assert.equal(textOfDer(readDer(tlv(0x1e, Buffer.from([0, 65, 0, 66])))), 'AB');
  assert.equal(textOfDer(readDer(tlv(0x0c, Buffer.from([0xff])))), undefined);
  assert.equal(childrenOf(readDer(tlv(0x30, Buffer.from([1])))), undefined);
});

test('keys that can be used, and those that cannot', () => {
  for (const kind of ['P-256', 'P-384', 'P-521', 'ed25519', 'rsa-2048'] as const) {
    const { pem } = makeKey(kind);
    const key = parsePublicKey(pem);
    assert.ok(typeof key !== 'string', kind);
    assert.equal(fingerprintOf(key), fingerprintOfKey(pem));
    assert.equal(isSignedBy(key, Buffer.from('x'), Buffer.alloc(64)), false);
  }
  const refuse = (pem: string, why: RegExp): void => {
    const answer = parsePublicKey(pem);
    assert.match(typeof answer === 'string' ? answer : 'it is taken', why);
  };
  const { privateKey } = makeKey();
  refuse(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), /private key/);
  refuse(makeKey('rsa-1024').pem, /1024 bits/);
  refuse(makeKey('secp256k1').pem, /secp256k1/);
  refuse('-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----', /cannot|can be read/);
  refuse(makeKey().pem + makeKey().pem, /more than one/);
  refuse(root.pem, /no public key/);
});
