import type { Parsed } from '../../../../foundation/base/result.ts';
import { isJsonObject, parseJson } from '../../../../foundation/formats/json.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';
import { addComposerPackages } from '../../composer-packages.ts';
import { isBelow, isNamed } from '../../file-path.ts';
import { PackageList, unreadable } from '../../package-list.ts';

/** Composer's lock files, without `packages-dev`. Those below `vendor` are of the packages' own development. @see https://getcomposer.org/doc/01-basic-usage.md */
export const analyzer: Analyzer = {
  id: 'composer-lock',
  version: 1,
  scope: 'database',
  names: ['composer.lock'],
  wants: (path) => isNamed(path, 'composer.lock') && !isBelow(path, 'vendor'),
  analyze,
};

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const { value, reason } = parseJson(file.bytes);
  if (reason !== undefined) return unreadable(`Composer's lock file cannot be read: ${reason}`);
  if (!isJsonObject(value)) return unreadable("Composer's lock file is not a JSON object");
  const list = new PackageList('composer', 'declared');
  addComposerPackages(list, value['packages']);
  return list.result();
}
