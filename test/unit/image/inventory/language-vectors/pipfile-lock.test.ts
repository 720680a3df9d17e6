import { analyzer as pipfileLock } from '../../../../../src/image/inventory/analyzers/language/pipfile-lock.ts';
import { testVectors } from '../../../../support/language-vectors.ts';

/** Files of other scanners' tests, good and bad ones: what each lists, by the reading of a human. */
testVectors(pipfileLock, 'app/Pipfile.lock', [
  { file: 'scalibr:language/python/pipfilelock/testdata/empty-file', packages: [], problems: 1 },
  { file: 'scalibr:language/python/pipfilelock/testdata/empty.json', packages: [] },
  { file: 'scalibr:language/python/pipfilelock/testdata/minified.json', packages: ['markupsafe 2.1.1'] },
  {
    file: 'scalibr:language/python/pipfilelock/testdata/multiple-packages.json',
    packages: ['itsdangerous 2.1.2', 'pluggy 1.0.1', 'markupsafe 2.1.1'],
  },
  { file: 'scalibr:language/python/pipfilelock/testdata/no-version.json', packages: [] },
  { file: 'scalibr:language/python/pipfilelock/testdata/not-json.txt', packages: [], problems: 1 },
  { file: 'scalibr:language/python/pipfilelock/testdata/one-package-dev.json', packages: [] },
  { file: 'scalibr:language/python/pipfilelock/testdata/one-package.json', packages: ['markupsafe 2.1.1'] },
  { file: 'scalibr:language/python/pipfilelock/testdata/two-packages-alt.json', packages: ['itsdangerous 2.1.2', 'markupsafe 2.1.1'] },
  { file: 'scalibr:language/python/pipfilelock/testdata/two-packages.json', packages: ['itsdangerous 2.1.2'] },
  { file: 'syft:python/testdata/glob-paths/src/Pipfile.lock', packages: [], problems: 1 },
  {
    file: 'syft:python/testdata/pipfile-lock/Pipfile.lock',
    packages: ['aio-pika 6.8.0', 'aiodns 2.0.0', 'aiohttp 3.7.4.post0', 'aiohttp-jinja2 1.4.2'],
  },
  { file: 'syft:python/testdata/pypi-remote/Pipfile.lock', packages: ['certifi 2025.10.5'] },
  { file: 'trivy:python/pipenv/testdata/Pipfile_django.lock', packages: 10, has: ['certifi 2019.3.9', 'pytz 2019.1', 'urllib3 1.24.2'] },
  { file: 'trivy:python/pipenv/testdata/Pipfile_many.lock', packages: 24, has: ['awscli 1.16.147', 'markupsafe 1.1.1', 'urllib3 1.24.2'] },
  {
    file: 'trivy:python/pipenv/testdata/Pipfile_normal.lock',
    packages: ['certifi 2019.3.9', 'chardet 3.0.4', 'idna 2.8', 'pyyaml 5.1', 'requests 2.21.0', 'urllib3 1.24.2'],
  },
]);
