import assert from 'node:assert/strict';
import test from 'node:test';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/language/gradle-lockfile.ts';
import { analyzeText, assertSurvives, assertWants, summarize } from '../../../../../support/analyzer-laws.ts';

const LOCK = `# generated
org.example:run:1.0=compileClasspath,runtimeClasspath,testRuntimeClasspath
org.example:test:1.0=testCompileClasspath,integrationTestRuntimeClasspath
org.example:processor:1.0=annotationProcessor
org.example:provided:1.0=compileClasspath\r
empty=testAnnotationProcessor
`;

test('wants the lock file of the project, not that of the build itself', () => {
  assertWants(analyzer, ['gradle.lockfile', 'app/gradle.lockfile'], ['buildscript-gradle.lockfile', 'gradle.lock']);
});

test('what is there when the application runs', () => {
  assert.deepEqual(summarize(analyzeText(analyzer, 'gradle.lockfile', LOCK)), ['org.example:run 1.0', 'org.example:provided 1.0']);
  assert.equal(analyzeText(analyzer, 'gradle.lockfile', LOCK).value.packages?.[0]?.declaredOnly, true);
});

test('other lines are told', () => {
  assert.deepEqual(
    analyzeText(analyzer, 'gradle.lockfile', '>>>\na:b=c\n\na:b:1\n').problems.map(({ line }) => line),
    [1, 2, 4],
  );
});

test('damage of any kind', () => {
  assertSurvives(analyzer, 'gradle.lockfile', LOCK);
});
