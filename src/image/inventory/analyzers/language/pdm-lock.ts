import type { Parsed } from '../../../../foundation/base/result.ts';
import { toStrings, toText } from '../../../../foundation/formats/json.ts';
import { parseToml, toTables } from '../../../../foundation/formats/toml.ts';
import { toRequirementNames } from '../../../../foundation/formats/python-requirements.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';
import { isBelow, isNamed } from '../../file-path.ts';
import { PackageList, unreadable } from '../../package-list.ts';
import { isForDevelopment } from '../../python-groups.ts';

/** PDM's lock files. Packages of development groups only are left out; one with extras is listed a second time, and counts once. @see https://pdm-project.org/latest/usage/lockfile/ */
export const analyzer: Analyzer = {
  id: 'pdm-lock',
  version: 1,
  scope: 'database',
  names: ['pdm.lock'],
  wants: (path) => isNamed(path, 'pdm.lock') && !isBelow(path, 'site-packages'),
  analyze,
};

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const { value, reason } = parseToml(file.bytes);
  if (reason !== undefined) return unreadable(`PDM's lock file cannot be read: ${reason}`);
  const list = new PackageList('pypi', 'declared');
  for (const table of toTables(value['package'])) {
    if (isForDevelopment(table['groups'])) continue;
    list.add(toText(table['name']), toText(table['version']), { dependencies: toRequirementNames(toStrings(table['dependencies'])) });
  }
  return list.result();
}
