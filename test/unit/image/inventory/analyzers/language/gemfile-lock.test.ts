import assert from 'node:assert/strict';
import test from 'node:test';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/language/gemfile-lock.ts';
import { analyzeText, assertSurvives, assertWants, summarize } from '../../../../../support/analyzer-laws.ts';

const LOCK = `GIT
  remote: https://example.com/a.git
  revision: 0123
  specs:
    a (1.0.0.alpha1)
      b (~> 2.0)

PATH
  remote: .
  specs:
    own (0.1.0)

GEM
  remote: https://example.com/
  specs:
    b (2.0.0)
      nokogiri
      zeitwerk (>= 1, < 3)
    nokogiri (1.16.0)
    nokogiri (1.16.0-x86_64-linux)
      racc (~> 1.4)

PLATFORMS
  ruby

DEPENDENCIES
  a!
  b (= 9.9)

CHECKSUMS
  b (2.0.0) sha256=abc

BUNDLED WITH
   2.5.3
`;

test('wants the lock file of a project', () => {
  assertWants(
    analyzer,
    ['Gemfile.lock', 'app/Gemfile.lock', 'app/gems.locked'],
    ['usr/local/bundle/gems/a-1.0/Gemfile.lock', 'app/Gemfile', 'app/XGemfile.lock'],
  );
});

test('gems of every source, each once whatever it was built for', () => {
  for (const text of [LOCK, LOCK.replaceAll('\n', '\r\n')]) {
    assert.deepEqual(analyzeText(analyzer, 'Gemfile.lock', text), {
      value: {
        packages: [
          { type: 'gem', name: 'a', version: '1.0.0.alpha1', declaredOnly: true, dependencies: ['b'] },
          { type: 'gem', name: 'own', version: '0.1.0', declaredOnly: true },
          { type: 'gem', name: 'b', version: '2.0.0', declaredOnly: true, dependencies: ['nokogiri', 'zeitwerk'] },
          { type: 'gem', name: 'nokogiri', version: '1.16.0', declaredOnly: true },
        ],
      },
      problems: [],
    });
  }
});

test('the marks of a merge are told, and what stands around them read', () => {
  assert.deepEqual(summarize(analyzeText(analyzer, 'Gemfile.lock', 'GEM\n  specs:\n    a (1.0)\n<<<<<<< HEAD\nGEM\n    b (2.0)\n')), [
    'a 1.0',
    'b 2.0',
    '! a line is not the heading of a section',
  ]);
});

test('survives damage', () => {
  assertSurvives(analyzer, 'Gemfile.lock', LOCK);
});
