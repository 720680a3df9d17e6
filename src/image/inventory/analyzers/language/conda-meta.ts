import type { Parsed } from '../../../../foundation/base/result.ts';
import { isJsonObject, parseJson, toStrings, toText } from '../../../../foundation/formats/json.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';
import { PackageList, unreadable } from '../../package-list.ts';

const FOLDER = 'conda-meta/';

/** What conda, mamba and pixi installed into an environment: one file a package, right in its `conda-meta`. @see https://docs.conda.io/projects/conda/en/stable/dev-guide/specs/ */
export const analyzer: Analyzer = {
  id: 'conda-meta',
  version: 1,
  scope: 'file',
  names: ['*.json'],
  wants,
  analyze,
};

function wants(path: string): boolean {
  if (!path.endsWith('.json')) return false;
  const start = path.lastIndexOf('/') + 1 - FOLDER.length;
  return start >= 0 && path.startsWith(FOLDER, start) && (start === 0 || path[start - 1] === '/');
}

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const { value, reason } = parseJson(file.bytes);
  if (reason !== undefined) return unreadable(`the conda package's record cannot be read: ${reason}`);
  if (!isJsonObject(value)) return unreadable("the conda package's record is not a JSON object");
  const name = toText(value['name']);
  const version = toText(value['version']);
  if (!name || !version) return unreadable(`the conda package's record has no ${name ? 'version' : 'name'}`);
  const list = new PackageList('conda', 'installed');
  const license = toText(value['license']);
  // `python >=3.9,<3.10.0a0`: a name, then what of it will do.
  const dependencies = toStrings(value['depends']).flatMap((needed) => needed.trim().split(/[\s=<>]/, 1));
  list.add(name, version, { licenses: license === undefined ? [] : [license], dependencies });
  return list.result();
}
