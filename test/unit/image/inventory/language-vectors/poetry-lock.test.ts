import { analyzer as poetryLock } from '../../../../../src/image/inventory/analyzers/language/poetry-lock.ts';
import { testVectors } from '../../../../support/language-vectors.ts';

/** Files of other scanners' tests, good and bad ones: what each lists, by the reading of a human. */
testVectors(poetryLock, 'app/poetry.lock', [
  { file: 'scalibr:language/python/poetrylock/testdata/empty-file.lock', packages: [] },
  { file: 'scalibr:language/python/poetrylock/testdata/empty.lock', packages: [] },
  {
    file: 'scalibr:language/python/poetrylock/testdata/multiple-packages.v2.lock',
    packages: ['async-timeout 5.0.1', 'proto-plus 1.22.0', 'proto-plus 1.23.0', 'protobuf 4.25.5', 'redis 5.2.1', 'six 1.17.0'],
  },
  { file: 'scalibr:language/python/poetrylock/testdata/names-outside-package-block.lock', packages: ['first-pkg 1.0.0', 'second-pkg 2.0.0'] },
  { file: 'scalibr:language/python/poetrylock/testdata/not-toml.txt', packages: [], problems: 1 },
  { file: 'scalibr:language/python/poetrylock/testdata/one-package-with-metadata.lock', packages: ['emoji 2.0.0'] },
  { file: 'scalibr:language/python/poetrylock/testdata/one-package.lock', packages: ['numpy 1.23.3'] },
  { file: 'scalibr:language/python/poetrylock/testdata/optional-package.lock', packages: ['numpy 1.23.3'] },
  { file: 'scalibr:language/python/poetrylock/testdata/source-git.lock', packages: ['ike 0.2.0'] },
  { file: 'scalibr:language/python/poetrylock/testdata/source-legacy.lock', packages: ['appdirs 1.4.4'] },
  { file: 'scalibr:language/python/poetrylock/testdata/two-packages.lock', packages: ['proto-plus 1.22.0', 'protobuf 4.21.5'] },
  { file: 'syft:python/testdata/glob-paths/src/poetry.lock', packages: [], problems: 1 },
  {
    file: 'syft:python/testdata/poetry/case-sensitivity/poetry.lock',
    packages: ['django 5.2.6', 'djangorestframework 3.16.1', 'dj-rest-auth 7.0.1'],
  },
  {
    file: 'syft:python/testdata/poetry/conflicting-with-extras/poetry.lock',
    packages: 21,
    has: ['anyio 4.3.0', 'httpcore 1.0.5', 'typing-extensions 3.10.0.2'],
  },
  { file: 'syft:python/testdata/poetry/dev-deps/poetry.lock', packages: [] },
  { file: 'syft:python/testdata/poetry/multiple-extras/poetry.lock', packages: 15, has: ['anyio 4.3.0', 'hpack 4.0.0', 'socksio 1.0.0'] },
  { file: 'syft:python/testdata/poetry/nested-extras/poetry.lock', packages: 39, has: ['annotated-types 0.7.0', 'orjson 3.10.3', 'websockets 12.0'] },
  {
    file: 'syft:python/testdata/poetry/simple-deps/poetry.lock',
    packages: ['certifi 2024.2.2', 'charset-normalizer 3.3.2', 'idna 3.7', 'requests 2.32.2', 'urllib3 2.2.1'],
  },
  { file: 'syft:python/testdata/pypi-remote/poetry.lock', packages: ['certifi 2025.10.5'] },
  {
    file: 'trivy:python/poetry/testdata/poetry_flask.lock',
    packages: [
      'click 8.1.8',
      'colorama 0.4.6',
      'flask 1.0.3',
      'itsdangerous 2.2.0',
      'jinja2 3.1.5',
      'markupsafe 3.0.2',
      'pluggy 0.13.1',
      'werkzeug 3.1.3',
    ],
  },
  { file: 'trivy:python/poetry/testdata/poetry_normal.lock', packages: ['pypi 2.1'] },
  {
    file: 'trivy:python/poetry/testdata/poetry_v2_flask.lock',
    packages: [
      'click 8.1.8',
      'colorama 0.4.6',
      'flask 1.0.3',
      'itsdangerous 2.2.0',
      'jinja2 3.1.5',
      'markupsafe 3.0.2',
      'pluggy 0.13.1',
      'werkzeug 3.1.3',
    ],
  },
]);
