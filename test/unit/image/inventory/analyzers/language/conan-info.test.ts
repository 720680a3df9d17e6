import assert from 'node:assert/strict';
import test from 'node:test';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/language/conan-info.ts';
import { analyzeText, assertSurvives, assertWants, summarize } from '../../../../../support/analyzer-laws.ts';

const PATH = 'root/.conan/data/zlib/1.2.13/_/_/package/9d1f/conaninfo.txt';
const INFO = '[settings]\n    os=Linux\n[full_requires]\n    bzip2/1.0.8:abc\n\n[options]\n    a/b=1\n';

test('name and version of the folders, with what it needs', () => {
  assertWants(analyzer, [PATH], ['conaninfo.txt', 'build/conaninfo.txt', 'a/package/conaninfo.txt.bak']);
  assert.deepEqual(analyzeText(analyzer, PATH, INFO).value.packages, [{ type: 'conan', name: 'zlib', version: '1.2.13', dependencies: ['bzip2'] }]);
  assert.deepEqual(summarize(analyzeText(analyzer, 'x/package/a/b/conaninfo.txt', INFO)), []);
});

test('damage of any kind', () => {
  assertSurvives(analyzer, 'root/.conan/data/zlib/1.2.13/_/_/package/9d1f/conaninfo.txt', INFO);
});
