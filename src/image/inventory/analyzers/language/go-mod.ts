import compare from 'semver/functions/compare.js';
import valid from 'semver/functions/valid.js';
import type { Parsed } from '../../../../foundation/base/result.ts';
import { goSumModulesOf, parseGoMod, type GoModFile, type GoModule } from '../../../../foundation/formats/go-mod.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';
import { isBelow, isNamed } from '../../file-path.ts';
import { PackageList } from '../../package-list.ts';

const decoder = new TextDecoder('utf-8');

/** The modules that a Go module is built with, as its go.mod requires and replaces them. One of before Go 1.17 names only those that it imports itself; the others are then taken from the go.sum beside it. */
export const analyzer: Analyzer = {
  id: 'go-mod',
  version: 1,
  scope: 'database',
  companion: { name: 'go.sum' },
  names: ['go.mod', 'go.sum'],
  wants: (path) => (isNamed(path, 'go.mod') || isNamed(path, 'go.sum')) && !isForeign(path),
  analyze,
};

/** The cache of what was downloaded, Go's own sources, tests of programs that read such files. */
function isForeign(path: string): boolean {
  return (
    path.includes('/pkg/mod/') ||
    path.startsWith('usr/local/go/') ||
    path.startsWith('usr/lib/go') ||
    isBelow(path, 'testdata') ||
    isBelow(path, 'vendor')
  );
}

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const list = new PackageList('golang', 'declared');
  if (isNamed(file.path, 'go.sum')) {
    for (const { path, version } of newestOf(decoder.decode(file.bytes))) list.add(path, version);
    return list.result();
  }
  const { value, problems } = parseGoMod(decoder.decode(file.bytes));
  for (const { message, line } of problems) list.problem(message, line);
  const excluded = new Set(value.excluded.map(({ path, version }) => `${path}@${version}`));
  const named = new Set<string>();
  for (const { path, version, line } of value.requirements) {
    if (excluded.has(`${path}@${version}`)) continue;
    named.add(path);
    const built = replace(value, { path, version });
    if (built !== undefined) list.add(built.path, built.version, { line });
    if (built !== undefined) named.add(built.path);
  }
  if (file.companion !== undefined && !listsAll(value)) {
    for (const { path, version } of newestOf(decoder.decode(file.companion))) if (!named.has(path)) list.add(path, version);
  }
  return list.result();
}

/** A replacement of one version comes before that of all. */
function replace({ replacements }: GoModFile, module: GoModule): GoModule | undefined {
  for (const key of [`${module.path}@${module.version}`, module.path]) if (replacements.has(key)) return replacements.get(key);
  return module;
}

function listsAll({ goVersion }: GoModFile): boolean {
  const [, major = '1', minor = '0'] = /^(\d+)\.(\d+)/.exec(goVersion ?? '') ?? [];
  return Number(major) > 1 || Number(minor) >= 17;
}

/** Go builds with the newest version that anything asks for. */
function newestOf(text: string): readonly GoModule[] {
  const newest = new Map<string, string>();
  for (const { path, version } of goSumModulesOf(text)) {
    if (valid(version) === null) continue;
    const other = newest.get(path);
    if (other === undefined || compare(version, other) > 0) newest.set(path, version);
  }
  return [...newest].map(([path, version]) => ({ path, version }));
}
