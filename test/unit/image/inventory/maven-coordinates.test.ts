import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import fc from 'fast-check';
import { parseJavaManifest } from '../../../../src/foundation/formats/java-manifest.ts';
import { inferCoordinates, isSameArtifact, splitArchiveName } from '../../../../src/image/inventory/maven-coordinates.ts';
import { needs } from '../../../setup/needs.ts';
import { needsSharedData, sharedData } from '../../../support/shared-data.ts';
import { temporaryDirectory } from '../../../support/temporary-directory.ts';

function infer(fileName: string, manifest: string): string | undefined {
  const found = inferCoordinates(fileName, parseJavaManifest(manifest));
  return found === undefined ? undefined : `${found.groupId}:${found.artifactId} ${found.version}`;
}

test('where the version starts and ends in the name of an archive', () => {
  for (const [stem, artifactId, version] of [
    ['log4j-core-2.14.1', 'log4j-core', '2.14.1'],
    ['log4j-1.2-api-2.17.1', 'log4j-1.2-api', '2.17.1'],
    ['kafka_2.13-3.5.0', 'kafka_2.13', '3.5.0'],
    ['zstd-jni-1.5.5-1', 'zstd-jni', '1.5.5-1'],
    ['foo-1.0-beta-9', 'foo', '1.0-beta-9'],
    ['foo-1.0-SNAPSHOT', 'foo', '1.0-SNAPSHOT'],
    ['foo-1.0-20200101.120000-1', 'foo', '1.0-20200101.120000-1'],
    ['guava-27.0-jre', 'guava', '27.0-jre'],
    ['driver-3.11.0-shaded', 'driver', '3.11.0'],
    ['netty-transport-native-epoll-4.1.94.Final-linux-x86_64', 'netty-transport-native-epoll', '4.1.94.Final'],
    ['java-cup-runtime-11b-20160615', 'java-cup-runtime', '11b-20160615'],
    ['org.eclipse.osgi_3.18.0.v20220516', 'org.eclipse.osgi', '3.18.0.v20220516'],
    ['tool-v1.2', 'tool', 'v1.2'],
  ] as const)
    assert.deepEqual(splitArchiveName(stem), { artifactId, version }, stem);
  for (const stem of ['app', 'my-app', '-1.0', '1.0', 'a b-1.0', 'x-1.0 beta', 'kafka_2', 'spring3-core-3.x', ''])
    assert.equal(splitArchiveName(stem), undefined, stem);
  assert.deepEqual(splitArchiveName('spring-4.3.0-1.0', '1.0'), { artifactId: 'spring-4.3.0', version: '1.0' });
});

test('names that a tool wrote whole', () => {
  assert.equal(infer('server.jar', 'Implementation-Title: org.elasticsearch#server;8.14.3\n'), 'org.elasticsearch:server 8.14.3');
  assert.equal(
    infer('elasticsearch-8.14.3.jar', 'Implementation-Title: org.elasticsearch#server;8.14.3\n'),
    'org.elasticsearch:elasticsearch 8.14.3',
  );
  assert.equal(infer('git.jpi', 'Short-Name: git\nPlugin-Version: 4.11 (private-1)\nJenkins-Version: 2.303\n'), 'org.jenkins-ci.plugins:git 4.11');
  assert.equal(infer('x.hpi', 'Group-Id: io.example\nExtension-Name: x\nPlugin-Version: 1\n'), 'io.example:x 1');
  assert.equal(infer('jenkins.war', 'Jenkins-Version: 2.400\n'), 'org.jenkins-ci.main:jenkins-war 2.400');
  assert.equal(infer('x.jar', 'Jenkins-Version: 2.400\n'), undefined);
});

test('the artifact and version of the file name, or of the manifest when it has none', () => {
  assert.equal(
    infer('spring-core-5.3.17.jar', 'Implementation-Title: spring-core\nImplementation-Version: 5.3.17\n'),
    'org.springframework:spring-core 5.3.17',
  );
  assert.equal(infer('app.jar', 'Implementation-Title: shop\nImplementation-Version: 0.1\n'), 'shop:shop 0.1');
  assert.equal(
    infer('catalina.jar', 'Implementation-Title: Apache Tomcat\nImplementation-Version: 9.0.50\n'),
    'org.apache.tomcat:tomcat-catalina 9.0.50',
  );
  assert.equal(infer('ant.jar', 'Implementation-Title: org.apache.tools.ant\nImplementation-Version: 1.10.9\n'), 'org.apache.ant:ant 1.10.9');
  assert.equal(
    infer('plugin.jar', 'Bundle-SymbolicName: org.example.plugin;singleton:=true\nBundle-Version: 1.2.3.v1\n'),
    'org.example:plugin 1.2.3.v1',
  );
  assert.equal(infer('x.jar', 'Implementation-Version: 1.3 2244 October 5 2005\n'), 'x:x 1.3');
  for (const version of ['', '${version}', 'unknown', `1${'0'.repeat(200)}`])
    assert.equal(infer('x.jar', `Implementation-Version: ${version}\n`), undefined);
});

