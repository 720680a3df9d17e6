import assert from 'node:assert/strict';
import test from 'node:test';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/language/pipfile-lock.ts';
import { analyzeText, assertSurvives, assertWants, summarize } from '../../../../../support/analyzer-laws.ts';

const LOCK = JSON.stringify({
  _meta: { hash: { version: '==9' } },
  default: { a: { version: '==1.0.0' }, git: { ref: 'abc' }, own: { path: '.', editable: true } },
  docs: { b: { version: '===2.0.0' } },
  develop: { c: { version: '==3.0.0' } },
});

test('wants the lock file of a project', () => {
  assertWants(analyzer, ['Pipfile.lock', 'app/Pipfile.lock'], ['app/Pipfile', 'app/pipfile.lock', 'aPipfile.lock']);
});

test('pinned packages of all groups but the one of development', () => {
  assert.deepEqual(summarize(analyzeText(analyzer, 'Pipfile.lock', LOCK)), ['a 1.0.0', 'b 2.0.0']);
  assert.deepEqual(summarize(analyzeText(analyzer, 'Pipfile.lock', '[]')), ["! Pipenv's lock file is not a JSON object"]);
});

test('survives damage', () => {
  assertSurvives(analyzer, 'Pipfile.lock', LOCK);
});
