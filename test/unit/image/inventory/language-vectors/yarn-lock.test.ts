import { analyzer as yarnLock } from '../../../../../src/image/inventory/analyzers/language/yarn-lock.ts';
import { testVectors } from '../../../../support/language-vectors.ts';

/** Files of other scanners' tests, good and bad ones: what each lists, by the reading of a human. */
testVectors(yarnLock, 'app/yarn.lock', [
  {
    file: 'scalibr:language/javascript/yarnlock/testdata/commits.v1.lock',
    packages: 18,
    has: ['mine1 1.0.0-alpha.37', 'bats-assert 2.0.0', 'is-number 5.0.0'],
  },
  {
    file: 'scalibr:language/javascript/yarnlock/testdata/commits.v2.lock',
    packages: [
      '@my-scope/my-first-package 0.0.6',
      'my-second-package 0.2.2',
      '@typegoose/typegoose 7.2.0',
      'vuejs 2.5.0',
      'my-third-package 0.16.1-dev',
      'my-node-sdk 1.1.0',
      'is-really-great 1.0.0',
    ],
  },
  { file: 'scalibr:language/javascript/yarnlock/testdata/empty.v1.lock', packages: [] },
  { file: 'scalibr:language/javascript/yarnlock/testdata/empty.v2.lock', packages: [] },
  { file: 'scalibr:language/javascript/yarnlock/testdata/exclude-root.v2.lock', packages: ['ansi-regex 6.1.0'] },
  {
    file: 'scalibr:language/javascript/yarnlock/testdata/files.v1.lock',
    packages: ['etag 1.8.1', 'filedep 1.2.0', 'lodash 1.3.1', 'other_package 0.0.2', 'sprintf-js 0.0.0'],
  },
  { file: 'scalibr:language/javascript/yarnlock/testdata/files.v2.lock', packages: ['my-package 0.0.2'] },
  { file: 'scalibr:language/javascript/yarnlock/testdata/metadata-only.v2.lock', packages: [] },
  {
    file: 'scalibr:language/javascript/yarnlock/testdata/multiple-constraints.v1.lock',
    packages: ['domelementtype 1.3.1', '@babel/code-frame 7.12.13'],
  },
  {
    file: 'scalibr:language/javascript/yarnlock/testdata/multiple-versions.v1.lock',
    packages: ['define-properties 1.1.3', 'define-property 0.2.5', 'define-property 1.0.0', 'define-property 2.0.2'],
  },
  { file: 'scalibr:language/javascript/yarnlock/testdata/multiple-versions.v2.lock', packages: ['debug 4.3.3', 'debug 2.6.9', 'debug 3.2.7'] },
  { file: 'scalibr:language/javascript/yarnlock/testdata/no-version.v1.lock', packages: ['balanced-match 1.0.2'] },
  { file: 'scalibr:language/javascript/yarnlock/testdata/one-package.v1.lock', packages: ['balanced-match 1.0.2'] },
  { file: 'scalibr:language/javascript/yarnlock/testdata/one-package.v2.lock', packages: ['balanced-match 1.0.2'] },
  {
    file: 'scalibr:language/javascript/yarnlock/testdata/scoped-packages.v1.lock',
    packages: ['@babel/code-frame 7.12.11', '@babel/compat-data 7.14.0'],
  },
  {
    file: 'scalibr:language/javascript/yarnlock/testdata/scoped-packages.v2.lock',
    packages: ['@babel/cli 7.16.8', '@babel/code-frame 7.16.7', '@babel/compat-data 7.16.8'],
  },
  { file: 'scalibr:language/javascript/yarnlock/testdata/two-packages.v1.lock', packages: ['concat-map 0.0.1', 'concat-stream 1.6.2'] },
  { file: 'scalibr:language/javascript/yarnlock/testdata/two-packages.v2.lock', packages: ['compare-func 2.0.0', 'concat-map 0.0.1'] },
  {
    file: 'scalibr:language/javascript/yarnlock/testdata/with-aliases.v1.lock',
    packages: ['ansi-regex 5.0.1', 'ansi-regex 6.0.1', '@babel/helper-validator-identifier 7.22.20'],
  },
  {
    file: 'scalibr:language/javascript/yarnlock/testdata/with-aliases.v2.lock',
    packages: ['ansi-regex 5.0.1', 'ansi-regex 6.0.1', '@babel/helper-validator-identifier 7.22.20'],
  },
  { file: 'scalibr:language/javascript/yarnlock/testdata/with-build-string.v1.lock', packages: ['domino 2.1.6+git', 'tslib 2.6.2'] },
  { file: 'scalibr:language/javascript/yarnlock/testdata/with-build-string.v2.lock', packages: ['domino 2.1.6+git', 'tslib 2.6.2'] },
  {
    file: 'scalibr:language/javascript/yarnlock/testdata/with-prerelease.v1.lock',
    packages: ['css-tree 1.0.0-alpha.37', 'gensync 1.0.0-beta.2', 'node-fetch 3.0.0-beta.9', 'resolve 1.20.0', 'resolve 2.0.0-next.3'],
  },
  {
    file: 'scalibr:language/javascript/yarnlock/testdata/with-prerelease.v2.lock',
    packages: ['@nicolo-ribaudo/chokidar-2 2.1.8-no-fsevents.3', 'gensync 1.0.0-beta.2'],
  },
  { file: 'scalibr:language/javascript/yarnlock/testdata/with-quotes.v1.lock', packages: ['concat-map 0.0.1', 'concat-stream 1.6.2'] },
  { file: 'scalibr:language/javascript/yarnlock/testdata/with-quotes.v2.lock', packages: ['compare-func 2.0.0', 'concat-map 0.0.1'] },
  { file: 'syft:javascript/testdata/glob-paths/src/yarn.lock', packages: [], problems: 1 },
  {
    file: 'syft:javascript/testdata/yarn-berry-dev-deps/yarn.lock',
    packages: ['dev-only-transitive 1.0.0', 'dev-pkg 1.0.0', 'prod-pkg 1.0.0', 'shared-pkg 1.0.0'],
  },
  { file: 'syft:javascript/testdata/yarn-berry-dups/yarn.lock', packages: ['async 3.2.6', 'async 0.9.2'] },
  {
    file: 'syft:javascript/testdata/yarn-berry/yarn.lock',
    packages: [
      '@babel/code-frame 7.10.4',
      '@types/minimatch 3.0.3',
      '@types/qs 6.9.4',
      'ajv 6.12.3',
      'atob 2.1.2',
      'aws-sdk 2.706.0',
      'jhipster-core 7.3.4',
      'asn1.js 4.10.1',
    ],
  },
  {
    file: 'syft:javascript/testdata/yarn-dev-deps/yarn.lock',
    packages: ['dev-only-transitive 1.0.0', 'dev-pkg 1.0.0', 'prod-pkg 1.0.0', 'shared-pkg 1.0.0'],
  },
  {
    file: 'syft:javascript/testdata/yarn-dups/yarn.lock',
    packages: ['async 0.9.2', 'async 3.2.3', 'merge-objects 1.0.5', 'resize-observer-polyfill 1.5.2', 'should-type 1.3.0'],
  },
  { file: 'syft:javascript/testdata/yarn-remote/yarn.lock', packages: ['@babel/code-frame 7.10.4'] },
  { file: 'syft:javascript/testdata/yarn-v1-deps/yarn.lock', packages: 9, has: ['@babel/code-frame 7.10.4', 'atob 2.1.2', 'c0n-fab_u.laTION 7.7.7'] },
  { file: 'syft:javascript/testdata/yarn/yarn.lock', packages: 9, has: ['@babel/code-frame 7.10.4', 'atob 2.1.2', 'c0n-fab_u.laTION 7.7.7'] },
  { file: 'trivy:nodejs/yarn/testdata/yarn_happy.lock', packages: 18, has: ['@babel/helper-regex 7.4.4', 'promise 8.0.3', 'wide-align 1.1.3'] },
  { file: 'trivy:nodejs/yarn/testdata/yarn_v2_deps_with_protocol.lock', packages: ['debug 4.3.4', 'ms 2.1.2'] },
  { file: 'trivy:nodejs/yarn/testdata/yarn_v2_happy.lock', packages: 17, has: ['@types/color-name 1.1.1', 'color-name 1.1.3', 'wrappy 1.0.2'] },
  { file: 'trivy:nodejs/yarn/testdata/yarn_with_bad_protocol.lock', packages: ['asap 2.0.6', 'jquery 3.4.1'] },
  { file: 'trivy:nodejs/yarn/testdata/yarn_with_git.lock', packages: ['mapbox-gl-feature-drag-and-drop 1.1.1'] },
  { file: 'trivy:nodejs/yarn/testdata/yarn_with_local.lock', packages: ['asap 2.0.6', 'jquery 3.4.1', 'promise 8.0.3', 'local-package 0.0.1'] },
  { file: 'trivy:nodejs/yarn/testdata/yarn_with_npm.lock', packages: ['jquery 3.6.0'] },
]);
