import assert from 'node:assert/strict';
import test from 'node:test';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/language/lua-rockspec.ts';
import { analyzeText, assertSurvives, assertWants, summarize } from '../../../../../support/analyzer-laws.ts';

const PATH = 'usr/local/lib/luarocks/rocks-5.4/lpeg/1.0.2-1/lpeg-1.0.2-1.rockspec';
const SPEC = `package = 'LPeg'
version = "1.0.2-1"
description = {
   license = 'MIT/X11'
}
dependencies = { 'lua >= 5.1' }
`;

test('wants the rockspec of an installed rock', () => {
  assertWants(analyzer, [PATH, 'x/1-1/x-1-1.rockspec'], ['lpeg-1.0.2-1.rockspec', 'app/lpeg-1.0.2-1.rockspec', 'lpeg/1.0/lpeg-1.0.2-1.rockspec']);
});

test('what a line gives, else what the folders say', () => {
  assert.deepEqual(analyzeText(analyzer, PATH, SPEC).value.packages, [{ type: 'luarocks', name: 'lpeg', version: '1.0.2-1', licenses: ['MIT/X11'] }]);
  assert.deepEqual(summarize(analyzeText(analyzer, PATH, 'local v = "9"\npackage = name\nversion = v .. "-1"\n')), ['lpeg 1.0.2-1']);
});

test('damage of any kind', () => {
  assertSurvives(analyzer, 'usr/local/lib/luarocks/rocks-5.4/lpeg/1.0.2-1/lpeg-1.0.2-1.rockspec', SPEC);
});
