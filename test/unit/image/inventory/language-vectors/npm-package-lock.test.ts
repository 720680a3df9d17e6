import { analyzer as npmPackageLock } from '../../../../../src/image/inventory/analyzers/language/npm-package-lock.ts';
import { testVectors } from '../../../../support/language-vectors.ts';

/** Files of other scanners' tests, good and bad ones: what each lists, by the reading of a human. */
testVectors(npmPackageLock, 'app/package-lock.json', [
  {
    file: 'scalibr:language/javascript/packagelockjson/testdata/alias.v1.json',
    packages: ['@babel/code-frame 7.0.0', 'string-width 5.1.2', 'string-width 4.2.0'],
  },
  {
    file: 'scalibr:language/javascript/packagelockjson/testdata/alias.v2.json',
    packages: ['@babel/code-frame 7.0.0', 'string-width 5.1.2', 'string-width 4.2.0'],
  },
  { file: 'scalibr:language/javascript/packagelockjson/testdata/both/npm-shrinkwrap.json', packages: ['wrappy 1.0.2', 'supports-color 5.5.0'] },
  { file: 'scalibr:language/javascript/packagelockjson/testdata/both/package-lock.json', packages: ['wrappy 1.0.2', 'supports-color 5.5.0'] },
  { file: 'scalibr:language/javascript/packagelockjson/testdata/bundled-dependencies.v3.json', packages: ['ansi-regex 6.2.2', 'strip-ansi 7.1.2'] },
  { file: 'scalibr:language/javascript/packagelockjson/testdata/commits.v1.json', packages: ['ansi-styles 1.0.0', 'postcss-calc 7.0.1'] },
  {
    file: 'scalibr:language/javascript/packagelockjson/testdata/commits.v2.json',
    packages: ['@segment/analytics.js-integration-facebook-pixel 2.4.1', 'ansi-styles 1.0.0', 'postcss-calc 7.0.1'],
  },
  { file: 'scalibr:language/javascript/packagelockjson/testdata/empty.v1.json', packages: [] },
  { file: 'scalibr:language/javascript/packagelockjson/testdata/empty.v2.json', packages: [] },
  { file: 'scalibr:language/javascript/packagelockjson/testdata/files.v1.json', packages: ['lodash 1.3.1'] },
  { file: 'scalibr:language/javascript/packagelockjson/testdata/files.v2.json', packages: [] },
  {
    file: 'scalibr:language/javascript/packagelockjson/testdata/nested-dependencies-dup.v1.json',
    packages: 39,
    has: ['@vue/component-compiler-utils 2.6.0', 'postcss-minify-gradients 4.0.2', 'supports-color 2.0.0'],
  },
  {
    file: 'scalibr:language/javascript/packagelockjson/testdata/nested-dependencies-dup.v2.json',
    packages: ['supports-color 6.1.0', 'supports-color 2.0.0'],
  },
  {
    file: 'scalibr:language/javascript/packagelockjson/testdata/nested-dependencies.v1.json',
    packages: ['postcss 6.0.23', 'postcss-calc 7.0.1', 'supports-color 5.5.0', 'postcss 7.0.16', 'supports-color 6.1.0'],
  },
  {
    file: 'scalibr:language/javascript/packagelockjson/testdata/nested-dependencies.v2.json',
    packages: ['postcss 6.0.23', 'postcss-calc 7.0.1', 'postcss 7.0.16', 'supports-color 6.1.0', 'supports-color 5.5.0'],
  },
  { file: 'scalibr:language/javascript/packagelockjson/testdata/not-json.txt', packages: [], problems: 1 },
  {
    file: 'scalibr:language/javascript/packagelockjson/testdata/npm-shrinkwrap-only/npm-shrinkwrap.json',
    packages: ['wrappy 1.0.2', 'supports-color 5.5.0'],
  },
  { file: 'scalibr:language/javascript/packagelockjson/testdata/null.v2.jsontest', packages: [], problems: 1 },
  { file: 'scalibr:language/javascript/packagelockjson/testdata/one-package-dev.v1.json', packages: [] },
  { file: 'scalibr:language/javascript/packagelockjson/testdata/one-package-dev.v2.json', packages: [] },
  { file: 'scalibr:language/javascript/packagelockjson/testdata/one-package.v1.json', packages: ['wrappy 1.0.2'] },
  { file: 'scalibr:language/javascript/packagelockjson/testdata/one-package.v2.json', packages: ['wrappy 1.0.2'] },
  { file: 'scalibr:language/javascript/packagelockjson/testdata/optional-package.v1.json', packages: ['supports-color 5.5.0'] },
  { file: 'scalibr:language/javascript/packagelockjson/testdata/optional-package.v2.json', packages: ['wrappy 1.0.2', 'supports-color 5.5.0'] },
  {
    file: 'scalibr:language/javascript/packagelockjson/testdata/package-lock-only/package-lock.json',
    packages: ['wrappy 1.0.2', 'supports-color 5.5.0'],
  },
  { file: 'scalibr:language/javascript/packagelockjson/testdata/same-package-different-groups.v1.json', packages: ['table 1.0.0', 'ajv 5.5.2'] },
  { file: 'scalibr:language/javascript/packagelockjson/testdata/same-package-different-groups.v2.json', packages: ['ajv 5.5.2', 'table 1.0.0'] },
  { file: 'scalibr:language/javascript/packagelockjson/testdata/scoped-packages.v1.json', packages: ['@babel/code-frame 7.0.0', 'wrappy 1.0.2'] },
  { file: 'scalibr:language/javascript/packagelockjson/testdata/scoped-packages.v2.json', packages: ['@babel/code-frame 7.0.0', 'wrappy 1.0.2'] },
  { file: 'scalibr:language/javascript/packagelockjson/testdata/two-packages.v1.json', packages: ['wrappy 1.0.2', 'supports-color 5.5.0'] },
  { file: 'scalibr:language/javascript/packagelockjson/testdata/two-packages.v2.json', packages: ['wrappy 1.0.2', 'supports-color 5.5.0'] },
  { file: 'syft:javascript/testdata/corrupt/package-lock.json', packages: [], problems: 1 },
  { file: 'syft:javascript/testdata/glob-paths/src/package-lock.json', packages: [], problems: 1 },
  { file: 'syft:javascript/testdata/pkg-lock/alias-package-lock-1.json', packages: ['case 1.6.2', 'case 1.6.3', '@bundled-es-modules/chai 4.2.2'] },
  { file: 'syft:javascript/testdata/pkg-lock/alias-package-lock-2.json', packages: ['case 1.6.2', 'case 1.6.3', '@bundled-es-modules/chai 4.2.2'] },
  { file: 'syft:javascript/testdata/pkg-lock/array-license-package-lock.json', packages: ['pause-stream 0.0.11', 'through 2.3.8'] },
  {
    file: 'syft:javascript/testdata/pkg-lock/nested-package-lock-1.json',
    packages: ['parent 1.0.0', 'shared 2.0.0', 'duplicate 1.0.0', 'shared 1.0.0', 'middle 1.0.0', 'shared 0.5.0'],
  },
  {
    file: 'syft:javascript/testdata/pkg-lock/package-lock-2.json',
    packages: ['@types/prop-types 15.7.5', '@types/react 18.0.17', '@types/scheduler 0.16.2', 'csstype 3.1.0'],
  },
  {
    file: 'syft:javascript/testdata/pkg-lock/package-lock-3.json',
    packages: ['@types/prop-types 15.7.5', '@types/react 18.0.20', '@types/scheduler 0.16.2', 'csstype 3.1.1'],
  },
  { file: 'syft:javascript/testdata/pkg-lock/package-lock.json', packages: 11, has: ['@actions/core 1.6.0', 'minimist 0.0.10', 'wordwrap 0.0.3'] },
  { file: 'trivy:nodejs/npm/testdata/package-lock_v1.json', packages: 29, has: ['@babel/helper-string-parser 7.19.4', 'mime-db 1.52.0', 'ms 2.0.0'] },
  {
    file: 'trivy:nodejs/npm/testdata/package-lock_v2.json',
    packages: 29,
    has: ['@babel/helper-string-parser 7.19.4', 'inherits 2.0.3', 'unpipe 1.0.0'],
  },
  {
    file: 'trivy:nodejs/npm/testdata/package-lock_v3.json',
    packages: 29,
    has: ['@babel/helper-string-parser 7.19.4', 'inherits 2.0.3', 'unpipe 1.0.0'],
  },
  { file: 'trivy:nodejs/npm/testdata/package-lock_v3_broken_link.json', packages: [] },
  { file: 'trivy:nodejs/npm/testdata/package-lock_v3_with-same-dev-and-non-dev.json', packages: ['minimist 0.0.8'] },
  { file: 'trivy:nodejs/npm/testdata/package-lock_v3_with_legacy_licenses.json', packages: ['tv4 1.3.0', 'pause-stream 0.0.11', 'mustache 2.3.2'] },
  {
    file: 'trivy:nodejs/npm/testdata/package-lock_v3_with_peer.json',
    packages: ['mustache 2.3.2', 'lodash 4.17.21', 'triple-beam 1.4.1', 'winston 3.17.0', 'winston-mail 2.0.0'],
  },
  { file: 'trivy:nodejs/npm/testdata/package-lock_v3_with_workspace.json', packages: ['debug 2.6.9', 'debug 2.5.2', 'ms 0.7.2', 'ms 2.0.0'] },
  { file: 'trivy:nodejs/npm/testdata/package-lock_v3_with_workspace_as_object.json', packages: ['lodash 4.17.21'] },
  { file: 'trivy:nodejs/npm/testdata/package-lock_v3_without_root_deps_field.json', packages: ['debug 2.6.9', 'ms 2.0.0'] },
]);
