import { analyzer as pylockToml } from '../../../../../src/image/inventory/analyzers/language/pylock-toml.ts';
import { testVectors } from '../../../../support/language-vectors.ts';

/** Files of other scanners' tests, good and bad ones: what each lists, by the reading of a human. */
testVectors(pylockToml, 'app/pylock.toml', [
  {
    file: 'scalibr:language/python/pylock/testdata/commits.toml',
    packages: [
      'click 8.2.1',
      'mleroc 0.1.0',
      'packaging 24.2',
      'pathspec 0.12.1',
      'python-dateutil 2.9.0.post0',
      'scikit-learn 1.6.1',
      'tqdm 4.67.1',
    ],
  },
  { file: 'scalibr:language/python/pylock/testdata/empty.toml', packages: [] },
  { file: 'scalibr:language/python/pylock/testdata/example.toml', packages: ['attrs 25.1.0', 'cattrs 24.1.2', 'numpy 2.2.3'] },
  { file: 'scalibr:language/python/pylock/testdata/names-outside-package-block.toml', packages: ['first-pkg 1.0.0', 'second-pkg 2.0.0'] },
  { file: 'scalibr:language/python/pylock/testdata/not-toml.txt', packages: [], problems: 1 },
  { file: 'scalibr:language/python/pylock/testdata/pdm-full.toml', packages: 10, has: ['certifi 2025.1.31', 'py 1.4.34', 'urllib3 1.26.20'] },
  {
    file: 'scalibr:language/python/pylock/testdata/pip-full.toml',
    packages: ['annotated-types 0.7.0', 'packaging 25.0', 'pyproject-toml 0.1.0', 'setuptools 80.9.0', 'wheel 0.45.1'],
  },
  { file: 'scalibr:language/python/pylock/testdata/pip-just-self.toml', packages: [] },
  { file: 'trivy:python/pylock/testdata/pylock.toml', packages: 9, has: ['attrs 25.4.0', 'requests 2.32.5', 'ham 3.0.0'] },
  { file: 'trivy:python/pylock/testdata/sad.toml', packages: [], problems: 1 },
]);