test('the group: known, of the bundle, of the vendor, or the artifact itself', () => {
  assert.equal(infer('dom4j-1.6.1.jar', ''), 'dom4j:dom4j 1.6.1');
  assert.equal(infer('dom4j-2.1.1.jar', ''), 'org.dom4j:dom4j 2.1.1');
  assert.equal(infer('spring-security-core-5.5.0.jar', ''), 'org.springframework.security:spring-security-core 5.5.0');
  const shaded = 'Implementation-Vendor-Id: org.apache.hadoop.thirdparty\nImplementation-Version: 1.1.1\n';
  assert.equal(infer('hadoop-client-runtime-3.3.4.jar', shaded), 'org.apache.hadoop:hadoop-client-runtime 3.3.4');
  assert.equal(infer('abc-core-1.jar', 'Bundle-SymbolicName: org.abc.core\n'), 'org.abc:abc-core 1');
  assert.equal(infer('abc-core-1.jar', 'Bundle-SymbolicName: org.other.abc-core\n'), 'org.other:abc-core 1');
  assert.equal(infer('abc-core-1.jar', 'Automatic-Module-Name: org.abc.abc_core\n'), 'org.abc:abc-core 1');
  assert.equal(infer('abc-core-1.jar', 'Automatic-Module-Name: abc.core\nImplementation-Vendor-Id: org.vendor\n'), 'org.vendor:abc-core 1');
  assert.equal(infer('abc-core-1.jar', 'Implementation-Vendor-Id: A Vendor\n'), 'abc-core:abc-core 1');
});

test('one artifact under the names of a file and of a bundle', () => {
  assert.equal(isSameArtifact('commons-io', 'org.apache.commons.io_2.8.0.v1'), true);
  assert.equal(isSameArtifact('log4j-core', 'log4j-core-2.1-patched'), true);
  assert.equal(isSameArtifact('guava', 'shop-1.0'), false);
});

test('any names are read without throwing', () => {
  fc.assert(fc.property(fc.string(), fc.string(), (name, manifest) => void infer(name, manifest)));
  fc.assert(fc.property(fc.stringMatching(/^[a-z0-9._-]{0,60}$/), (name) => void infer(`${name}.jar`, 'Implementation-Version: 1\n')));
});

/** The manifests of archives that a product shipped, by the archives' names. */
const manifests: readonly (readonly [fileName: string, coordinates: string | undefined])[] = [
  ['HdrHistogram-2.1.9.jar', 'org.hdrhistogram:HdrHistogram 2.1.9'],
  ['ST4-4.0.8.jar', 'org.antlr:ST4 4.0.8'],
  ['airline-0.8.jar', 'io.airlift:airline 0.8'],
  ['asm-7.1.jar', 'org.ow2.asm:asm 7.1'],
  ['caffeine-2.3.5.jar', 'com.github.ben-manes.caffeine:caffeine 2.3.5'],
  ['chronicle-core-2.20.126.jar', 'net.openhft:chronicle-core 2.20.126'],
  ['commons-cli-1.1.jar', 'commons-cli:commons-cli 1.1'],
  ['commons-codec-1.9.jar', 'commons-codec:commons-codec 1.9'],
  ['commons-lang3-3.11.jar', 'org.apache.commons:commons-lang3 3.11'],
  ['commons-math3-3.2.jar', 'org.apache.commons:commons-math3 3.2'],
  ['fqltool.jar', undefined],
  ['guava-27.0-jre.jar', 'com.google.guava:guava 27.0-jre'],
  ['hppc-0.8.1.jar', 'com.carrotsearch:hppc 0.8.1'],
  ['jackson-databind-2.9.10.8.jar', 'com.fasterxml.jackson.core:jackson-databind 2.9.10.8'],
  ['java-cup-runtime-11b-20160615.jar', 'java-cup-runtime:java-cup-runtime 11b-20160615'],
  ['jcommander-1.30.jar', 'com.beust:jcommander 1.30'],
  ['jna-5.6.0.jar', 'net.java.dev.jna:jna 5.6.0'],
  ['logback-classic-1.2.3.jar', 'ch.qos.logback:logback-classic 1.2.3'],
  ['lz4-java-1.7.1.jar', 'org.lz4:lz4-java 1.7.1'],
  ['metrics-core-3.1.5.jar', 'io.dropwizard.metrics:metrics-core 3.1.5'],
  ['netty-all-4.1.58.Final.jar', 'io.netty:netty-all 4.1.58.Final'],
  ['reporter-config3-3.0.3.jar', 'com.addthis.metrics:reporter-config3 3.0.3'],
  ['slf4j-api-1.7.25.jar', 'org.slf4j:slf4j-api 1.7.25'],
  ['snakeyaml-1.26.jar', 'org.yaml:snakeyaml 1.26'],
  ['snappy-java-1.1.2.6.jar', 'org.xerial.snappy:snappy-java 1.1.2.6'],
  ['stress.jar', undefined],
  ['zstd-jni-1.3.8-5.jar', 'com.github.luben:zstd-jni 1.3.8-5'],
];

const packed = 'vectors/artefacts/claircore-java-python-ruby-go.tar.zst';

test('manifests of archives that are in use', { ...needs('archivers'), ...needsSharedData(packed) }, (t) => {
  const directory = temporaryDirectory(t);
  const folder = './java/jar/testdata/manifest';
  execFileSync('tar', ['-x', '-I', 'zstd', '-f', sharedData(packed) ?? '', '-C', directory, folder]);
  for (const [fileName, coordinates] of manifests) {
    assert.equal(infer(fileName, readFileSync(path.join(directory, folder, `${fileName}.want`), 'utf8')), coordinates, fileName);
  }
});

test('an archive whose manifest names the module below the group it is published under', () => {
  const manifest =
    'Manifest-Version: 1.0\r\nAutomatic-Module-Name: org.checkerframework.checker.qual\r\nBundle-SymbolicName: checker-qual\r\nBundle-Version: 3.12.0\r\n\r\n';
  assert.equal(infer('checker-qual-3.12.0.jar', manifest), 'org.checkerframework:checker-qual 3.12.0');
});
