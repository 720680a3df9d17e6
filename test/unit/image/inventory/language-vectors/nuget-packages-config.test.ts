import { analyzer as nugetPackagesConfig } from '../../../../../src/image/inventory/analyzers/language/nuget-packages-config.ts';
import { testVectors } from '../../../../support/language-vectors.ts';

/** Files of other scanners' tests, good and bad ones: what each lists, by the reading of a human. */
testVectors(nugetPackagesConfig, 'app/packages.config', [
  { file: 'scalibr:language/dotnet/packagesconfig/testdata/invalid', packages: [], problems: 1 },
  { file: 'scalibr:language/dotnet/packagesconfig/testdata/nopackage', packages: ['Microsoft.CodeDom.Providers.DotNetCompilerPlatform 1.0.0'] },
  { file: 'scalibr:language/dotnet/packagesconfig/testdata/noversion', packages: ['Microsoft.CodeDom.Providers.DotNetCompilerPlatform 1.0.0'] },
  { file: 'scalibr:language/dotnet/packagesconfig/testdata/valid', packages: ['Microsoft.CodeDom.Providers.DotNetCompilerPlatform 1.0.0'] },
  { file: 'trivy:nuget/config/testdata/dev_dependency.config', packages: ['Newtonsoft.Json 8.0.3'] },
  { file: 'trivy:nuget/config/testdata/malformed_xml.config', packages: ['Microsoft.AspNet.WebApi 5.2.2', 'Newtonsoft.Json 6.0.4'] },
  { file: 'trivy:nuget/config/testdata/packages.config', packages: ['Microsoft.AspNet.WebApi 5.2.2', 'Newtonsoft.Json 6.0.4'] },
]);
