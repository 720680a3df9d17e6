import type { Parsed } from '../../../../foundation/base/result.ts';
import { toText } from '../../../../foundation/formats/json.ts';
import { parseToml, toTables } from '../../../../foundation/formats/toml.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';
import { isBelow, isNamed } from '../../file-path.ts';
import { PackageList, toNames, unreadable } from '../../package-list.ts';
import { isForDevelopment } from '../../python-groups.ts';

/** Poetry's lock files. Packages for development only are left out, where it says so: Poetry 1.0 to 1.4 by category, from 2.0 on by group. @see https://python-poetry.org/docs/basic-usage/ */
export const analyzer: Analyzer = {
  id: 'poetry-lock',
  version: 1,
  scope: 'database',
  names: ['poetry.lock'],
  wants: (path) => isNamed(path, 'poetry.lock') && !isBelow(path, 'site-packages'),
  analyze,
};

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const { value, reason } = parseToml(file.bytes);
  if (reason !== undefined) return unreadable(`Poetry's lock file cannot be read: ${reason}`);
  const list = new PackageList('pypi', 'declared');
  for (const table of toTables(value['package'])) {
    if (table['category'] === 'dev' || isForDevelopment(table['groups'])) continue;
    list.add(toText(table['name']), toText(table['version']), { dependencies: toNames(table['dependencies']) });
  }
  return list.result();
}
