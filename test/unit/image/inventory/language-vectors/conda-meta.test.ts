import { analyzer as condaMeta } from '../../../../../src/image/inventory/analyzers/language/conda-meta.ts';
import { testVectors } from '../../../../support/language-vectors.ts';

/** Files of other scanners' tests, good and bad ones: what each lists, by the reading of a human. */
testVectors(condaMeta, 'opt/conda/conda-meta/x.json', [
  { file: 'scalibr:language/python/condameta/testdata/empty', packages: [], problems: 1 },
  { file: 'scalibr:language/python/condameta/testdata/invalid', packages: [], problems: 1 },
  { file: 'scalibr:language/python/condameta/testdata/noname', packages: [], problems: 1 },
  { file: 'scalibr:language/python/condameta/testdata/noversion', packages: [], problems: 1 },
  { file: 'scalibr:language/python/condameta/testdata/valid', packages: ['jupyterlab 3.1.12'] },
  { file: 'syft:conda/testdata/conda-meta-bad-json/conda-meta/package-1.2.3-pyhd8ed1ab_0.json', packages: [], problems: 1 },
  { file: 'syft:conda/testdata/conda-meta-python-c-etc/conda-meta/jupyterlab-4.4.3-pyhd8ed1ab_0.json', packages: ['jupyterlab 4.4.3'] },
  { file: 'syft:conda/testdata/conda-meta-python-c-etc/conda-meta/zlib-1.2.11-h90dfc92_1014.json', packages: ['zlib 1.2.11'] },
  { file: 'trivy:conda/meta/testdata/_libgcc_mutex-0.1-main.json', packages: ['_libgcc_mutex 0.1'] },
  { file: 'trivy:conda/meta/testdata/invalid_json.json', packages: [], problems: 1 },
  { file: 'trivy:conda/meta/testdata/invalid_package.json', packages: [], problems: 1 },
  { file: 'trivy:conda/meta/testdata/libgomp-11.2.0-h1234567_1.json', packages: ['libgomp 11.2.0'] },
]);
