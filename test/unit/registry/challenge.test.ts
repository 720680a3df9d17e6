import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseChallenges } from '../../../src/registry/challenge.ts';

const read = (header: string): unknown => parseChallenges(header).map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)]);

test('a bearer challenge with commas and escapes in its values', () => {
  const header = 'Bearer realm="https://auth.example.com/token?a=1,2",Service="a \\"b\\"", scope=repository:x:pull';
  assert.deepEqual(read(header), [['bearer', { realm: 'https://auth.example.com/token?a=1,2', service: 'a "b"', scope: 'repository:x:pull' }]]);
});

test('several challenges', () => {
  assert.deepEqual(read('Basic realm="x", Bearer realm="y"'), [
    ['basic', { realm: 'x' }],
    ['bearer', { realm: 'y' }],
  ]);
});

test('what is no challenge', () => {
  assert.deepEqual(read(''), []);
  assert.deepEqual(read('="x"'), []);
  assert.deepEqual(read('realm="x"'), []);
  assert.deepEqual(read('Bearer realm="never closed'), [['bearer', { realm: '' }]]);
});

test('law: any header is read, and soon', () => {
  fc.assert(fc.property(fc.string(), (text) => Array.isArray(parseChallenges(text))));
  assert.ok(Array.isArray(parseChallenges('Bearer '.repeat(100_000))));
  assert.ok(Array.isArray(parseChallenges(`Bearer a="${'\\'.repeat(100_000)}`)));
});
