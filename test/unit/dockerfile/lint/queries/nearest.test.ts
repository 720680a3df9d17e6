import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { nearestOf } from '../../../../../src/dockerfile/lint/queries/nearest.ts';

const words = ['COPY', 'CMD', 'ENV', 'ENTRYPOINT', 'USER'];

test('the word that is meant is found, whatever its case', () => {
  assert.equal(nearestOf('COYP', words), 'COPY');
  assert.equal(nearestOf('entrypont', words), 'ENTRYPOINT');
  assert.equal(nearestOf('EVN', words), 'ENV');
  assert.equal(nearestOf('biuld', ['builder', 'build']), 'build');
});

test('nothing is made of words that are too different or too short', () => {
  for (const word of ['X', '', 'INCLUDE', 'UVW', 'e'.repeat(1000)]) assert.equal(nearestOf(word, words), undefined);
  assert.equal(nearestOf('APP_HOMEXY', ['APP_HOME'], 1), undefined);
});

test('a word is nearest to itself, and one letter away from itself without a letter', () => {
  const word = fc.stringMatching(/^[a-z]{5,20}$/);
  fc.assert(
    fc.property(word, fc.array(word), fc.nat(4), (typed, others, at) => {
      assert.equal(nearestOf(typed, [...others, typed]), typed);
      assert.equal(nearestOf(typed.slice(0, at) + typed.slice(at + 1), [typed], 1), typed);
    }),
  );
});
