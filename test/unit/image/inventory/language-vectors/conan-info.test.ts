import { analyzer as conanInfo } from '../../../../../src/image/inventory/analyzers/language/conan-info.ts';
import { testVectors } from '../../../../support/language-vectors.ts';

/** Files of other scanners' tests, good and bad ones: what each lists, by the reading of a human. */
testVectors(conanInfo, 'root/.conan/data/mfast/1.2.2/my_user/my_channel/package/9d1f/conaninfo.txt', [
  {
    file: 'syft:cpp/testdata/conaninfo/mfast/1.2.2/my_user/my_channel/package/9d1f076b471417647c2022a78d5e2c1f834289ac/conaninfo.txt',
    packages: ['mfast 1.2.2'],
  },
]);
