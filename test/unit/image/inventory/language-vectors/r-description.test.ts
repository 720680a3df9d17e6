import { analyzer as rDescription } from '../../../../../src/image/inventory/analyzers/language/r-description.ts';
import { testVectors } from '../../../../support/language-vectors.ts';

/** Files of other scanners' tests, good and bad ones: what each lists, by the reading of a human. */
testVectors(rDescription, 'usr/lib/R/library/x/DESCRIPTION', [
  { file: 'syft:r/testdata/DESCRIPTION', packages: ['stringr 1.5.0.9000'] },
  { file: 'syft:r/testdata/installed/base/DESCRIPTION', packages: ['base 4.3.0'] },
  { file: 'syft:r/testdata/installed/stringr/DESCRIPTION', packages: ['stringr 1.5.0.9000'] },
  { file: 'syft:r/testdata/map-parse/bad', packages: [], problems: 2 },
  { file: 'syft:r/testdata/map-parse/eof-multiline', packages: [], problems: 1 },
  { file: 'syft:r/testdata/map-parse/multiline', packages: [], problems: 1 },
  { file: 'syft:r/testdata/map-parse/no-name', packages: [], problems: 1 },
  { file: 'syft:r/testdata/map-parse/no-version', packages: [], problems: 1 },
  { file: 'syft:r/testdata/map-parse/simple', packages: ['base 4.3.0'] },
]);
