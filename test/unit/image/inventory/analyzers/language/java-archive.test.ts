import assert from 'node:assert/strict';
import test from 'node:test';
import { MAX_ZIP_DEPTH, MAX_ZIP_HELD_BYTES, MAX_ZIP_PLAIN_BYTES } from '../../../../../../src/foundation/base/limits.ts';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/language/java-archive.ts';
import { JavaArchiveReader } from '../../../../../../src/image/inventory/java-archive-reader.ts';
import { analyzeText, assertSurvives, assertWants, summarize } from '../../../../../support/analyzer-laws.ts';
import { buildZip, type ZipMember } from '../../../../../support/zip-builder.ts';

function pom(group: string, artifact: string, version: string): ZipMember {
  return { name: `META-INF/maven/${group}/${artifact}/pom.properties`, content: `groupId=${group}\nartifactId=${artifact}\nversion=${version}\n` };
}

function manifest(...lines: readonly string[]): ZipMember {
  return { name: 'META-INF/MANIFEST.MF', content: `Manifest-Version: 1.0\r\n${lines.map((line) => `${line}\r\n`).join('')}`, isStreamed: true };
}

const CLASS: ZipMember = { name: 'a/A.class', content: 'class' };

function analyze(members: readonly ZipMember[], path = 'app/app.jar'): readonly string[] {
  const bytes = buildZip(members);
  const whole = analyzeText(analyzer, path, bytes);
  const reader = new JavaArchiveReader(path);
  for (let at = 0; at < bytes.length; at += 100) if (!reader.read(bytes.subarray(at, at + 100))) break;
  assert.deepEqual(reader.finish(), whole, 'in pieces it is the same');
  return [
    ...(whole.value.packages ?? []).map(
      ({ name, version, insideArchive }) => `${name} ${version}${insideArchive === undefined ? '' : ` in ${insideArchive}`}`,
    ),
    ...whole.problems.map(({ message }) => `! ${message}`),
  ];
}

test('wants archives of Java', () => {
  assertWants(
    analyzer,
    ['app.jar', 'opt/a-1.0.war', 'x.ear', 'x.par', 'x.sar', 'x.nar', 'x.kar', 'x.rar', 'x.hpi', 'x.jpi', 'x.lpkg'],
    ['jar', 'x.jar.asc', 'x.zip', 'x.JAR/', 'xjar', 'x.ja', '', 'a'],
  );
});

test('what Maven recorded, with licences and dependencies of the pom', () => {
  const members = [
    manifest('Implementation-Version: 9'),
    pom('org.example', 'lib', '1.2'),
    {
      name: 'META-INF/maven/org.example/lib/pom.xml',
      content:
        '<project><licenses><license><name>MIT</name></license></licenses><dependencies><dependency><groupId>g</groupId><artifactId>d</artifactId></dependency></dependencies></project>',
    },
  ];
  assert.deepEqual(analyzeText(analyzer, 'lib-1.2.jar', buildZip(members)), {
    value: { packages: [{ type: 'maven', name: 'org.example:lib', version: '1.2', licenses: ['MIT'], dependencies: ['g:d'] }] },
    problems: [],
  });
  const xml = {
    name: 'META-INF/maven/g/a/pom.xml',
    content: '<project><parent><groupId>g</groupId><version>3</version></parent><artifactId>a</artifactId></project>',
  };
  assert.deepEqual(analyze([xml, CLASS]), ['g:a 3']);
});

test('a version that only a parent defines is that of the name, a group that is missing that of the folder', () => {
  const xml = { name: 'META-INF/maven/org.g/lib/pom.xml', content: '<project><artifactId>lib</artifactId><version>${revision}</version></project>' };
  assert.deepEqual(analyze([xml, CLASS], 'lib-2.0.jar'), ['org.g:lib 2.0']);
  assert.deepEqual(analyze([xml, CLASS], 'other-2.0.jar'), ['other:other 2.0']);
});

