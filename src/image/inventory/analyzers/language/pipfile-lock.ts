import type { Parsed } from '../../../../foundation/base/result.ts';
import { isJsonObject, parseJson, toText } from '../../../../foundation/formats/json.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';
import { isNamed } from '../../file-path.ts';
import { PackageList, unreadable } from '../../package-list.ts';

/** Pipenv's lock files. Of their groups `develop` is left out. @see https://pipenv.pypa.io/en/latest/pipfile.html */
export const analyzer: Analyzer = {
  id: 'pipfile-lock',
  version: 1,
  scope: 'database',
  names: ['Pipfile.lock'],
  wants: (path) => isNamed(path, 'Pipfile.lock'),
  analyze,
};

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const { value, reason } = parseJson(file.bytes);
  if (reason !== undefined) return unreadable(`Pipenv's lock file cannot be read: ${reason}`);
  if (!isJsonObject(value)) return unreadable("Pipenv's lock file is not a JSON object");
  const list = new PackageList('pypi', 'declared');
  for (const [group, packages] of Object.entries(value)) {
    if (group === '_meta' || group === 'develop' || !isJsonObject(packages)) continue;
    for (const [name, entry] of Object.entries(packages)) {
      // Those from a repository have none.
      const version = isJsonObject(entry) ? toText(entry['version']) : undefined;
      if (version?.startsWith('==') === true) list.add(name, version.replace(/^=+\s*/, ''));
    }
  }
  return list.result();
}
