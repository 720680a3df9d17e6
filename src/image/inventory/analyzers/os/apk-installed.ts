import type { Parsed } from '../../../../foundation/base/result.ts';
import type { ApkPackage } from '../../../../foundation/formats/apk-db.ts';
import { parseApkDatabase } from '../../../../foundation/formats/apk-db.ts';
import type { ImagePath } from '../../../../foundation/model/brand.ts';
import { toImagePath } from '../../../../foundation/model/brand.ts';
import type { AnalyzedFile, AnalyzedPackage, AnalyzedRecords, Analyzer } from '../../analyzer.ts';

const decoder = new TextDecoder('utf-8');

/** apk's database of installed packages; since version 3 it lies below usr/. */
export const analyzer: Analyzer = {
  id: 'apk-installed',
  version: 1,
  scope: 'database',
  wants: (path) => path === 'lib/apk/db/installed' || path === 'usr/lib/apk/db/installed',
  analyze,
};

function analyze(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const { value, problems } = parseApkDatabase(decoder.decode(file.bytes));
  return { value: { packages: value.packages.map(toPackage), ownedPaths: toImagePaths(value.files) }, problems };
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

function* toImagePaths(files: readonly string[]): Generator<ImagePath, void, undefined> {
  for (const file of files) {
    const path = toImagePath(file);
    if (path !== undefined) yield path;
  }
}
