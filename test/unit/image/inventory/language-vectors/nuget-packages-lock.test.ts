import { analyzer as nugetPackagesLock } from '../../../../../src/image/inventory/analyzers/language/nuget-packages-lock.ts';
import { testVectors } from '../../../../support/language-vectors.ts';

/** Files of other scanners' tests, good and bad ones: what each lists, by the reading of a human. */
testVectors(nugetPackagesLock, 'app/packages.lock.json', [
  { file: 'scalibr:language/dotnet/packageslockjson/testdata/invalid/invalid', packages: [], problems: 1 },
  {
    file: 'scalibr:language/dotnet/packageslockjson/testdata/valid/packages.lock.json',
    packages: [
      'Core.Dep 1.24.0',
      'Some.Dep.One 1.1.1',
      'Some.Dep.Two 4.6.0',
      'Some.Dep.Three 1.0.2',
      'Some.Dep.Four 4.5.0',
      'Some.Longer.Name.Dep 4.7.2',
      'Some.Dep.Five 4.7.2',
      'Another.Longer.Name.Dep 4.5.4',
    ],
  },
  { file: 'syft:dotnet/testdata/glob-paths/src/packages.lock.json', packages: [], problems: 1 },
  {
    file: 'syft:dotnet/testdata/image-net8-app-no-depjson/src/packages.lock.json',
    packages: 51,
    has: ['Humanizer 2.14.1', 'Humanizer.Core.ko-KR 2.14.1', 'Humanizer.Core.zh-Hant 2.14.1'],
  },
  {
    file: 'syft:dotnet/testdata/image-net8-app-self-contained/src/packages.lock.json',
    packages: 51,
    has: ['Humanizer 2.14.1', 'Humanizer.Core.ko-KR 2.14.1', 'Humanizer.Core.zh-Hant 2.14.1'],
  },
  {
    file: 'syft:dotnet/testdata/image-net8-app-single-file-linux/src/packages.lock.json',
    packages: 51,
    has: ['Humanizer 2.14.1', 'Humanizer.Core.ko-KR 2.14.1', 'Humanizer.Core.zh-Hant 2.14.1'],
  },
  {
    file: 'syft:dotnet/testdata/image-net8-app-single-file/src/packages.lock.json',
    packages: 51,
    has: ['Humanizer 2.14.1', 'Humanizer.Core.ko-KR 2.14.1', 'Humanizer.Core.zh-Hant 2.14.1'],
  },
  {
    file: 'syft:dotnet/testdata/image-net8-app-with-runtime-nodepsjson/src/packages.lock.json',
    packages: 51,
    has: ['Humanizer 2.14.1', 'Humanizer.Core.ko-KR 2.14.1', 'Humanizer.Core.zh-Hant 2.14.1'],
  },
  {
    file: 'syft:dotnet/testdata/image-net8-app-with-runtime/src/packages.lock.json',
    packages: 51,
    has: ['Humanizer 2.14.1', 'Humanizer.Core.ko-KR 2.14.1', 'Humanizer.Core.zh-Hant 2.14.1'],
  },
  {
    file: 'syft:dotnet/testdata/image-net8-app/src/packages.lock.json',
    packages: 51,
    has: ['Humanizer 2.14.1', 'Humanizer.Core.ko-KR 2.14.1', 'Humanizer.Core.zh-Hant 2.14.1'],
  },
  {
    file: 'syft:dotnet/testdata/packages.lock.json',
    packages: 9,
    has: ['AutoMapper 13.0.1', 'Microsoft.Extensions.Logging 9.0.0', 'log4net 1.2.15'],
  },
  { file: 'trivy:nuget/lock/testdata/packages_lock_legacy.json', packages: ['AWSSDK.Core 3.5.1.30', 'Newtonsoft.Json 12.0.3'] },
  {
    file: 'trivy:nuget/lock/testdata/packages_lock_multi.json',
    packages: 40,
    has: ['AWSSDK.Core 3.5.1.30', 'System.Net.Primitives 4.3.0', 'System.Threading.Tasks.Extensions 4.5.2'],
  },
  { file: 'trivy:nuget/lock/testdata/packages_lock_simple.json', packages: ['Newtonsoft.Json 12.0.3', 'NuGet.Frameworks 5.7.0'] },
  {
    file: 'trivy:nuget/lock/testdata/packages_lock_subdependencies.json',
    packages: [
      'Newtonsoft.Json 12.0.3',
      'NuGet.Frameworks 5.7.0',
      'Swashbuckle.AspNetCore 5.5.1',
      'Microsoft.Extensions.ApiDescription.Server 3.0.0',
      'Microsoft.OpenApi 1.1.4',
      'Swashbuckle.AspNetCore.Swagger 5.5.1',
      'Swashbuckle.AspNetCore.SwaggerGen 5.5.1',
      'Swashbuckle.AspNetCore.SwaggerUI 5.5.1',
    ],
  },
]);
