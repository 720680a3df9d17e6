import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { analyzer } from '../../../../../src/image/inventory/analyzers/language/java-archive.ts';
import { needs } from '../../../../setup/needs.ts';
import { analyzeText, summarize } from '../../../../support/analyzer-laws.ts';
import { needsSharedData, sharedData } from '../../../../support/shared-data.ts';
import { temporaryDirectory } from '../../../../support/temporary-directory.ts';
import { buildZip } from '../../../../support/zip-builder.ts';

/** Archives whose metadata other scanners test with, without their classes: what each is and holds, by the reading of a human. */
const archives: readonly (readonly [folder: string, fileName: string, packages: readonly string[]])[] = [
  ['api-all-2.0.0-sources', 'api-all-2.0.0-sources.jar', ['org.apache.directory.api:api-all 2.0.0', 'org.apache.directory.api:api-asn1-api 2.0.0']],
  [
    'com.fasterxml.jackson.core.jackson-core-2.15.2',
    'com.fasterxml.jackson.core.jackson-core-2.15.2.jar',
    ['com.fasterxml.jackson.core:jackson-core 2.15.2'],
  ],
  ['commons-lang3-3.12.0', 'commons-lang3-3.12.0.jar', ['org.apache.commons:commons-lang3 3.12.0']],
  ['jackson-core-2.15.2', 'jackson-core-2.15.2.jar', ['com.fasterxml.jackson.core:jackson-core 2.15.2']],
  ['jenkins-plugins/gradle/2.11', 'gradle.hpi', ['org.jenkins-ci.plugins:gradle 2.11']],
  ['micronaut-aop-4.9.11', 'micronaut-aop-4.9.11.jar', ['io.micronaut:micronaut-aop 4.9.11']],
  [
    'multiple-matching-2.11.5',
    'multiple-matching-2.11.5.jar',
    ['org.multiple:multiple-matching-1 2.11.5', 'org.multiple:multiple-matching-2 2.11.5', 'org.multiple:multiple-matching-3 2.11.5'],
  ],
  ['opensaml-core-3.4.6', 'opensaml-core-3.4.6.jar', ['org.opensaml:opensaml-core 3.4.6']],
  ['org.multiple-thename', 'org.multiple-thename.jar', ['com.multiple:thename 10.11.12', 'org.multiple:thename 10.11.12']],
  ['spring-instrumentation-4.3.0-1.0', 'spring-instrumentation-4.3.0-1.0.jar', ['org.springframework:spring-instrumentation-4.3.0 1.0']],
];

const packed = 'vectors/artefacts/syft-testdata.tar.zst';

test('java-archive: syft-testdata', { ...needs('archivers'), ...needsSharedData(packed) }, (t) => {
  const directory = temporaryDirectory(t);
  const folder = './syft/pkg/cataloger/java/testdata/jar-metadata';
  execFileSync('tar', ['-x', '-I', 'zstd', '-f', sharedData(packed) ?? '', '-C', directory, folder]);
  for (const [name, fileName, packages] of archives) {
    const root = path.join(directory, folder, name);
    const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
    const members = files.map((file) => {
      const full = path.join(file.parentPath, file.name);
      return { name: path.relative(root, full), content: readFileSync(full) };
    });
    members.sort((a, b) => (a.name < b.name ? -1 : 1));
    assert.deepEqual(summarize(analyzeText(analyzer, fileName, buildZip(members))), packages, fileName);
  }
});
