import type { Parsed } from '../../../../foundation/base/result.ts';
import { linesOf } from '../../../../foundation/formats/lines.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';
import { isNamed } from '../../file-path.ts';
import { PackageList } from '../../package-list.ts';

const decoder = new TextDecoder('utf-8');

/** Gradle's lock files, one module a line and after it the configurations that have it. What only tests, annotation processors and development have is left out. @see https://docs.gradle.org/current/userguide/dependency_locking.html */
export const analyzer: Analyzer = {
  id: 'gradle-lockfile',
  version: 1,
  scope: 'database',
  names: ['gradle.lockfile'],
  wants: (path) => isNamed(path, 'gradle.lockfile'),
  analyze,
};

/** Longest line that is looked into; a module of a large build is in a hundred configurations. */
const LONGEST_LINE = 64 * 1024;

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const list = new PackageList('maven', 'declared');
  let number = 0;
  for (const raw of linesOf(decoder.decode(file.bytes))) {
    number++;
    const line = raw.slice(0, LONGEST_LINE).trim();
    if (line === '' || line.startsWith('#') || line.startsWith('empty=')) continue;
    const [, group, artifact, version, configurations = ''] = /^([^:=\s]+):([^:=\s]+):([^:=\s]+)=(.*)$/.exec(line) ?? [];
    if (group === undefined) list.problem('a line is not one of a lock file', number);
    else if (!configurations.split(',').every(isForDevelopment)) list.add(`${group}:${artifact ?? ''}`, version, { line: number });
  }
  return list.result();
}

function isForDevelopment(configuration: string): boolean {
  return /^test|Test(?:[A-Z]|$)|annotationProcessor|AnnotationProcessor|^(?:development|testAndDevelopment)Only$/.test(configuration);
}
