import { analyzer as pubspecLock } from '../../../../../src/image/inventory/analyzers/language/pubspec-lock.ts';
import { testVectors } from '../../../../support/language-vectors.ts';

/** Files of other scanners' tests, good and bad ones: what each lists, by the reading of a human. */
testVectors(pubspecLock, 'app/pubspec.lock', [
  { file: 'scalibr:language/dart/pubspec/testdata/empty.lock', packages: [] },
  {
    file: 'scalibr:language/dart/pubspec/testdata/mixed-packages.lock',
    packages: ['back_button_interceptor 6.0.1', 'shelf 1.3.2', 'shelf_web_socket 1.0.2'],
  },
  { file: 'scalibr:language/dart/pubspec/testdata/no-packages.lock', packages: [] },
  { file: 'scalibr:language/dart/pubspec/testdata/not-yaml.txt', packages: [], problems: 1 },
  { file: 'scalibr:language/dart/pubspec/testdata/one-package-dev.lock', packages: [] },
  { file: 'scalibr:language/dart/pubspec/testdata/one-package.lock', packages: ['back_button_interceptor 6.0.1'] },
  {
    file: 'scalibr:language/dart/pubspec/testdata/source-git.lock',
    packages: ['flutter_rust_bridge 1.32.0', 'screen_retriever 0.1.2', 'toggle_switch 1.4.0', 'tray_manager 0.1.8', 'window_manager 0.2.7'],
  },
  { file: 'scalibr:language/dart/pubspec/testdata/source-path.lock', packages: [] },
  { file: 'scalibr:language/dart/pubspec/testdata/source-sdk.lock', packages: [] },
  { file: 'scalibr:language/dart/pubspec/testdata/two-packages.lock', packages: ['shelf 1.3.2', 'shelf_web_socket 1.0.2'] },
  { file: 'syft:dart/testdata/corrupt/pubspec.lock', packages: [], problems: 2 },
  { file: 'syft:dart/testdata/glob-paths/lock/src/pubspec.lock', packages: [], problems: 1 },
  { file: 'syft:dart/testdata/invalid-sdk/pubspec.lock', packages: ['args 1.6.0'] },
  { file: 'syft:dart/testdata/missing-sdk/pubspec.lock', packages: ['args 1.6.0'] },
  {
    file: 'syft:dart/testdata/pubspec_locks/pubspec.lock',
    packages: ['ale 3.3.0', 'analyzer 0.40.7', 'ansicolor 1.1.1', 'archive 2.0.13', 'args 1.6.0', 'key_binder 1.11.20'],
  },
  { file: 'trivy:dart/pub/testdata/broken.lock', packages: [], problems: 1 },
  { file: 'trivy:dart/pub/testdata/empty.lock', packages: [] },
  { file: 'trivy:dart/pub/testdata/happy.lock', packages: ['crypto 3.0.2', 'uuid 3.0.6'] },
]);
