import { analyzer as haskellStackLock } from '../../../../../src/image/inventory/analyzers/language/haskell-stack-lock.ts';
import { testVectors } from '../../../../support/language-vectors.ts';

/** Files of other scanners' tests, good and bad ones: what each lists, by the reading of a human. */
testVectors(haskellStackLock, 'stack.yaml.lock', [
  { file: 'scalibr:language/haskell/stacklock/testdata/invalid', packages: [] },
  {
    file: 'scalibr:language/haskell/stacklock/testdata/valid',
    packages: ['fuzzyset 0.2.4', 'hasql-pool 1.0.1', 'jose-jwt 0.10.0', 'postgresql-libpq 0.10.1.0'],
  },
  { file: 'syft:haskell/testdata/corrupt/stack.yaml.lock', packages: [] },
  { file: 'syft:haskell/testdata/stack.yaml.lock', packages: 10, has: ['HTTP 4000.3.16', 'hasql-pool 0.5.2.2', 'ptr 0.16.8.2'] },
]);
