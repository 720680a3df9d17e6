import assert from 'node:assert/strict';
import test from 'node:test';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/language/python-egg.ts';
import { analyzeText, assertSurvives, assertWants, summarize } from '../../../../../support/analyzer-laws.ts';
import { buildZip } from '../../../../../support/zip-builder.ts';

const PATH = 'usr/lib/python3/site-packages/thing-1.0-py3.11.egg';
function zipOf(files: Readonly<Record<string, string>>): Uint8Array {
  return buildZip(Object.entries(files).map(([name, content]) => ({ name, content })));
}

const EGG = zipOf({ 'EGG-INFO/PKG-INFO': 'Metadata-Version: 1.0\nName: thing\nVersion: 1.0\nLicense: MIT\n', 'thing.py': 'x = 1\n' });

test('wants eggs of one file', () => {
  assertWants(analyzer, [PATH], ['x/thing.egg/EGG-INFO/PKG-INFO', 'x/thing.egg-info', 'x/thing.egg-link']);
});

test('the metadata in the archive', () => {
  assert.deepEqual(analyzeText(analyzer, PATH, EGG), {
    value: { packages: [{ type: 'pypi', name: 'thing', version: '1.0', licenses: ['MIT'], insideArchive: 'EGG-INFO/PKG-INFO' }] },
    problems: [],
  });
});

test('another kind of file, and an egg without metadata', () => {
  assert.deepEqual(summarize(analyzeText(analyzer, PATH, 'an egg')), []);
  assert.deepEqual(summarize(analyzeText(analyzer, PATH, zipOf({ 'x.py': '' }))), ['! the Python egg has no EGG-INFO/PKG-INFO']);
  assert.deepEqual(summarize(analyzeText(analyzer, PATH, zipOf({ 'EGG-INFO/PKG-INFO': 'Name: a\n' }))), [
    "! the distribution's metadata has no version",
  ]);
});

test('survives damage', () => {
  assertSurvives(analyzer, PATH, EGG);
});
