import type { Parsed } from '../../../../foundation/base/result.ts';
import { isJsonObject, parseJson, toText } from '../../../../foundation/formats/json.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';

const FILE = '/package.json';
const FOLDER = 'node_modules';

/** Packages that npm, pnpm or yarn installed: the manifest at the root of each, right below node_modules or a scope in it. A package.json elsewhere belongs to the application, a fixture or a part of a package. */
export const analyzer: Analyzer = {
  id: 'node-package-json',
  version: 1,
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
  if (reason !== undefined) return { value: {}, problems: [{ message: `the package's manifest cannot be read: ${reason}` }] };
  if (!isJsonObject(value)) return { value: {}, problems: [{ message: "the package's manifest is not a JSON object" }] };
  const name = toText(value['name']);
  const version = toText(value['version']);
  // A manifest without them, such as one that only says {"type": "module"}, is of no package that could be looked up.
  if (!name || !version) return { value: {}, problems: [] };
  const license = toLicense(value['license']);
  return {
    value: { packages: [{ type: 'npm', name, version: version.trim().replace(/^[v=]+/, ''), ...(license && { licenses: [license] }) }] },
    problems: [],
  };
}

/** An SPDX expression, or in old manifests an object with a `type`. */
function toLicense(value: unknown): string | undefined {
  return isJsonObject(value) ? toText(value['type']) : toText(value);
}
