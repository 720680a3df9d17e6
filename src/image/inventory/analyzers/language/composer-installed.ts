import type { Parsed } from '../../../../foundation/base/result.ts';
import { isJsonObject, parseJson } from '../../../../foundation/formats/json.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';
import { addComposerPackages } from '../../composer-packages.ts';
import { PackageList, unreadable } from '../../package-list.ts';

const FILE = 'composer/installed.json';

/** What Composer installed into a `vendor` folder, whatever that is called: a list of Composer 1, an object of Composer 2. @see https://getcomposer.org/doc/articles/plugins.md */
export const analyzer: Analyzer = {
  id: 'composer-installed',
  version: 1,
  scope: 'database',
  names: ['installed.json'],
  wants: (path) => path.endsWith(FILE) && (path.length === FILE.length || path[path.length - FILE.length - 1] === '/'),
  analyze,
};

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const { value, reason } = parseJson(file.bytes);
  if (reason !== undefined) return unreadable(`Composer's list of what is installed cannot be read: ${reason}`);
  const list = new PackageList('composer', 'installed');
  addComposerPackages(list, isJsonObject(value) ? value['packages'] : value);
  return list.result();
}
