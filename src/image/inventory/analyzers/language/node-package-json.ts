import type { Parsed } from '../../../../foundation/base/result.ts';
import { isJsonObject, parseJson, toText } from '../../../../foundation/formats/json.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';
import { toNpmLicenses } from '../../npm-names.ts';
import { PackageList, toNames, unreadable } from '../../package-list.ts';

const FILE = '/package.json';
const FOLDER = 'node_modules';

/** Packages that npm, pnpm or yarn installed: the manifest at the root of each, right below node_modules or a scope in it. A package.json elsewhere belongs to the application, a fixture or a part of a package. */
export const analyzer: Analyzer = {
  id: 'node-package-json',
  version: 2,
  scope: 'file',
  wants,
  analyze,
};

function wants(path: string): boolean {
  if (!path.endsWith(FILE)) return false;
  const end = path.length - FILE.length;
  let slash = path.lastIndexOf('/', end - 1);
  if (slash < 0) return false;
  const parent = path.lastIndexOf('/', slash - 1);
  if (path[parent + 1] === '@') slash = parent;
  const start = slash - FOLDER.length;
  return start >= 0 && path.startsWith(FOLDER, start) && (start === 0 || path[start - 1] === '/');
}

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const { value, reason } = parseJson(file.bytes);
  if (reason !== undefined) return unreadable(`the package's manifest cannot be read: ${reason}`);
  if (!isJsonObject(value)) return unreadable("the package's manifest is not a JSON object");
  const list = new PackageList('npm', 'installed');
  // A manifest without name and version, such as one that only says {"type": "module"}, is of no package that could be looked up.
  list.add(
    toText(value['name']),
    toText(value['version'])
      ?.trim()
      .replace(/^[v=]+/, ''),
    {
      licenses: toNpmLicenses(value),
      dependencies: toNames(value['dependencies'], value['optionalDependencies']),
    },
  );
  return list.result();
}
