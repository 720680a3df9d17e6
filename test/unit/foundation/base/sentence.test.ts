import assert from 'node:assert/strict';
import test from 'node:test';
import { toSentence } from '../../../../src/foundation/base/sentence.ts';

test('what was the end of a message becomes a sentence; names and code stay as they are', () => {
  assert.deepEqual(
    [
      'the policy is told to a key only',
      'The policy was read.',
      'harbor.example.com refused to answer (403)',
      'docker-credential-x failed: is it installed?',
      'cannot be read: “no”',
      'x',
      '',
    ].map(toSentence),
    [
      'The policy is told to a key only.',
      'The policy was read.',
      'harbor.example.com refused to answer (403).',
      'docker-credential-x failed: is it installed?',
      'Cannot be read: “no”.',
      'x.',
      '',
    ],
  );
});
