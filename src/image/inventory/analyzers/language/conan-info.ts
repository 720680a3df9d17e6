import type { Parsed } from '../../../../foundation/base/result.ts';
import { linesOf } from '../../../../foundation/formats/lines.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';
import { splitConanReference } from '../../conan-reference.ts';
import { PackageList } from '../../package-list.ts';

const decoder = new TextDecoder('utf-8');
const FILE = '/conaninfo.txt';

/** Packages in the cache of Conan 1, each in `data/<name>/<version>/<user>/<channel>/package/<id>`. That of Conan 2 has no names in it. @see https://docs.conan.io/1/mastering/custom_cache.html */
export const analyzer: Analyzer = {
  id: 'conan-info',
  version: 1,
  scope: 'file',
  names: ['conaninfo.txt'],
  wants: (path) => path.endsWith(FILE) && path.includes('/package/'),
  analyze,
};

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const list = new PackageList('conan', 'installed');
  const [name, version, , , folder] = file.path.split('/').slice(-7);
  if (folder !== 'package') return list.result();
  list.add(name, version, { dependencies: readRequired(decoder.decode(file.bytes)) });
  return list.result();
}

/** The section `[full_requires]`, one reference a line. */
function readRequired(text: string): readonly string[] {
  const names: string[] = [];
  let section = '';
  for (const raw of linesOf(text)) {
    const line = raw.slice(0, 1024).trim();
    if (line.startsWith('[')) section = line;
    const name = section === '[full_requires]' ? splitConanReference(line)?.name : undefined;
    if (name !== undefined) names.push(name);
  }
  return names;
}
