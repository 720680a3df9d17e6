import assert from 'node:assert/strict';
import test from 'node:test';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/language/rebar-lock.ts';
import { analyzeText, assertSurvives, assertWants, summarize } from '../../../../../support/analyzer-laws.ts';

const LOCK = `{"1.2.0",
[{<<"certifi">>,{pkg,<<"certifi">>,<<"2.9.0">>},0},
 {<<"own">>,
  {git,"https://example.com/x.git",
       {ref,"0123456789abcdef"}},
  0},
 {<<"local">>, {pkg, <<"real">>, <<"1.0.0">>, <<"hash">>}, 1}]}.
[
{pkg_hash,[
 {<<"certifi">>, <<"6F2A475689DD47F19FB74334859D460A2DC4E3252A3324BD2111B8F0429E7E21">>}]}
].
`;

test('wants the lock file of a project', () => {
  assertWants(analyzer, ['rebar.lock', 'app/rebar.lock'], ['app/_build/default/lib/a/rebar.lock', 'app/deps/a/rebar.lock', 'app/rebar.config']);
});

test('packages of the registry, by their name there', () => {
  const result = analyzeText(analyzer, 'rebar.lock', LOCK);
  assert.deepEqual(summarize(result), ['certifi 2.9.0', 'real 1.0.0']);
  assert.deepEqual(result.value.packages?.[0], { type: 'hex', name: 'certifi', version: '2.9.0', declaredOnly: true });
  assert.deepEqual(summarize(analyzeText(analyzer, 'rebar.lock', '[].\n')), []);
  assert.deepEqual(summarize(analyzeText(analyzer, 'rebar.lock', 'bad')), ["! rebar3's lock file is not an Erlang term"]);
});

test('survives damage', () => {
  assertSurvives(analyzer, 'rebar.lock', LOCK);
});
