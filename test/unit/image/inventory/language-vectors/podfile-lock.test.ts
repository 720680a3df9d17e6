import { analyzer as podfileLock } from '../../../../../src/image/inventory/analyzers/language/podfile-lock.ts';
import { testVectors } from '../../../../support/language-vectors.ts';

/** Files of other scanners' tests, good and bad ones: what each lists, by the reading of a human. */
testVectors(podfileLock, 'ios/Podfile.lock', [
  { file: 'scalibr:language/swift/podfilelock/testdata/empty', packages: [] },
  { file: 'scalibr:language/swift/podfilelock/testdata/invalid', packages: [], problems: 3 },
  { file: 'scalibr:language/swift/podfilelock/testdata/valid', packages: ['GlossButtonNode 3.1.2', 'PINCache 3.0.3'] },
  {
    file: 'scalibr:language/swift/podfilelock/testdata/valid2',
    packages: ['GlossButtonNode 3.1.2', 'PINCache 3.0.3', 'Reveal-SDK 1.5.0', 'SwiftGen 6.0.0'],
  },
  { file: 'syft:swift/testdata/Podfile.lock', packages: 23, has: ['GlossButtonNode 3.1.2', 'Texture/AssetsLibrary 3.1.0', 'TinyConstraints 4.0.2'] },
  { file: 'syft:swift/testdata/glob-paths/src/Podfile.lock', packages: [], problems: 1 },
  { file: 'trivy:swift/cocoapods/testdata/empty.lock', packages: [] },
  {
    file: 'trivy:swift/cocoapods/testdata/happy.lock',
    packages: ['AppCenter 4.2.0', 'AppCenter/Analytics 4.2.0', 'AppCenter/Core 4.2.0', 'AppCenter/Crashes 4.2.0', 'KeychainAccess 4.2.1'],
  },
  { file: 'trivy:swift/cocoapods/testdata/sad.lock', packages: [], problems: 1 },
]);
