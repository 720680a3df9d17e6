import { analyzer } from '../../../../../src/image/inventory/analyzers/language/pear-registry.ts';
import { testVectors } from '../../../../support/language-vectors.ts';

testVectors(analyzer, 'usr/lib/php/.registry/.channel.pecl.php.net/memcached.reg', [
  { file: 'syft:php/testdata/memcached-v5-format.reg', packages: ['pecl.php.net/memcached 3.2.0'] },
  { file: 'syft:php/testdata/memcached-v6-format.reg', packages: ['pecl.php.net/memcached 3.2.0'] },
]);
