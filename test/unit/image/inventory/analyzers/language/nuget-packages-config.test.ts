import assert from 'node:assert/strict';
import test from 'node:test';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/language/nuget-packages-config.ts';
import { analyzeText, assertSurvives, assertWants, summarize } from '../../../../../support/analyzer-laws.ts';

const CONFIG = `<?xml version="1.0"?>
<packages>
  <!-- <package id="Commented" version="1.0" /> -->
  <package id="A.B" version="1.0.0" targetFramework="net45" />
  <package version='2.0.0'
           id='C&amp;D'/>
  <package id="Tool" version="3.0.0" developmentDependency="true" />
  <package id="NoVersion" />
</packages>
`;

test('wants the file of a project', () => {
  assertWants(analyzer, ['packages.config', 'src/packages.config'], ['src/Mypackages.config', 'src/nuget.config']);
});

test('packages, without those for development and those in comments', () => {
  assert.deepEqual(summarize(analyzeText(analyzer, 'packages.config', CONFIG)), ['A.B 1.0.0', 'C&D 2.0.0', '! a package has no version']);
  assert.equal(analyzeText(analyzer, 'packages.config', CONFIG).value.packages?.[0]?.declaredOnly, true);
  assert.deepEqual(summarize(analyzeText(analyzer, 'packages.config', 'x')), ['! the list of NuGet packages has no element of that name']);
});

test('survives damage', () => {
  assertSurvives(analyzer, 'packages.config', CONFIG);
});
