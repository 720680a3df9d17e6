import type { Parsed } from '../../../../foundation/base/result.ts';
import { isJsonObject, toText, type JsonObject } from '../../../../foundation/formats/json.ts';
import { parseToml, toTables } from '../../../../foundation/formats/toml.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';
import { isBelow, isNamed } from '../../file-path.ts';
import { PackageList, reachFrom, unreadable } from '../../package-list.ts';

/** uv's lock files. The project's own packages and what only its development groups reach are left out. @see https://docs.astral.sh/uv/concepts/projects/layout/#the-lockfile */
export const analyzer: Analyzer = {
  id: 'uv-lock',
  version: 1,
  scope: 'database',
  names: ['uv.lock'],
  wants: (path) => isNamed(path, 'uv.lock') && !isBelow(path, 'site-packages'),
  analyze,
};

/** Sources that are folders of the project. */
const OWN = ['virtual', 'editable', 'directory'];

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const { value, reason } = parseToml(file.bytes);
  if (reason !== undefined) return unreadable(`uv's lock file cannot be read: ${reason}`);
  const list = new PackageList('pypi', 'declared');
  const tables = toTables(value['package']);
  const isDev = findDevelopment(tables);
  for (const table of tables) {
    const name = toText(table['name']);
    if (name === undefined || isOwn(table) || isDev(name)) continue;
    list.add(name, toText(table['version']), { dependencies: namesOf(table['dependencies']) });
  }
  return list.result();
}

function isOwn({ source }: JsonObject): boolean {
  return isJsonObject(source) && OWN.some((kind) => source[kind] !== undefined);
}

/** Returns what tells whether a package is reached from development groups only. Of a name in two versions, both are when one is. */
function findDevelopment(tables: readonly JsonObject[]): (name: string) => boolean {
  const needs = new Map<string, string[]>();
  const roots: string[] = [];
  const devRoots: string[] = [];
  for (const table of tables) {
    const name = toText(table['name']) ?? '';
    const needed = needs.get(name) ?? [];
    for (const other of [...namesOf(table['dependencies']), ...namesOfGroups(table['optional-dependencies'])]) needed.push(other);
    needs.set(name, needed);
    if (!isOwn(table)) continue;
    roots.push(name);
    for (const other of namesOfGroups(table['dev-dependencies'])) devRoots.push(other);
  }
  const edges = (name: string): readonly string[] => needs.get(name) ?? [];
  const developed = reachFrom(devRoots, edges);
  const run = reachFrom(roots, edges);
  return (name) => developed.has(name) && !run.has(name);
}

function namesOfGroups(groups: unknown): readonly string[] {
  return isJsonObject(groups) ? Object.values(groups).flatMap(namesOf) : [];
}

function namesOf(dependencies: unknown): readonly string[] {
  return toTables(dependencies).flatMap((dependency) => toText(dependency['name']) ?? []);
}
