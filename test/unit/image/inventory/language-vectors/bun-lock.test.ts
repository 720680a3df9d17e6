import { analyzer as bunLock } from '../../../../../src/image/inventory/analyzers/language/bun-lock.ts';
import { testVectors } from '../../../../support/language-vectors.ts';

/** Files of other scanners' tests, good and bad ones: what each lists, by the reading of a human. */
testVectors(bunLock, 'app/bun.lock', [
  {
    file: 'scalibr:language/javascript/bunlock/testdata/alias.json5',
    packages: ['has-flag 4.0.0', 'supports-color 7.2.0', 'supports-color 6.1.0', 'has-flag 3.0.0'],
  },
  { file: 'scalibr:language/javascript/bunlock/testdata/bad-tuple.json5', packages: ['wrappy 1.0.2'], problems: 2 },
  { file: 'scalibr:language/javascript/bunlock/testdata/blog-sample.json5', packages: [] },
  { file: 'scalibr:language/javascript/bunlock/testdata/commits.json5', packages: ['lodash 1.3.1', 'stopwords 0.0.1'] },
  { file: 'scalibr:language/javascript/bunlock/testdata/empty.json5', packages: [] },
  { file: 'scalibr:language/javascript/bunlock/testdata/files.json5', packages: ['lodash 1.3.1'] },
  {
    file: 'scalibr:language/javascript/bunlock/testdata/nested-dependencies-dup.json5',
    packages: ['has-flag 2.0.0', 'supports-color 7.2.0', 'has-flag 4.0.0'],
  },
  {
    file: 'scalibr:language/javascript/bunlock/testdata/nested-dependencies.json5',
    packages: ['has-flag 2.0.0', 'supports-color 5.5.0', 'has-flag 3.0.0'],
  },
  { file: 'scalibr:language/javascript/bunlock/testdata/no-packages.json5', packages: [] },
  { file: 'scalibr:language/javascript/bunlock/testdata/not-json.txt', packages: [], problems: 1 },
  { file: 'scalibr:language/javascript/bunlock/testdata/one-package-dev.json5', packages: ['wrappy 1.0.2'] },
  { file: 'scalibr:language/javascript/bunlock/testdata/one-package.json5', packages: ['wrappy 1.0.2'] },
  { file: 'scalibr:language/javascript/bunlock/testdata/optional-package.json5', packages: ['acorn 8.14.0', 'fsevents 0.3.8', 'nan 2.22.0'] },
  { file: 'scalibr:language/javascript/bunlock/testdata/peer-dependencies-explicit.json5', packages: ['acorn 8.14.0', 'acorn-jsx 5.3.2'] },
  { file: 'scalibr:language/javascript/bunlock/testdata/peer-dependencies-implicit.json5', packages: ['acorn 8.14.0', 'acorn-jsx 5.3.2'] },
  { file: 'scalibr:language/javascript/bunlock/testdata/same-package-different-groups.json5', packages: ['has-flag 3.0.0', 'supports-color 5.5.0'] },
  {
    file: 'scalibr:language/javascript/bunlock/testdata/scoped-packages-mixed.json5',
    packages: ['@babel/code-frame 7.26.2', '@babel/helper-validator-identifier 7.25.9', 'js-tokens 4.0.0', 'picocolors 1.1.1'],
  },
  { file: 'scalibr:language/javascript/bunlock/testdata/scoped-packages.json5', packages: ['@typescript-eslint/types 5.62.0'] },
  { file: 'scalibr:language/javascript/bunlock/testdata/two-packages.json5', packages: ['has-flag 4.0.0', 'wrappy 1.0.2'] },
  { file: 'syft:javascript/testdata/glob-paths/src/bun.lock', packages: [], problems: 1 },
  { file: 'trivy:nodejs/bun/testdata/bun_happy.lock', packages: ['typescript 5.8.3', 'undici-types 6.21.0', 'zod 3.24.4'] },
  { file: 'trivy:nodejs/bun/testdata/bun_invalid.lock', packages: [] },
  { file: 'trivy:nodejs/bun/testdata/bun_multiple_ws.lock', packages: ['chalk 5.0.1', 'lodash 4.17.21'] },
]);
