import type { Parsed } from '../../../../foundation/base/result.ts';
import type { ApkPackage } from '../../../../foundation/formats/apk-db.ts';
import { listApkFiles, parseApkDatabase } from '../../../../foundation/formats/apk-db.ts';
import type { ImagePath } from '../../../../foundation/model/brand.ts';
import { toImagePath } from '../../../../foundation/model/brand.ts';
import type { AnalyzedFile, AnalyzedPackage, AnalyzedRecords, Analyzer } from '../../analyzer.ts';
import { listWordNames, PackageGraph } from '../../dependencies.ts';

const decoder = new TextDecoder('utf-8');

/** apk's database of installed packages, of versions 2 and 3: lib/apk/db/installed, or below usr/ where /lib is merged into it. */
export const analyzer: Analyzer = {
  id: 'apk-installed',
  version: 2,
  scope: 'database',
  wants: (path) => path === 'lib/apk/db/installed' || path === 'usr/lib/apk/db/installed',
  analyze,
};

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const text = decoder.decode(file.bytes);
  const { value: records, problems } = parseApkDatabase(text);
  const graph = new PackageGraph();
  // A relation that begins with an exclamation mark names what it does not go with, which no package is called.
  for (const record of records) graph.add(toPackage(record), listWordNames(record.provides), listWordNames(record.depends));
  return { value: { packages: graph.list(), ownedPaths: listPaths(text) }, problems };
}

function toPackage(record: ApkPackage): AnalyzedPackage {
  const { name, version, architecture, origin, license } = record;
  return {
    type: 'apk',
    name,
    version,
    ...(architecture !== undefined && { architecture }),
    ...(origin !== undefined && origin !== name && { sourcePackage: { name: origin, version } }),
    ...(license !== undefined && { licenses: [license] }),
  };
}

function* listPaths(text: string): Generator<ImagePath, void, undefined> {
  for (const file of listApkFiles(text)) {
    const path = toImagePath(file);
    if (path !== undefined) yield path;
  }
}
