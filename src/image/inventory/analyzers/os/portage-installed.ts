import type { Parsed } from '../../../../foundation/base/result.ts';
import { listPortageFiles, parsePortagePackage } from '../../../../foundation/formats/portage-db.ts';
import type { ImagePath } from '../../../../foundation/model/brand.ts';
import { toImagePath } from '../../../../foundation/model/brand.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';

const FOLDER = 'var/db/pkg/';
/** The name with the version, the licence, the files. Portage writes an empty field into no file, so the first and the last are always there. */
const NAME = '/PF';
const LICENSE = '/LICENSE';
const CONTENTS = '/CONTENTS';
const decoder = new TextDecoder('utf-8');

/** Portage's database of installed packages, of Gentoo and its kin: var/db/pkg, a folder each with a file for every field. */
export const analyzer: Analyzer = {
  id: 'portage-installed',
  version: 1,
  scope: 'file',
  names: ['PF', 'LICENSE', 'CONTENTS'],
  wants: (path) => path.startsWith(FOLDER) && (path.endsWith(NAME) || path.endsWith(LICENSE) || path.endsWith(CONTENTS)),
  analyze: (file) => (file.path.endsWith(CONTENTS) ? analyzeContents(file) : analyzePackage(file)),
};

/** The folders name the package: Portage itself goes by them. */
function analyzePackage(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const [category = '', folder = '', ...rest] = file.path.slice(FOLDER.length).split('/');
  // A package that is being installed lies in a folder of its own beside its place.
  if (rest.length !== 1 || folder.startsWith('-MERGING-')) return { value: {}, problems: [] };
  const record = parsePortagePackage(category, folder);
  if (record === undefined) return { value: {}, problems: [{ message: 'its folder is not named after a package and a version' }] };
  const license = file.path.endsWith(LICENSE) ? decoder.decode(file.bytes).trim() : '';
  return { value: { packages: [{ type: 'portage', ...record, ...(license !== '' && { licenses: [license] }) }] }, problems: [] };
}

function analyzeContents(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  return { value: { ownedPaths: listPaths(decoder.decode(file.bytes)) }, problems: [] };
}

function* listPaths(text: string): Generator<ImagePath, void, undefined> {
  for (const file of listPortageFiles(text)) {
    const path = toImagePath(file);
    if (path !== undefined) yield path;
  }
}
