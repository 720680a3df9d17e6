import { analyzer as uvLock } from '../../../../../src/image/inventory/analyzers/language/uv-lock.ts';
import { testVectors } from '../../../../support/language-vectors.ts';

/** Files of other scanners' tests, good and bad ones: what each lists, by the reading of a human. */
testVectors(uvLock, 'app/uv.lock', [
  { file: 'scalibr:language/python/uvlock/testdata/empty.lock', packages: [] },
  {
    file: 'scalibr:language/python/uvlock/testdata/grouped-packages.lock',
    packages: 14,
    has: ['black 24.10.0', 'packaging 24.2', 'typing-extensions 4.12.2'],
  },
  { file: 'scalibr:language/python/uvlock/testdata/names-outside-package-block.lock', packages: ['first-pkg 1.0.0', 'second-pkg 2.0.0'] },
  { file: 'scalibr:language/python/uvlock/testdata/no-dependencies.lock', packages: [] },
  { file: 'scalibr:language/python/uvlock/testdata/no-packages.lock', packages: [] },
  { file: 'scalibr:language/python/uvlock/testdata/not-toml.txt', packages: [], problems: 1 },
  { file: 'scalibr:language/python/uvlock/testdata/one-package.lock', packages: ['emoji 2.14.0'] },
  { file: 'scalibr:language/python/uvlock/testdata/source-git.lock', packages: ['ruff 0.8.1'] },
  { file: 'scalibr:language/python/uvlock/testdata/two-packages.lock', packages: ['emoji 2.14.0', 'protobuf 4.25.5'] },
  { file: 'syft:python/testdata/glob-paths/src/uv.lock', packages: [], problems: 1 },
  { file: 'syft:python/testdata/pypi-remote/uv.lock', packages: ['certifi 2025.10.5'] },
  {
    file: 'syft:python/testdata/uv/conflicting-with-extras/uv.lock',
    packages: 21,
    has: ['anyio 4.6.2.post1', 'httpcore 1.0.7', 'typing-extensions 3.10.0.2'],
  },
  { file: 'syft:python/testdata/uv/multiple-extras/uv.lock', packages: 16, has: ['anyio 4.9.0', 'httpcore 1.0.7', 'typing-extensions 4.13.0'] },
  { file: 'syft:python/testdata/uv/nested-extras/uv.lock', packages: 41, has: ['annotated-types 0.7.0', 'pydantic 2.11.0', 'websockets 15.0.1'] },
  {
    file: 'syft:python/testdata/uv/simple-deps/uv.lock',
    packages: ['certifi 2025.1.31', 'charset-normalizer 3.4.1', 'idna 3.10', 'requests 2.32.3', 'urllib3 2.3.0'],
  },
  { file: 'trivy:python/uv/testdata/uv_multiple_roots.lock', packages: ['asyncio 3.4.3'] },
  { file: 'trivy:python/uv/testdata/uv_normal.lock', packages: 14, has: ['anyio 4.7.0', 'idna 3.10', 'urllib3 2.2.3'] },
  { file: 'trivy:python/uv/testdata/uv_without_root.lock', packages: ['asyncio 3.4.3'] },
]);
