import assert from 'node:assert/strict';
import test from 'node:test';
import type { ImagePath } from '../../../../../../src/foundation/model/brand.ts';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/language/perl-cpan.ts';
import { analyzeText, assertSurvives, assertWants, summarize } from '../../../../../support/analyzer-laws.ts';

const FOLDER = 'usr/local/lib/perl5/site_perl/x86_64-linux/.meta/HTTP-Message-6.44';
const INSTALL = '{"name":"HTTP::Message","dist":"HTTP-Message-6.44","version":"6.44","provides":{}}';
const META =
  '{"name":"HTTP-Message","version":6.44,"license":["perl_5","unknown"],"prereqs":{"runtime":{"requires":{"perl":"5.008","URI":"1.10"}},"test":{"requires":{"Test::More":0}}}}';

test('wants the records of cpanm', () => {
  assertWants(
    analyzer,
    [`${FOLDER}/install.json`, `${FOLDER}/MYMETA.json`, '.meta/A-1/install.json'],
    ['install.json', 'a/MYMETA.json', `${FOLDER}/META.json`],
  );
});

test('the distribution that was installed, with what the other file adds', () => {
  const encoder = new TextEncoder();
  const both = analyzer.analyze({ path: `${FOLDER}/install.json` as ImagePath, bytes: encoder.encode(INSTALL), companion: encoder.encode(META) });
  assert.deepEqual(both.value.packages, [{ type: 'cpan', name: 'HTTP-Message', version: '6.44', licenses: ['perl_5'], dependencies: ['URI'] }]);
  assert.deepEqual(analyzeText(analyzer, `${FOLDER}/install.json`, INSTALL).value.packages, [
    { type: 'cpan', name: 'HTTP-Message', version: '6.44' },
  ]);
  assert.deepEqual(summarize(analyzeText(analyzer, `${FOLDER}/MYMETA.json`, META)), ['HTTP-Message 6.44']);
});

test('files that cannot be read', () => {
  for (const text of ['', '[]', '{']) assert.equal(analyzeText(analyzer, `${FOLDER}/install.json`, text).problems.length, 1);
  assert.deepEqual(summarize(analyzeText(analyzer, `${FOLDER}/install.json`, '{"dist":"none"}')), []);
});

test('damage of any kind', () => {
  assertSurvives(analyzer, `${FOLDER}/install.json`, INSTALL);
  assertSurvives(analyzer, `${FOLDER}/MYMETA.json`, META);
});