test('libraries unpacked into an archive, and the archive itself unless it is one of them', () => {
  const shaded = [pom('g', 'shop', '1.0'), pom('com.google.guava', 'guava', '30.0')];
  assert.deepEqual(analyze([CLASS, ...shaded], 'shop-1.0-all.jar'), ['g:shop 1.0', 'com.google.guava:guava 30.0']);
  assert.deepEqual(analyze([manifest('Implementation-Title: tool', 'Implementation-Version: 2.0'), ...shaded], 'tool.jar'), [
    'g:shop 1.0',
    'com.google.guava:guava 30.0',
    'tool:tool 2.0',
  ]);
  assert.deepEqual(analyze([CLASS, pom('g', 'commons-io', '2.8.0')], 'org.apache.commons.io_2.8.0.v2021.jar'), ['g:commons-io 2.8.0']);
});

test('no pom: manifest and name; an archive that is none of Java is passed over', () => {
  assert.deepEqual(analyze([CLASS], 'x/spring-core-5.3.17.jar'), ['org.springframework:spring-core 5.3.17']);
  assert.deepEqual(analyze([manifest('Bundle-License: "x", Apache-2.0;link=u')], 'spring-core-5.3.17.jar'), [
    'org.springframework:spring-core 5.3.17',
  ]);
  assert.deepEqual(analyze([{ name: 'README', content: 'x' }], 'docs-1.0.jar'), []);
  assert.deepEqual(analyze([], 'empty-1.0.jar'), []);
});

test('nested archives with their place', () => {
  const log4j = buildZip([pom('org.apache.logging.log4j', 'log4j-core', '2.14.1')]);
  const war = buildZip([{ name: 'WEB-INF/lib/log4j-core-2.14.1.jar', content: log4j, isStored: true }, CLASS]);
  const members: readonly ZipMember[] = [
    { name: 'org/springframework/boot/loader/Launcher.class', content: 'x' },
    manifest('Start-Class: a.A', 'Implementation-Title: shop', 'Implementation-Version: 1'),
    { name: 'BOOT-INF/lib/log4j-core-2.14.1.jar', content: log4j, isStored: true },
    { name: 'BOOT-INF/lib/readme.txt', content: 'x' },
    { name: 'web.war', content: war, isStreamed: true },
  ];
  assert.deepEqual(analyze(members), [
    'org.apache.logging.log4j:log4j-core 2.14.1 in BOOT-INF/lib/log4j-core-2.14.1.jar',
    'org.apache.logging.log4j:log4j-core 2.14.1 in web.war!WEB-INF/lib/log4j-core-2.14.1.jar',
    'shop:shop 1',
  ]);
});

test('archives a hundred deep are read to the bound, which is told once', () => {
  let inner = buildZip([pom('g', 'deepest', '1')]);
  for (let depth = 0; depth < 100; depth++)
    inner = buildZip([{ name: 'n.jar', content: inner }, { name: 'm.jar', content: '' }, pom('g', `at${depth}`, '1')]);
  const found = analyze([{ name: 'n.jar', content: inner }]);
  assert.equal(found.filter((line) => !line.startsWith('!')).length, MAX_ZIP_DEPTH);
  assert.deepEqual(
    found.filter((line) => line.startsWith('!')),
    [`! it has archives more than ${MAX_ZIP_DEPTH} deep in archives; those are not read`],
  );
});

test('an archive that unpacks to more than is held, and many that each do', () => {
  const bomb = buildZip([{ name: 'b.jar', content: new Uint8Array(100 * 1024 * 1024) }]);
  const bombs = Array.from({ length: 20 }, (_, index) => ({ name: `n${index}.jar`, content: bomb, isStored: true }));
  const found = summarize(analyzeText(analyzer, 'x.jar', buildZip([...bombs, pom('g', 'a', '1')])));
  assert.deepEqual(
    found.filter((line) => !line.startsWith('!')),
    [],
  );
  assert.ok(found.every((line) => line.includes('unpacks to more than')));
  assert.ok(found.some((line) => line.endsWith('unpacks to more than 0 bytes')));
});

