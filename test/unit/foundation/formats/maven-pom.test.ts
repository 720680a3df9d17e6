import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { parseJavaProperties, parsePomProperties, parsePomXml } from '../../../../src/foundation/formats/maven-pom.ts';

test('properties in every notation', () => {
  assert.deepEqual(
    [...parseJavaProperties('#c\n!c\na=1\r\nb: 2\nc  3\nd = x=y \ne\n=7\na=8\n')],
    [
      ['a', '8'],
      ['b', '2'],
      ['c', '3'],
      ['d', 'x=y'],
    ],
  );
  const { groupId, artifactId, version } = parsePomProperties('version=${project.version}\ngroupId=g\nartifactId= a\n');
  assert.deepEqual([groupId, artifactId, version], ['g', 'a', undefined]);
});

test('coordinates of the project or its parent, licences, dependencies that are needed to run', () => {
  const pom = parsePomXml(`<?xml version="1.0"?><!-- <project><version>0</version> -->
    <project xmlns="http://maven.apache.org/POM/4.0.0">
      <parent><groupId>org.example</groupId><artifactId>parent</artifactId><version>1.0</version></parent>
      <artifactId>child</artifactId>
      <version>\${revision}\${changelist}</version>
      <properties><revision>2.0</revision><changelist>-rc&amp;1</changelist><other>\${none}</other></properties>
      <licenses><license><name>Apache-2.0</name><url>u</url></license></licenses>
      <dependencyManagement><dependencies><dependency><groupId>m</groupId><artifactId>m</artifactId></dependency></dependencies></dependencyManagement>
      <dependencies>
        <dependency><groupId>\${project.groupId}</groupId><artifactId>sibling</artifactId><version>\${project.version}</version></dependency>
        <dependency><groupId>g</groupId><artifactId>test</artifactId><scope>test</scope></dependency>
        <dependency><groupId>g</groupId><artifactId>maybe</artifactId><optional>true</optional></dependency>
        <dependency><groupId>g</groupId><artifactId>run</artifactId><scope>runtime</scope>
          <exclusions><exclusion><groupId>x</groupId><artifactId>y</artifactId></exclusion></exclusions></dependency>
        <dependency><groupId>\${other}</groupId><artifactId>a</artifactId></dependency>
        <dependency/>
      </dependencies>
      <build><plugins><plugin><version>9</version></plugin></plugins></build>
    </project>`);
  assert.deepEqual(pom, {
    groupId: 'org.example',
    artifactId: 'child',
    version: '2.0-rc&1',
    licenses: ['Apache-2.0'],
    dependencies: ['org.example:sibling', 'g:run'],
  });
});

test('names that stand for themselves or for ever more', () => {
  assert.equal(parsePomXml('<project><version>${version}</version></project>').version, undefined);
  const grows = Array.from({ length: 60 }, (_, index) => `<p${index}>${`\${p${index + 1}}`.repeat(100)}</p${index}>`).join('');
  assert.equal(parsePomXml(`<project><version>\${p0}</version><properties>${grows}</properties></project>`).version, undefined);
});

test('documents that are no pom, not closed, too deep', () => {
  const none = { groupId: undefined, artifactId: undefined, version: undefined, licenses: [], dependencies: [] };
  for (const text of [
    '',
    '<',
    '<a',
    '<project>',
    '</project>',
    '<html><version>1</version></html>',
    '<!-- <project>',
    `${'<a>'.repeat(100_000)}<version>1</version>`,
  ]) {
    assert.deepEqual(parsePomXml(text), none, text.slice(0, 40));
  }
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('<', '>', '/', 'project', 'version', ' ', '-', '!', '${', '}') }),
      (text) => void parsePomXml(text),
    ),
  );
});
