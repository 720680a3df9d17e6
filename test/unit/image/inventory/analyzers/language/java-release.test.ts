import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { ImagePath } from '../../../../../../src/foundation/model/brand.ts';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/language/java-release.ts';

const read = (text: string | Uint8Array): readonly string[] =>
  (analyzer.analyze({ path: 'opt/java/release' as ImagePath, bytes: Buffer.from(text) }).value.packages ?? []).map(
    ({ name, version }) => `${name} ${version}`,
  );

test('the version of a Java runtime, and of GraalVM', () => {
  assert.deepEqual(read('IMPLEMENTOR="Eclipse Adoptium"\nJAVA_VERSION="17.0.9"\nMODULES="java.base java.sql"\n'), ['openjdk 17.0.9']);
  assert.deepEqual(read('JAVA_VERSION="1.8.0_352"\r\nOS_NAME="Linux"\r\n'), ['openjdk 1.8.0_352']);
  assert.deepEqual(read('IMPLEMENTOR="Oracle Corporation"\nJAVA_VERSION="19.0.1"\n'), ['oracle-java 19.0.1']);
  assert.deepEqual(read('GRAALVM_VERSION=22.3.0\nJAVA_VERSION="17.0.5"\n'), ['openjdk 17.0.5', 'graalvm 22.3.0']);
});

test('another file of this name says nothing', () => {
  assert.equal(analyzer.wants('opt/java/release' as ImagePath), true);
  assert.equal(analyzer.wants('etc/os-release' as ImagePath), false);
  for (const text of ['', 'JAVA_VERSION="none"\n', 'NAME=x\n', '# JAVA_VERSION="17"\n']) assert.deepEqual(read(text), [], text);
});

test('random bytes do not throw', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void read(bytes)));
});
