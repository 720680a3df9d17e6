import type { Parsed } from '../../../../foundation/base/result.ts';
import { isJsonObject, parseJson, toText } from '../../../../foundation/formats/json.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';
import { isNamed } from '../../file-path.ts';
import { PackageList, toNames, unreadable } from '../../package-list.ts';

/** NuGet's lock files: for each target framework the packages, and projects, which are left out. @see https://learn.microsoft.com/nuget/consume-packages/package-references-in-project-files#locking-dependencies */
export const analyzer: Analyzer = {
  id: 'nuget-packages-lock',
  version: 1,
  scope: 'database',
  names: ['packages.lock.json'],
  wants: (path) => isNamed(path, 'packages.lock.json'),
  analyze,
};

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const { value, reason } = parseJson(file.bytes);
  if (reason !== undefined) return unreadable(`NuGet's lock file cannot be read: ${reason}`);
  if (!isJsonObject(value)) return unreadable("NuGet's lock file is not a JSON object");
  const list = new PackageList('nuget', 'declared');
  const frameworks = isJsonObject(value['dependencies']) ? Object.values(value['dependencies']) : [];
  for (const framework of frameworks) {
    if (!isJsonObject(framework)) continue;
    for (const [name, entry] of Object.entries(framework)) {
      if (!isJsonObject(entry) || entry['type'] === 'Project') continue;
      list.add(name, toText(entry['resolved']), { dependencies: toNames(entry['dependencies']) });
    }
  }
  return list.result();
}
