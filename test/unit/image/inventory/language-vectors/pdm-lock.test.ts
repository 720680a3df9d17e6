import { analyzer as pdmLock } from '../../../../../src/image/inventory/analyzers/language/pdm-lock.ts';
import { testVectors } from '../../../../support/language-vectors.ts';

/** Files of other scanners' tests, good and bad ones: what each lists, by the reading of a human. */
testVectors(pdmLock, 'app/pdm.lock', [
  { file: 'scalibr:language/python/pdmlock/testdata/dev-dependency.toml', packages: ['toml 0.10.2'] },
  { file: 'scalibr:language/python/pdmlock/testdata/empty-file.toml', packages: [] },
  { file: 'scalibr:language/python/pdmlock/testdata/empty.toml', packages: [] },
  { file: 'scalibr:language/python/pdmlock/testdata/git-dependency.toml', packages: ['toml 0.10.2'] },
  { file: 'scalibr:language/python/pdmlock/testdata/names-outside-package-block.toml', packages: ['first-pkg 1.0.0', 'second-pkg 2.0.0'] },
  { file: 'scalibr:language/python/pdmlock/testdata/not-toml.txt', packages: [], problems: 1 },
  { file: 'scalibr:language/python/pdmlock/testdata/optional-dependency.toml', packages: ['pyroute2 0.7.11', 'toml 0.10.2', 'win-inet-pton 1.1.0'] },
  { file: 'scalibr:language/python/pdmlock/testdata/single-package.toml', packages: ['toml 0.10.2'] },
  { file: 'scalibr:language/python/pdmlock/testdata/two-packages.toml', packages: ['six 1.16.0', 'toml 0.10.2'] },
  { file: 'syft:python/testdata/glob-paths/src/pdm.lock', packages: [], problems: 1 },
  { file: 'syft:python/testdata/pdm-lock-extras/pdm.lock', packages: [] },
  { file: 'syft:python/testdata/pdm-lock-separate-files/pdm.lock', packages: 57, has: ['anyio 3.6.1', 'packaging 21.3', 'wcwidth 0.2.5'] },
  {
    file: 'syft:python/testdata/pdm-lock/pdm.lock',
    packages: ['certifi 2025.1.31', 'chardet 3.0.4', 'charset-normalizer 2.0.12', 'idna 2.7', 'requests 2.27.1', 'urllib3 1.26.20'],
  },
  { file: 'syft:python/testdata/pypi-remote/pdm.lock', packages: ['certifi 2025.10.5'] },
]);
