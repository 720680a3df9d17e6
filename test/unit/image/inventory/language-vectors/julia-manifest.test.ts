import { analyzer as juliaManifest } from '../../../../../src/image/inventory/analyzers/language/julia-manifest.ts';
import { testVectors } from '../../../../support/language-vectors.ts';

/** Files of other scanners' tests, good and bad ones: what each lists, by the reading of a human. */
testVectors(juliaManifest, 'Manifest.toml', [
  { file: 'scalibr:language/julia/manifesttoml/testdata/git-dependency-with-commit.toml', packages: ['DataStructures 0.17.0', 'Unregistered 0.2.0'] },
  { file: 'scalibr:language/julia/manifesttoml/testdata/more-than-two-dependencies.toml', packages: ['TOML 2.0.0', 'JSON 1.0.0'] },
  { file: 'scalibr:language/julia/manifesttoml/testdata/no-dependency.toml', packages: [] },
  { file: 'scalibr:language/julia/manifesttoml/testdata/no-version-dependency.toml', packages: [] },
  { file: 'scalibr:language/julia/manifesttoml/testdata/not-toml.txt', packages: [], problems: 1 },
  { file: 'scalibr:language/julia/manifesttoml/testdata/only-version-dependency.toml', packages: ['JSON 0.20.0'] },
  { file: 'trivy:julia/manifest/testdata/dep_ext_v1.9/Manifest.toml', packages: ['AbstractFFTs 1.3.1'] },
  { file: 'trivy:julia/manifest/testdata/julia_v1.0_format/Manifest.toml', packages: [] },
  { file: 'trivy:julia/manifest/testdata/missed-child-dep/Manifest.toml', packages: [] },
  { file: 'trivy:julia/manifest/testdata/multiple-same-deps/Manifest.toml', packages: [] },
  { file: 'trivy:julia/manifest/testdata/no_deps_v1.6/Manifest.toml', packages: [] },
  { file: 'trivy:julia/manifest/testdata/no_deps_v1.9/Manifest.toml', packages: [] },
  { file: 'trivy:julia/manifest/testdata/primary/Manifest_v1.6.toml', packages: ['JSON 0.21.4', 'Parsers 2.4.2'] },
  { file: 'trivy:julia/manifest/testdata/primary/Manifest_v1.8.toml', packages: 6, has: ['JSON 0.21.4', 'Preferences 1.4.0', 'TOML 1.0.0'] },
  { file: 'trivy:julia/manifest/testdata/shadowed_dep_v1.9/Manifest.toml', packages: [] },
]);
