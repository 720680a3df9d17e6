import type { Parsed } from '../../../../foundation/base/result.ts';
import { isJsonObject, parseJson, toStrings, toText, type JsonObject } from '../../../../foundation/formats/json.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';
import { splitConanReference } from '../../conan-reference.ts';
import { isNamed } from '../../file-path.ts';
import { PackageList, unreadable } from '../../package-list.ts';

/** Conan's lock files, of Conan 1 (a graph, whose nodes with a path are the project's own) and 2 (lists). What only builds is left out. @see https://docs.conan.io/2/tutorial/versioning/lockfiles.html */
export const analyzer: Analyzer = {
  id: 'conan-lock',
  version: 1,
  scope: 'database',
  names: ['conan.lock'],
  wants: (path) => isNamed(path, 'conan.lock'),
  analyze,
};

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const { value, reason } = parseJson(file.bytes);
  if (reason !== undefined) return unreadable(`Conan's lock file cannot be read: ${reason}`);
  if (!isJsonObject(value)) return unreadable("Conan's lock file is not a JSON object");
  const list = new PackageList('conan', 'declared');
  const graph = isJsonObject(value['graph_lock']) ? value['graph_lock']['nodes'] : undefined;
  if (isJsonObject(graph)) addGraph(list, graph);
  for (const reference of toStrings(value['requires'])) add(list, reference);
  return list.result();
}

function addGraph(list: PackageList, graph: JsonObject): void {
  const nodes = Object.entries(graph).flatMap(([id, node]) => (isJsonObject(node) ? [[id, node] as const] : []));
  const referenceOf = (node: unknown): string | undefined => (isJsonObject(node) ? (toText(node['ref']) ?? toText(node['pref'])) : undefined);
  const builders = new Set(nodes.flatMap(([, node]) => toIds(node['build_requires'])));
  const needed = new Set(nodes.flatMap(([, node]) => toIds(node['requires'])));
  for (const [id, node] of nodes) {
    const reference = referenceOf(node);
    if (reference === undefined || toText(node['path']) !== undefined || node['context'] === 'build' || (builders.has(id) && !needed.has(id)))
      continue;
    const dependencies = toIds(node['requires']).flatMap((other) => splitConanReference(referenceOf(graph[other]) ?? '')?.name ?? []);
    add(list, reference, dependencies);
  }
}

/** The first forms had an object of references and ids, later ones have a list of ids. */
function toIds(value: unknown): readonly string[] {
  return isJsonObject(value) ? toStrings(Object.values(value)) : toStrings(value);
}

function add(list: PackageList, reference: string, dependencies: readonly string[] = []): void {
  const id = splitConanReference(reference);
  if (id === undefined) list.problem('a reference is not of the form that Conan writes');
  else list.add(id.name, id.version, { dependencies });
}
