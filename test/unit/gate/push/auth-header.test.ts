import assert from 'node:assert/strict';
import test from 'node:test';
import { toAuthHeader } from '../../../../src/gate/push/auth-header.ts';

const decode = (header: string): unknown => JSON.parse(Buffer.from(header, 'base64url').toString());

test('what the engine signs in with', () => {
  const basic = { kind: 'basic', username: 'ann', password: 'a:b' } as const;
  assert.deepEqual(decode(toAuthHeader(basic, 'harbor.example')), { username: 'ann', password: 'a:b', serveraddress: 'harbor.example' });
  assert.deepEqual(decode(toAuthHeader(basic, 'docker.io')), { username: 'ann', password: 'a:b', serveraddress: 'https://index.docker.io/v1/' });
  assert.deepEqual(decode(toAuthHeader({ kind: 'identity-token', token: 't' }, 'r.example')), { identitytoken: 't', serveraddress: 'r.example' });
  assert.deepEqual(decode(toAuthHeader({ kind: 'registry-token', token: 't' }, 'r.example')), { registrytoken: 't', serveraddress: 'r.example' });
});

test('nobody is an empty object: engines refuse a push without the header', () => {
  assert.equal(toAuthHeader(undefined, 'r.example'), 'e30=');
});

test('the alphabet is that of addresses, with padding', () => {
  const header = toAuthHeader({ kind: 'basic', username: '~~~???', password: 'ÿÿÿ>>>' }, 'r.example');
  assert.match(header, /^[A-Za-z0-9_-]+={0,2}$/);
  assert.equal(header.length % 4, 0);
});
