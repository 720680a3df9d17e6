import assert from 'node:assert/strict';
import test from 'node:test';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/language/dotnet-deps-json.ts';
import { analyzeText, assertSurvives, assertWants, summarize } from '../../../../../support/analyzer-laws.ts';

const PATH = 'app/Web.deps.json';
const DEPS = JSON.stringify({
  runtimeTarget: { name: '.NETCoreApp,Version=v8.0/linux-x64', signature: '' },
  targets: {
    '.NETCoreApp,Version=v8.0': {},
    '.NETCoreApp,Version=v8.0/linux-x64': {
      'Web/1.0.0': { dependencies: { 'Newtonsoft.Json': '13.0.1' }, runtime: { 'Web.dll': {} } },
      'Newtonsoft.Json/13.0.1': { dependencies: { B: '1', A: '1' }, runtime: { 'lib/net6.0/Newtonsoft.Json.dll': {} } },
      'Native/1.0.0': { runtimeTargets: { 'runtimes/linux-x64/native/x.so': {} } },
      'Build.Only/2.0.0': { compile: { 'x.dll': {} } },
      'Framework.Part/4.3.0': { dependencies: {} },
      'runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/8.0.1': { runtime: {} },
    },
  },
  libraries: {
    'Web/1.0.0': { type: 'project', serviceable: false, sha512: '' },
    'Newtonsoft.Json/13.0.1': { type: 'package' },
    'Native/1.0.0': { type: 'package' },
    'Build.Only/2.0.0': { type: 'package' },
    'Framework.Part/4.3.0': { type: 'package' },
    'runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/8.0.1': { type: 'runtimepack' },
    'x/1.0.0': { type: 'reference' },
  },
});

test('wants the list of any program', () => {
  assertWants(
    analyzer,
    [PATH, 'usr/share/dotnet/shared/Microsoft.NETCore.App/8.0.1/Microsoft.NETCore.App.deps.json'],
    ['app/Web.runtimeconfig.json', 'app/deps.json'],
  );
});

test('packages whose files lie beside the program', () => {
  assert.deepEqual(analyzeText(analyzer, PATH, DEPS), {
    value: {
      packages: [
        { type: 'nuget', name: 'Newtonsoft.Json', version: '13.0.1', dependencies: ['A', 'B'] },
        { type: 'nuget', name: 'Native', version: '1.0.0' },
        { type: 'nuget', name: 'Microsoft.NETCore.App.Runtime.linux-x64', version: '8.0.1' },
      ],
    },
    problems: [],
  });
});

test('a shared framework is a package', () => {
  const id = 'Microsoft.NETCore.App.Runtime.linux-x64/8.0.1';
  const text = JSON.stringify({
    runtimeTarget: { name: 't' },
    targets: { t: { [id]: { runtime: { 'a.dll': {} } } } },
    libraries: { [id]: { type: 'package' } },
  });
  assert.deepEqual(summarize(analyzeText(analyzer, PATH, text)), ['Microsoft.NETCore.App.Runtime.linux-x64 8.0.1']);
});

test('without a target all packages count; what is of another form is no list', () => {
  assert.deepEqual(summarize(analyzeText(analyzer, PATH, '{"libraries":{"a/1":{"type":"package"},"b":{"type":"package"},"c/1":7}}')), [
    'a 1',
    '! the library "b" has no version',
  ]);
  assert.deepEqual(
    summarize(analyzeText(analyzer, PATH, '{"runtimeTarget":{"name":"__proto__"},"targets":{},"libraries":{"a/1":{"type":"package"}}}')),
    ['a 1'],
  );
  assert.deepEqual(analyzeText(analyzer, PATH, '[]'), { value: {}, problems: [] });
});

test('survives damage', () => {
  assertSurvives(analyzer, PATH, DEPS);
});
