import { analyzer as composerLock } from '../../../../../src/image/inventory/analyzers/language/composer-lock.ts';
import { testVectors } from '../../../../support/language-vectors.ts';

/** Files of other scanners' tests, good and bad ones: what each lists, by the reading of a human. */
testVectors(composerLock, 'app/composer.lock', [
  {
    file: 'scalibr:language/php/composerlock/testdata/drupal-packages.json',
    packages: ['drupal/core 10.4.5', 'drupal/tfa 2.0.0-alpha4', 'theseer/tokenizer 1.1.3'],
  },
  { file: 'scalibr:language/php/composerlock/testdata/duplicate-packages.json', packages: ['sentry/sdk 2.0.4', 'sentry/sdk 2.0.5'] },
  { file: 'scalibr:language/php/composerlock/testdata/empty.json', packages: [] },
  { file: 'scalibr:language/php/composerlock/testdata/not-json.txt', packages: [], problems: 1 },
  { file: 'scalibr:language/php/composerlock/testdata/null.jsontest', packages: [], problems: 1 },
  { file: 'scalibr:language/php/composerlock/testdata/one-package-dev.json', packages: [] },
  { file: 'scalibr:language/php/composerlock/testdata/one-package.json', packages: ['sentry/sdk 2.0.4'] },
  { file: 'scalibr:language/php/composerlock/testdata/two-packages-alt.json', packages: ['sentry/sdk 2.0.4', 'theseer/tokenizer 1.1.3'] },
  { file: 'scalibr:language/php/composerlock/testdata/two-packages.json', packages: ['sentry/sdk 2.0.4'] },
  { file: 'syft:php/testdata/composer.lock', packages: ['adoy/fastcgi-client 1.0.2', 'alcaeus/mongo-php-adapter 1.1.11'] },
  { file: 'syft:php/testdata/glob-paths/src/composer.lock', packages: [], problems: 1 },
  {
    file: 'trivy:php/composer/testdata/composer_happy.lock',
    packages: [
      'guzzlehttp/guzzle 6.5.8',
      'guzzlehttp/promises 1.5.2',
      'guzzlehttp/psr7 1.9.0',
      'psr/http-message 1.0.1',
      'ralouphie/getallheaders 3.0.3',
      'symfony/polyfill-intl-idn v1.27.0',
      'symfony/polyfill-intl-normalizer v1.27.0',
      'symfony/polyfill-php72 v1.27.0',
    ],
  },
]);
