import type { Parsed } from '../../../../foundation/base/result.ts';
import { toText } from '../../../../foundation/formats/json.ts';
import { parseToml, toTables } from '../../../../foundation/formats/toml.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';
import { isBelow, isNamed } from '../../file-path.ts';
import { PackageList, unreadable } from '../../package-list.ts';

/** Lock files of the form that all Python installers share: `pylock.toml`, `pylock.production.toml`. Folders are the project's own, and have no version as a rule. @see PEP 751 */
export const analyzer: Analyzer = {
  id: 'pylock-toml',
  version: 1,
  scope: 'database',
  names: ['*.toml'],
  wants: (path) => path.endsWith('.toml') && isPylock(path) && !isBelow(path, 'site-packages'),
  analyze,
};

function isPylock(path: string): boolean {
  if (isNamed(path, 'pylock.toml')) return true;
  const name = path.lastIndexOf('/') + 1;
  return path.startsWith('pylock.', name) && path.indexOf('.', name + 'pylock.'.length) === path.length - '.toml'.length;
}

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const { value, reason } = parseToml(file.bytes);
  if (reason !== undefined) return unreadable(`the Python lock file cannot be read: ${reason}`);
  const list = new PackageList('pypi', 'declared');
  for (const table of toTables(value['packages'])) {
    if (table['directory'] !== undefined) continue;
    const dependencies = toTables(table['dependencies']).flatMap((dependency) => toText(dependency['name']) ?? []);
    list.add(toText(table['name']), toText(table['version']), { dependencies });
  }
  return list.result();
}
