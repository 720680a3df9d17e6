import type { Parsed } from '../../../../foundation/base/result.ts';
import { isJsonObject, parseJson, toStrings, toText } from '../../../../foundation/formats/json.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';
import { isNamed } from '../../file-path.ts';
import { PackageList, unreadable } from '../../package-list.ts';

/** renv's lock files. @see https://rstudio.github.io/renv/reference/lockfiles.html */
export const analyzer: Analyzer = {
  id: 'r-renv-lock',
  version: 1,
  scope: 'database',
  names: ['renv.lock'],
  wants: (path) => isNamed(path, 'renv.lock'),
  analyze,
};

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const { value, reason } = parseJson(file.bytes);
  if (reason !== undefined) return unreadable(`renv's lock file cannot be read: ${reason}`);
  if (!isJsonObject(value)) return unreadable("renv's lock file is not a JSON object");
  const list = new PackageList('cran', 'declared');
  const packages = isJsonObject(value['Packages']) ? Object.values(value['Packages']) : [];
  for (const entry of packages) {
    if (isJsonObject(entry)) list.add(toText(entry['Package']), toText(entry['Version']), { dependencies: toStrings(entry['Requirements']) });
  }
  return list.result();
}
