import type { Parsed } from '../../../../foundation/base/result.ts';
import type { ApkPackage } from '../../../../foundation/formats/apk-db.ts';
import { listApkFiles, parseApkDatabase } from '../../../../foundation/formats/apk-db.ts';
import type { ImagePath } from '../../../../foundation/model/brand.ts';
import { toImagePath } from '../../../../foundation/model/brand.ts';
import type { AnalyzedFile, AnalyzedPackage, AnalyzedRecords, Analyzer } from '../../analyzer.ts';
import { listWordNames, PackageGraph } from '../../dependencies.ts';
import { pathsOf } from '../../file-path.ts';
import { isForeignPath } from '../../third-party.ts';

const decoder = new TextDecoder('utf-8');

/** apk's database of installed packages, of versions 2 and 3: lib/apk/db/installed, or below usr/ where /lib is merged into it. */
export const analyzer: Analyzer = {
  id: 'apk-installed',
  version: 3,
  scope: 'database',
  names: ['installed'],
  wants: (path) => path === 'lib/apk/db/installed' || path === 'usr/lib/apk/db/installed',
  analyze,
};

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const text = decoder.decode(file.bytes);
  const { value: records, problems } = parseApkDatabase(text);
  const foreign = listForeign(records, text);
  const graph = new PackageGraph();
  // A relation that begins with an exclamation mark names what it does not go with, which no package is called.
  for (const record of records) graph.add(toPackage(record, foreign.has(record.name)), listWordNames(record.provides), listWordNames(record.depends));
  return {
    value: {
      packages: graph.list(),
      ownedPaths: pathsOf(listPaths(text, (name) => !foreign.has(name))),
      ...(foreign.size > 0 && { vendorPaths: listPaths(text, (name) => foreign.has(name)) }),
    },
    problems,
  };
}

/** Names of packages that the distribution did not build: they put files where its own may not, or are without the commit that they were built by, where most have one. */
function listForeign(records: readonly ApkPackage[], text: string): ReadonlySet<string> {
  const without = records.filter(({ commit }) => commit === undefined).map(({ name }) => name);
  const foreign = new Set(without.length * 2 < records.length ? without : []);
  for (const [file, name] of listApkFiles(text)) if (isForeignPath(file)) foreign.add(name);
  return foreign;
}

function toPackage(record: ApkPackage, isForeign: boolean): AnalyzedPackage {
  const { name, version, architecture, origin, license } = record;
  return {
    type: 'apk',
    name,
    version,
    ...(architecture !== undefined && { architecture }),
    ...(origin !== undefined && origin !== name && { sourcePackage: { name: origin, version } }),
    ...(license !== undefined && { licenses: [license] }),
    ...(isForeign && { thirdParty: true }),
  };
}

function* listPaths(text: string, isMeant: (name: string) => boolean): Generator<readonly [path: ImagePath, name: string], void, undefined> {
  for (const [file, name] of listApkFiles(text)) {
    const path = isMeant(name) ? toImagePath(file) : undefined;
    if (path !== undefined) yield [path, name];
  }
}
