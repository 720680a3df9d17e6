import { analyzer as rRenvLock } from '../../../../../src/image/inventory/analyzers/language/r-renv-lock.ts';
import { testVectors } from '../../../../support/language-vectors.ts';

/** Files of other scanners' tests, good and bad ones: what each lists, by the reading of a human. */
testVectors(rRenvLock, 'renv.lock', [
  { file: 'scalibr:language/r/renvlock/testdata/empty.lock', packages: [] },
  { file: 'scalibr:language/r/renvlock/testdata/not-json.txt', packages: [], problems: 1 },
  { file: 'scalibr:language/r/renvlock/testdata/one-package.lock', packages: ['morning 0.1.0'] },
  { file: 'scalibr:language/r/renvlock/testdata/two-packages.lock', packages: ['markdown 1.0', 'mime 0.7'] },
  { file: 'scalibr:language/r/renvlock/testdata/with-bioconductor.lock', packages: ['BH 1.75.0-0', 'BSgenome 1.60.0'] },
  { file: 'scalibr:language/r/renvlock/testdata/with-mixed-sources.lock', packages: ['markdown 1.0', 'mime 0.12.1'] },
  { file: 'scalibr:language/r/renvlock/testdata/without-repository.lock', packages: ['morning 0.1.0'] },
]);
