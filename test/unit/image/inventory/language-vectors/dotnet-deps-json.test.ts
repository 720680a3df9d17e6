import { analyzer as dotnetDepsJson } from '../../../../../src/image/inventory/analyzers/language/dotnet-deps-json.ts';
import { testVectors } from '../../../../support/language-vectors.ts';

/** Files of other scanners' tests, good and bad ones: what each lists, by the reading of a human. */
testVectors(dotnetDepsJson, 'app/x.deps.json', [
  { file: 'scalibr:language/dotnet/depsjson/testdata/empty', packages: [] },
  { file: 'scalibr:language/dotnet/depsjson/testdata/invalid', packages: [], problems: 1 },
  { file: 'scalibr:language/dotnet/depsjson/testdata/nopackagename', packages: ['AWSSDK.Core 3.7.10.6'], problems: 1 },
  { file: 'scalibr:language/dotnet/depsjson/testdata/valid', packages: ['AWSSDK.Core 3.7.10.6', 'Microsoft.Extensions.DependencyInjection 6.0.0'] },
  { file: 'syft:dotnet/testdata/deps-with-referenceassembly/MyApp.deps.json', packages: ['Newtonsoft.Json 13.0.3'] },
  {
    file: 'syft:dotnet/testdata/dir-example-1/TestLibrary.deps.json',
    packages: 10,
    has: ['AWSSDK.Core 3.7.10.6', 'Microsoft.Extensions.Options 6.0.0', 'Serilog.Sinks.Console 4.0.1'],
  },
  { file: 'syft:dotnet/testdata/glob-paths/src/something.deps.json', packages: [], problems: 1 },
  {
    file: 'syft:internal/dotnet/pe/testdata/net8-app-single-file.deps.json',
    packages: 51,
    has: ['Microsoft.NETCore.App.Runtime.win-x64 8.0.14', 'Humanizer.Core.ku 2.14.1', 'Newtonsoft.Json 13.0.3'],
  },
  { file: 'trivy:dotnet/core_deps/testdata/ambiguous-root.deps.json', packages: ['Newtonsoft.Json 13.0.3'] },
  { file: 'trivy:dotnet/core_deps/testdata/happy.deps.json', packages: ['Newtonsoft.Json 13.0.1'] },
  { file: 'trivy:dotnet/core_deps/testdata/invalid.deps.json', packages: [], problems: 1 },
  { file: 'trivy:dotnet/core_deps/testdata/missing-target.deps.json', packages: ['Newtonsoft.Json 13.0.1'] },
  { file: 'trivy:dotnet/core_deps/testdata/multi-project.deps.json', packages: ['Newtonsoft.Json 13.0.3'] },
  { file: 'trivy:dotnet/core_deps/testdata/no-libraries.deps.json', packages: [] },
  {
    file: 'trivy:dotnet/core_deps/testdata/self-contained.deps.json',
    packages: ['Newtonsoft.Json 13.0.1', 'Microsoft.NETCore.App.Runtime.linux-x64 8.0.0', 'Microsoft.AspNetCore.App.Runtime.linux-x64 8.0.0'],
  },
  {
    file: 'trivy:dotnet/core_deps/testdata/without-runtime.deps.json',
    packages: ['JsonDiffPatch 2.0.61', 'Libuv 1.9.1', 'System.Collections.Immutable 1.3.0'],
  },
]);
