import assert from 'node:assert/strict';
import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { test } from 'node:test';
import { isEd25519phSignature } from '../../../../src/gate/signatures/ed25519ph.ts';

/** The vector of RFC 8032, section 7.3. */
const SECRET = Buffer.from('833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42', 'hex');
const SIGNATURE = Buffer.from(
  '98a70222f0b8121aa9d30f813d683f809e462b469c7ff87639499bb94e6dae4131f85042463c2a355a2003d062adf5aaa10b8c61e636062aaad11c2a26083406',
  'hex',
);
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;

function publicBytes(secret: Uint8Array): Buffer {
  const key: KeyObject = createPrivateKey({
    key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), secret]),
    format: 'der',
    type: 'pkcs8',
  });
  return createPublicKey(key).export({ type: 'spki', format: 'der' }).subarray(-32);
}

const key = publicBytes(SECRET);
const message = Buffer.from('abc');

test('the vector of the RFC', () => {
  assert.equal(key.toString('hex').slice(0, 16), 'ec172b93ad5e563b');
  assert.equal(isEd25519phSignature(key, message, SIGNATURE), true);
});

test('any other bit in the signature, the key or the message', () => {
  for (let bit = 0; bit < 512; bit += 7) assert.equal(isEd25519phSignature(key, message, flip(SIGNATURE, bit)), false, String(bit));
  for (let bit = 0; bit < 256; bit += 11) assert.equal(isEd25519phSignature(flip(key, bit), message, SIGNATURE), false, String(bit));
  assert.equal(isEd25519phSignature(key, Buffer.from('abd'), SIGNATURE), false);
  assert.equal(isEd25519phSignature(key, createHash('sha512').update(message).digest(), SIGNATURE), false);
});

test('what is written otherwise than it must be', () => {
  for (const length of [0, 31, 32, 63, 65])
    assert.equal(isEd25519phSignature(key, message, Buffer.concat([SIGNATURE, Buffer.alloc(1)]).subarray(0, length)), false);
  assert.equal(isEd25519phSignature(key.subarray(1), message, SIGNATURE), false);
  // The same number but for a multiple of the order.
  const s = BigInt(`0x${Buffer.from(SIGNATURE.subarray(32)).reverse().toString('hex')}`) + ORDER;
  const larger = Buffer.concat([SIGNATURE.subarray(0, 32), Buffer.from(s.toString(16).padStart(64, '0'), 'hex').reverse()]);
  assert.equal(isEd25519phSignature(key, message, larger), false);
  assert.equal(isEd25519phSignature(Buffer.alloc(32, 0xff), message, SIGNATURE), false);
});

function flip(bytes: Uint8Array, bit: number): Buffer {
  const changed = Buffer.from(bytes);
  changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return changed;
}
