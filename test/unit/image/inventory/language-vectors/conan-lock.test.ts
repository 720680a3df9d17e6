import { analyzer as conanLock } from '../../../../../src/image/inventory/analyzers/language/conan-lock.ts';
import { testVectors } from '../../../../support/language-vectors.ts';

/** Files of other scanners' tests, good and bad ones: what each lists, by the reading of a human. */
testVectors(conanLock, 'conan.lock', [
  { file: 'scalibr:language/cpp/conanlock/testdata/empty.v1.json', packages: [] },
  { file: 'scalibr:language/cpp/conanlock/testdata/empty.v1.revisions.json', packages: [] },
  { file: 'scalibr:language/cpp/conanlock/testdata/empty.v2.json', packages: [] },
  {
    file: 'scalibr:language/cpp/conanlock/testdata/nested-dependencies.v1.json',
    packages: ['freetype 2.12.1', 'libpng 1.6.39', 'zlib 1.2.13', 'bzip2 1.0.8', 'brotli 1.0.9'],
  },
  {
    file: 'scalibr:language/cpp/conanlock/testdata/nested-dependencies.v1.revisions.json',
    packages: ['freetype 2.12.1', 'libpng 1.6.39', 'zlib 1.2.13', 'bzip2 1.0.8', 'brotli 1.0.9'],
  },
  {
    file: 'scalibr:language/cpp/conanlock/testdata/nested-dependencies.v2.json',
    packages: ['zlib 1.2.13', 'libpng 1.6.39', 'freetype 2.12.1', 'bzip2 1.0.8', 'brotli 1.0.9'],
  },
  { file: 'scalibr:language/cpp/conanlock/testdata/no-name.v1.json', packages: ['zlib 1.2.11'], problems: 1 },
  { file: 'scalibr:language/cpp/conanlock/testdata/no-name.v1.revisions.json', packages: ['zlib 1.2.11'], problems: 1 },
  { file: 'scalibr:language/cpp/conanlock/testdata/no-name.v2.json', packages: ['zlib 1.2.11'], problems: 1 },
  { file: 'scalibr:language/cpp/conanlock/testdata/not-json.txt', packages: [], problems: 1 },
  { file: 'scalibr:language/cpp/conanlock/testdata/null.v2.jsontest', packages: [], problems: 1 },
  { file: 'scalibr:language/cpp/conanlock/testdata/old-format-0.0.json', packages: ['zlib 1.2.11'] },
  { file: 'scalibr:language/cpp/conanlock/testdata/old-format-0.1.json', packages: ['zlib 1.2.11'] },
  { file: 'scalibr:language/cpp/conanlock/testdata/old-format-0.2.json', packages: ['zlib 1.2.11'] },
  { file: 'scalibr:language/cpp/conanlock/testdata/old-format-0.3.json', packages: ['zlib 1.2.11'] },
  { file: 'scalibr:language/cpp/conanlock/testdata/one-package-dev.v1.json', packages: [] },
  { file: 'scalibr:language/cpp/conanlock/testdata/one-package-dev.v1.revisions.json', packages: [] },
  { file: 'scalibr:language/cpp/conanlock/testdata/one-package-dev.v2.json', packages: [] },
  { file: 'scalibr:language/cpp/conanlock/testdata/one-package.v1.json', packages: ['zlib 1.2.11'] },
  { file: 'scalibr:language/cpp/conanlock/testdata/one-package.v1.revisions.json', packages: ['zlib 1.2.11'] },
  { file: 'scalibr:language/cpp/conanlock/testdata/one-package.v2.json', packages: ['zlib 1.2.11'] },
  { file: 'scalibr:language/cpp/conanlock/testdata/two-packages.v1.json', packages: ['zlib 1.2.11', 'bzip2 1.0.8'] },
  { file: 'scalibr:language/cpp/conanlock/testdata/two-packages.v1.revisions.json', packages: ['zlib 1.2.11', 'bzip2 1.0.8'] },
  { file: 'scalibr:language/cpp/conanlock/testdata/two-packages.v2.json', packages: ['zlib 1.2.11', 'bzip2 1.0.8'] },
  { file: 'syft:cpp/testdata/conan.lock', packages: 6, has: ['mfast 1.2.2', 'bzip2 1.0.8', 'tinyxml2 9.0.0'] },
  { file: 'syft:cpp/testdata/conanlock-v2/conan.lock', packages: ['sound32 1.0', 'matrix 1.1'] },
  { file: 'syft:cpp/testdata/corrupt/conan.lock', packages: [], problems: 1 },
  { file: 'syft:cpp/testdata/glob-paths/somewhere/src/conan.lock', packages: [], problems: 1 },
]);
