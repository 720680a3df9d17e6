import { analyzer as composerInstalled } from '../../../../../src/image/inventory/analyzers/language/composer-installed.ts';
import { testVectors } from '../../../../support/language-vectors.ts';

/** Files of other scanners' tests, good and bad ones: what each lists, by the reading of a human. */
testVectors(composerInstalled, 'app/vendor/composer/installed.json', [
  { file: 'syft:php/testdata/glob-paths/src/installed.json', packages: [], problems: 1 },
  { file: 'syft:php/testdata/vendor/composer_1/installed.json', packages: ['asm89/stack-cors 1.3.0', 'behat/mink v1.8.1'] },
  { file: 'syft:php/testdata/vendor/composer_2/installed.json', packages: ['asm89/stack-cors 1.3.0', 'behat/mink v1.8.1'] },
]);
