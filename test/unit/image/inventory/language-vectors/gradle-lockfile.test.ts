import { analyzer as gradleLockfile } from '../../../../../src/image/inventory/analyzers/language/gradle-lockfile.ts';
import { testVectors } from '../../../../support/language-vectors.ts';

/** Files of other scanners' tests, good and bad ones: what each lists, by the reading of a human. */
testVectors(gradleLockfile, 'gradle.lockfile', [
  {
    file: 'scalibr:language/java/gradlelockfile/testdata/5-pkg',
    packages: [
      'org.springframework.boot:spring-boot-autoconfigure 2.7.4',
      'org.springframework.boot:spring-boot-configuration-processor 2.7.5',
      'org.springframework.boot:spring-boot-devtools 2.7.6',
      'org.springframework.boot:spring-boot-starter-aop 2.7.7',
      'org.springframework.boot:spring-boot-starter-data-jpa 2.7.8',
    ],
  },
  { file: 'scalibr:language/java/gradlelockfile/testdata/one-pkg', packages: ['org.springframework.security:spring-security-crypto 5.7.3'] },
  { file: 'scalibr:language/java/gradlelockfile/testdata/only-comments', packages: [] },
  { file: 'scalibr:language/java/gradlelockfile/testdata/only-empty', packages: [] },
  {
    file: 'scalibr:language/java/gradlelockfile/testdata/with-bad-pkg',
    packages: ['org.springframework.boot:spring-boot-autoconfigure 2.7.4', 'org.springframework.boot:spring-boot-configuration-processor 2.7.5'],
    problems: 4,
  },
  { file: 'trivy:gradle/lockfile/testdata/empty.lockfile', packages: [] },
  {
    file: 'trivy:gradle/lockfile/testdata/happy.lockfile',
    packages: ['cglib:cglib-nodep 2.1.2', 'org.springframework:spring-asm 3.1.3.RELEASE', 'org.springframework:spring-beans 5.0.5.RELEASE'],
  },
  { file: 'syft:java/testdata/gradle/gradle.lockfile', packages: ['joda-time:joda-time 2.2', 'org.apache.commons:commons-text 1.8'] },
  { file: 'syft:java/testdata/java-builds/example-java-app/gradle.lockfile', packages: ['joda-time:joda-time 2.2'] },
]);
