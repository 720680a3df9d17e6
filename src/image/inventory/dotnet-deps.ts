import type { Parsed } from '../../foundation/base/result.ts';
import { isJsonObject, parseJson, toText, type JsonObject } from '../../foundation/formats/json.ts';
import type { AnalyzedRecords } from './analyzer.ts';
import { PackageList, toNames, unreadable } from './package-list.ts';

/** Kinds of files of a package that are of use to a running program. */
const SHIPPED = ['runtime', 'runtimeTargets', 'native', 'resources'];
const RUNTIME_PACK = 'runtimepack.';

/** Returns the packages that a deps.json of .NET lists: those with files to run. Those without are parts of the framework or were needed to compile, and the program itself is of type `project`. */
export function readDotnetDeps(bytes: Uint8Array): Parsed<AnalyzedRecords> {
  const { value, reason } = parseJson(bytes);
  if (reason !== undefined) return unreadable(`the .NET program's list of dependencies cannot be read: ${reason}`);
  if (!isJsonObject(value) || !isJsonObject(value['libraries'])) return { value: {}, problems: [] };
  const list = new PackageList('nuget', 'installed');
  const target = targetOf(value);
  for (const [id, library] of Object.entries(value['libraries'])) {
    if (!isJsonObject(library)) continue;
    const entry = target?.[id];
    if (!isShipped(toText(library['type']), entry)) continue;
    const slash = id.lastIndexOf('/');
    if (slash < 0) {
      list.problem(`the library ${JSON.stringify(id.slice(0, 100))} has no version`);
      continue;
    }
    const name = id.slice(0, slash);
    list.add(name.startsWith(RUNTIME_PACK) ? name.slice(RUNTIME_PACK.length) : name, id.slice(slash + 1), {
      dependencies: isJsonObject(entry) ? toNames(entry['dependencies']) : [],
    });
  }
  return list.result();
}

/** The target that the program runs as: framework and, of one that brings its runtime, platform. */
function targetOf(value: JsonObject): JsonObject | undefined {
  const targets = isJsonObject(value['targets']) ? value['targets'] : {};
  const runtime = value['runtimeTarget'];
  const name = isJsonObject(runtime) ? toText(runtime['name']) : toText(runtime);
  const target = name !== undefined && Object.hasOwn(targets, name) ? targets[name] : undefined;
  return isJsonObject(target) ? target : undefined;
}

function isShipped(type: string | undefined, entry: unknown): boolean {
  if (type === 'runtimepack') return true;
  return type === 'package' && (!isJsonObject(entry) || SHIPPED.some((kind) => isJsonObject(entry[kind])));
}
