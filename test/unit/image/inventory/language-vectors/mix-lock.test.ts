import { analyzer as mixLock } from '../../../../../src/image/inventory/analyzers/language/mix-lock.ts';
import { testVectors } from '../../../../support/language-vectors.ts';

/** Files of other scanners' tests, good and bad ones: what each lists, by the reading of a human. */
testVectors(mixLock, 'app/mix.lock', [{ file: 'syft:elixir/testdata/glob-paths/src/mix.lock', packages: [], problems: 1 }]);
