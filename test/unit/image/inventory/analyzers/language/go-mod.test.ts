import assert from 'node:assert/strict';
import test from 'node:test';
import type { ImagePath } from '../../../../../../src/foundation/model/brand.ts';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/language/go-mod.ts';
import { analyzeText, assertSurvives, assertWants, summarize } from '../../../../../support/analyzer-laws.ts';

const MOD = `module example.com/app // the module

go 1.21
toolchain go1.21.3

require example.com/a v1.0.0
require (
	"example.com/b" v0.0.0-20200804184101-5ec99f83aff1 // indirect
	example.com/c/v3 v3.1.0+incompatible
	// example.com/no v9.9.9
	example.com/d v1.0.0
	example.com/e v1.0.0
	example.com/f v1.0.0
)
replace example.com/c/v3 => example.com/fork/v3 v3.2.0
replace (
	example.com/d v1.0.0 => ./d
	example.com/e v2.0.0 => ./e
)
exclude example.com/f v1.0.0
retract [v1.0.0, v1.9.9]
`;

test('wants module files, but not those of the cache, of vendored modules and of Go itself', () => {
  assertWants(
    analyzer,
    ['go.mod', 'src/go.mod', 'go/src/app/go.sum', 'usr/local/app/go.mod'],
    [
      'xgo.mod',
      'go.mod.bak',
      'root/go/pkg/mod/example.com/a@v1/go.mod',
      'usr/local/go/src/go.mod',
      'usr/lib/go-1.19/src/go.mod',
      'a/testdata/go.mod',
      'a/vendor/x/go.mod',
    ],
  );
});

test('what is required, replaced and excluded', () => {
  assert.deepEqual(summarize(analyzeText(analyzer, 'go.mod', MOD)), [
    'example.com/a v1.0.0',
    'example.com/b v0.0.0-20200804184101-5ec99f83aff1',
    'example.com/fork/v3 v3.2.0',
    'example.com/e v1.0.0',
  ]);
  assert.equal(
    analyzeText(analyzer, 'go.mod', MOD).value.packages?.every(({ type, declaredOnly }) => type === 'golang' && declaredOnly === true),
    true,
  );
});

test('before Go 1.17 the rest is in go.sum: of each module the newest whose content was needed', () => {
  const sum = ['a v1.0.0 h1:x=', 'b v0.9.0 h1:x=', 'b v0.10.0 h1:x=', 'b v0.11.0/go.mod h1:x=', 'c v1.0.0/go.mod h1:x=', 'd v1 x', 'junk'].join('\n');
  const analyze = (mod: string): readonly string[] =>
    summarize(analyzer.analyze({ path: 'go.mod' as ImagePath, bytes: new TextEncoder().encode(mod), companion: new TextEncoder().encode(sum) }));
  assert.deepEqual(analyze('go 1.16\nrequire a v1.2.0\n'), ['a v1.2.0', 'b v0.10.0']);
  assert.deepEqual(analyze('require a v1.2.0\n'), ['a v1.2.0', 'b v0.10.0']);
  assert.deepEqual(analyze('go 1.17\nrequire a v1.2.0\n'), ['a v1.2.0']);
  assert.deepEqual(summarize(analyzeText(analyzer, 'go.sum', sum)), ['a v1.0.0', 'b v0.10.0']);
});

test('lines that are none of a go.mod are told with their number', () => {
  const { problems } = analyzeText(analyzer, 'go.mod', 'module x\nthis is none\nrequire a\nrequire (\nb v1.0.0 x\n)\nreplace a b\n');
  assert.deepEqual(
    problems.map(({ line }) => line),
    [2, 3, 5, 7],
  );
});

test('damage of any kind', () => {
  assertSurvives(analyzer, 'go.mod', MOD);
  assertSurvives(analyzer, 'go.sum', 'a v1.0.0 h1:x=\nb v0.9.0/go.mod h1:x=\n');
});
