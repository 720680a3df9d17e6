import { analyzer as swiftPackageResolved } from '../../../../../src/image/inventory/analyzers/language/swift-package-resolved.ts';
import { testVectors } from '../../../../support/language-vectors.ts';

/** Files of other scanners' tests, good and bad ones: what each lists, by the reading of a human. */
testVectors(swiftPackageResolved, 'app/Package.resolved', [
  {
    file: 'scalibr:language/swift/packageresolved/testdata/cve-packages',
    packages: ['github.com/apple/swift-crypto 3.0.0', 'github.com/apple/swift-nio 2.65.0', 'github.com/apple/swift-nio-http2 1.29.0'],
  },
  { file: 'scalibr:language/swift/packageresolved/testdata/empty', packages: [], problems: 1 },
  { file: 'scalibr:language/swift/packageresolved/testdata/invalid', packages: [], problems: 1 },
  {
    file: 'scalibr:language/swift/packageresolved/testdata/valid',
    packages: ['github.com/apple/swift-algorithms 1.0.0', 'github.com/apple/swift-async-algorithms 0.1.0', 'github.com/apple/swift-atomics 1.1.0'],
  },
  {
    file: 'syft:swift/testdata/Package.resolved',
    packages: [
      'github.com/apple/swift-algorithms 1.0.0',
      'github.com/apple/swift-async-algorithms 0.1.0',
      'github.com/apple/swift-atomics 1.1.0',
      'github.com/apple/swift-collections 1.0.4',
      'github.com/apple/swift-numerics 1.0.2',
    ],
  },
  { file: 'syft:swift/testdata/PackageV3.resolved', packages: ['github.com/apple/swift-syntax 509.1.1'] },
  { file: 'syft:swift/testdata/bad-version-packages.resolved', packages: [] },
  { file: 'syft:swift/testdata/empty-packages.resolved', packages: [] },
  { file: 'trivy:swift/swift/testdata/empty-Package.resolved', packages: [] },
  {
    file: 'trivy:swift/swift/testdata/happy-v1-Package.resolved',
    packages: ['github.com/Quick/Nimble 9.2.1', 'github.com/ReactiveCocoa/ReactiveSwift 7.1.1'],
  },
  {
    file: 'trivy:swift/swift/testdata/happy-v2-Package.resolved',
    packages: [
      'github.com/mattgallagher/CwlCatchException 2.1.2',
      'github.com/mattgallagher/CwlPreconditionTesting 2.1.2',
      'github.com/Quick/Nimble 9.2.1',
      'github.com/Quick/Quick 7.2.0',
      'github.com/ReactiveCocoa/ReactiveSwift 7.1.1',
    ],
  },
]);