test('archives in archives that are held at the same time', () => {
  const filler = { name: 'filler', content: new Uint8Array(60 * 1024 * 1024), isStored: true };
  const inner = buildZip([pom('g', 'inner', '1'), filler]);
  const middle = buildZip([pom('g', 'middle', '1'), filler, { name: 'inner.jar', content: inner }]);
  assert.deepEqual(summarize(analyzeText(analyzer, 'x.jar', buildZip([{ name: 'middle.jar', content: middle }]))), [
    'g:middle 1',
    `! "middle.jar" in it: "inner.jar" in it cannot be read: it unpacks to more than ${MAX_ZIP_HELD_BYTES - middle.length} bytes`,
  ]);
});

test('a directory that names the same bytes again and again', () => {
  const large = buildZip([{ name: 'x', content: new Uint8Array(8 * 1024 * 1024), isStored: true }], { withoutDirectory: true });
  const bytes = buildZip([
    { name: 'n.jar', content: large, isStored: true },
    ...Array.from({ length: 1000 }, () => ({ name: 'n.jar', isStored: true })),
  ]);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = bytes.length - 22 - 51; view.getUint32(at, true) === 0x02014b50; at -= 51) {
    view.setUint32(at + 20, large.length, true);
    view.setUint32(at + 42, 0, true);
  }
  const found = summarize(analyzeText(analyzer, 'x.jar', bytes));
  assert.equal(found.filter((line) => line.includes('cut short')).length, Math.ceil(MAX_ZIP_PLAIN_BYTES / large.length) - 1);
  assert.ok(found.some((line) => line.includes('unpacks to more than')));
});

test('65,535 entries, all of them asked for', () => {
  const many = Array.from({ length: 65_535 }, (_, index) => ({ ...pom('g', `a${index}`, '1'), isStored: true }));
  assert.equal(analyzeText(analyzer, 'x.jar', buildZip(many)).value.packages?.length, 65_535);
});

test('archives that cannot be read are told, with their place', () => {
  assert.deepEqual(summarize(analyzeText(analyzer, 'x.jar', 'version https://git-lfs.example\n')), ['! it is no zip archive']);
  assert.deepEqual(summarize(analyzeText(analyzer, 'x.rar', 'Rar!')), []);
  assert.deepEqual(summarize(analyzeText(analyzer, 'x.jar', '')), []);
  const cut = buildZip([pom('g', 'a', '1'), pom('g', 'b', '1')]).subarray(0, 150);
  assert.deepEqual(summarize(analyzeText(analyzer, 'x.jar', cut)), ['g:a 1', '! it is cut short after 1 of its entries']);
  const withoutDirectory = buildZip([pom('g', 'a', '1')], { withoutDirectory: true });
  assert.deepEqual(summarize(analyzeText(analyzer, 'x.jar', withoutDirectory)), ['g:a 1', '! it is cut short after 1 of its entries']);
  assert.deepEqual(
    analyze([
      { name: 'lib/x.jar', content: 'junk' },
      { ...pom('g', 'a', '1'), isEncrypted: true },
    ]),
    ['! "lib/x.jar" in it: it is no zip archive', '! "META-INF/maven/g/a/pom.properties" in it cannot be read: it is encrypted'],
  );
});

test('hostile names neither leave the archive nor break a line', () => {
  const nested = buildZip([pom('g', 'a', '1')]);
  assert.deepEqual(
    analyze([
      { name: '../../\n!x\0.jar', content: nested },
      { name: '/abs.jar', content: 'x' },
    ]),
    ['g:a 1 in ../../\n!x\0.jar', '! "/abs.jar" in it: it is no zip archive'],
  );
  assert.deepEqual(analyze([{ name: 'META-INF/maven/x/pom.properties', content: 'groupId=../x\nartifactId=a b\nversion=1' }]), []);
  assert.deepEqual(analyze([{ name: 'META-INF/maven/x/pom.properties', content: 'groupId=g\nartifactId=__proto__\nversion=1\u0007' }]), [
    '! the name or version of a package has characters or a length that none can have',
  ]);
});

test('damage of any kind', () => {
  const nested = buildZip([pom('g', 'b', '1')]);
  assertSurvives(analyzer, 'x.jar', buildZip([manifest('A: b'), pom('g', 'a', '1'), { name: 'n.jar', content: nested, isStored: true }]));
});
