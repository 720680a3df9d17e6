import type { Parsed } from '../../../../foundation/base/result.ts';
import { isJsonObject, toStrings, toText, type JsonObject } from '../../../../foundation/formats/json.ts';
import { parseToml, toTables } from '../../../../foundation/formats/toml.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';
import { isBelow, isNamed } from '../../file-path.ts';
import { PackageList, toNames, unreadable } from '../../package-list.ts';

/** Julia's manifests: all packages of an environment. Those without a version come with Julia itself or are folders. @see https://pkgdocs.julialang.org/v1/toml-files/#Manifest.toml */
export const analyzer: Analyzer = {
  id: 'julia-manifest',
  version: 1,
  scope: 'database',
  names: ['Manifest.toml', 'JuliaManifest.toml'],
  wants: (path) => (isNamed(path, 'Manifest.toml') || isNamed(path, 'JuliaManifest.toml')) && !isBelow(path, 'packages') && !isBelow(path, 'stdlib'),
  analyze,
};

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const { value, reason } = parseToml(file.bytes);
  if (reason !== undefined) return unreadable(`Julia's manifest cannot be read: ${reason}`);
  const list = new PackageList('julia', 'declared');
  for (const [name, entries] of Object.entries(tablesOf(value))) {
    for (const entry of toTables(entries)) {
      if (entry['path'] !== undefined) continue;
      list.add(name, toText(entry['version']), { dependencies: isJsonObject(entry['deps']) ? toNames(entry['deps']) : toStrings(entry['deps']) });
    }
  }
  return list.result();
}

/** Up to Julia 1.6 the packages were at the top. */
function tablesOf(value: JsonObject): JsonObject {
  if (value['manifest_format'] === undefined) return value;
  return isJsonObject(value['deps']) ? value['deps'] : {};
}
