import { analyzer as haskellCabalFreeze } from '../../../../../src/image/inventory/analyzers/language/haskell-cabal-freeze.ts';
import { testVectors } from '../../../../support/language-vectors.ts';

/** Files of other scanners' tests, good and bad ones: what each lists, by the reading of a human. */
testVectors(haskellCabalFreeze, 'cabal.project.freeze', [
  { file: 'scalibr:language/haskell/cabal/testdata/invalid', packages: [] },
  {
    file: 'scalibr:language/haskell/cabal/testdata/valid',
    packages: ['AC-Angle 1.0', 'ALUT 2.4.0.3', 'ANum 0.2.0.2', 'Agda 2.6.4.3', 'Allure 0.11.0.0'],
  },
  {
    file: 'scalibr:language/haskell/cabal/testdata/valid_2',
    packages: ['AC-Angle 1.0', 'foo 2.4.0.3', 'ANum 0.2.0.2', 'Agda 2.6.4.3', 'Allure 0.11.0.0'],
  },
  { file: 'syft:haskell/testdata/cabal.project.freeze', packages: 11, has: ['Cabal 3.2.1.0', 'Only 0.1', 'Spock 0.14.0.0'] },
]);
