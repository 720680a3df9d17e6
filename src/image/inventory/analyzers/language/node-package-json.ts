import type { Parsed } from '../../../../foundation/base/result.ts';
import { isJsonObject, parseJson, toText } from '../../../../foundation/formats/json.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';
import { toNpmLicenses } from '../../npm-names.ts';
import { PackageList, toNames, unreadable } from '../../package-list.ts';

const FILE = '/package.json';
const FOLDER = 'node_modules/';

/** Folders of a package where manifests are of things to try or to copy, not of what it runs. */
const NOT_RUN = /\/(?:__tests__|bench(?:mark)?s?|demos?|docs?|examples?|fixtures?|samples?|sample-apps|templates?|tests?)\//;

/**
 * Packages that npm, pnpm or yarn installed: the manifest at the root of each, right below node_modules or a scope in it. And those that a package has a copy of among its own files: a manifest that lies in a folder of
 * its package's name and is not marked private. Any other package.json belongs to the application, a fixture or a part of a package.
 */
export const analyzer: Analyzer = {
  id: 'node-package-json',
  version: 3,
  scope: 'file',
  names: ['package.json'],
  wants,
  analyze,
};

function wants(path: string): boolean {
  if (!path.endsWith(FILE)) return false;
  const root = endOfRoot(path);
  if (root < 0) return false;
  return path.length === root + FILE.length || !NOT_RUN.test(path.slice(root));
}

/** Returns where the folder of the package ends that `path` lies in, or -1. */
function endOfRoot(path: string): number {
  const above = path.lastIndexOf(`/${FOLDER}`) + 1;
  if (!path.startsWith(FOLDER, above)) return -1;
  const start = above + FOLDER.length;
  const end = path.indexOf('/', start);
  if (end < 0 || path[start] !== '@') return end;
  return path.indexOf('/', end + 1);
}

/** True for a copy of a published package; false for what only tells Node.js how to read a folder, or is a package in form only. */
function isCopy(path: string, name: string | undefined, isPrivate: boolean): boolean {
  if (name === undefined || isPrivate || !/^(?:@[^/]+\/)?[^/]+$/.test(name)) return false;
  return path.endsWith(`/${name}${FILE}`);
}

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const { value, reason } = parseJson(file.bytes);
  if (reason !== undefined) return unreadable(`the package's manifest cannot be read: ${reason}`);
  if (!isJsonObject(value)) return unreadable("the package's manifest is not a JSON object");
  const list = new PackageList('npm', 'installed');
  const name = toText(value['name']);
  const isRoot = endOfRoot(file.path) + FILE.length === file.path.length;
  if (!isRoot && !isCopy(file.path, name, value['private'] === true)) return list.result();
  // A manifest without name and version, such as one that only says {"type": "module"}, is of no package that could be looked up.
  list.add(
    name,
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
