import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderSignatures } from '../../../src/evidence/signature-report.ts';
import type { Digest } from '../../../src/foundation/model/brand.ts';
import type { FoundSignature, SignatureCheck } from '../../../src/foundation/model/signature.ts';

const found: FoundSignature = {
  kind: 'notation',
  location: `referrer sha256:${'c'.repeat(64)}`,
  claimedSigner: 'CN=eve\u001B[2J\u202E',
  validity: 'untrusted',
  reason: 'it leads to none of the trusted certificates',
};
const check: SignatureCheck = {
  schemaVersion: 1,
  reference: 'registry.example.com/team/app:1',
  digest: `sha256:${'a'.repeat(64)}` as Digest,
  present: [found],
  valid: 'untrusted',
  reason: 'A signature is there, and is not trusted.',
  problems: [{ code: 'network', message: 'The list could not be read.' }],
};

test('json is the answer itself, its most important members first', () => {
  const text = renderSignatures('json', check);
  assert.deepEqual(JSON.parse(text), check);
  assert.match(text, /^\{\n {2}"schemaVersion": 1,\n {2}"reference"/);
});

test('the table says what is there and what of it holds', () => {
  const text = renderSignatures('table', check);
  assert.match(text, /^NOT TRUSTED {2}registry\.example\.com\/team\/app:1\nA signature is there, and is not trusted\./);
  assert.match(text, /untrusted {2}Notation signature, referrer sha256:c/);
  assert.match(text, /Could not be read or checked\n {2}The list could not be read\./);
  // Who pushed it wrote this.
  assert.ok(!/[\u001B\u202E]/.test(text));
  assert.match(text, /It says that it is by CN=eve/);
});

test('a hundred of them do not fill the screen', () => {
  const text = renderSignatures('table', { ...check, present: Array.from({ length: 100 }, () => found) });
  assert.match(text, /Signatures that are there \(100\)[^]*and 90 more/);
});

test('every answer has a headline', () => {
  const first = (['valid', 'invalid', 'untrusted', 'absent', 'unknown'] as const).map(
    (valid) => renderSignatures('table', { ...check, valid, by: 'release', signedAt: '2026-01-01T00:00:00.000Z' }).split('  ')[0],
  );
  assert.deepEqual(first, ['SIGNED AND VALID', 'NOT VALID', 'NOT TRUSTED', 'NOT SIGNED', 'NOT KNOWN']);
});
