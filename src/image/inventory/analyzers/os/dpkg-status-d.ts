import type { Parsed } from '../../../../foundation/base/result.ts';
import { parseDeb822 } from '../../../../foundation/formats/deb822.ts';
import { DPKG_FIELDS, toDpkgPackage } from '../../../../foundation/formats/dpkg-control.ts';
import type { ImagePath } from '../../../../foundation/model/brand.ts';
import { toImagePath } from '../../../../foundation/model/brand.ts';
import type { AnalyzedFile, AnalyzedRecords, Analyzer } from '../../analyzer.ts';

const FOLDER = 'var/lib/dpkg/status.d/';
const CHECKSUMS = '.md5sums';
const decoder = new TextDecoder('utf-8');

/** Distroless images have no dpkg: each package left its control file in a folder, and the checksums of its files beside it. */
export const analyzer: Analyzer = {
  id: 'dpkg-status-d',
  version: 1,
  scope: 'file',
  wants: (path) => path.startsWith(FOLDER) && !path.includes('/', FOLDER.length),
  analyze: (file) => (file.path.endsWith(CHECKSUMS) ? analyzeChecksums(file) : analyzeControl(file)),
};

function analyzeControl(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const { value: stanzas, problems } = parseDeb822(decoder.decode(file.bytes), DPKG_FIELDS);
  const [stanza] = stanzas;
  const record = stanza === undefined ? undefined : toDpkgPackage(stanza);
  if (record === undefined)
    return { value: {}, problems: [...problems, { message: 'it is no control file of a package: it has no name or no version' }] };
  return { value: { packages: [{ type: 'deb', ...record }] }, problems };
}

function analyzeChecksums(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  return { value: { ownedPaths: listPaths(decoder.decode(file.bytes)) }, problems: [] };
}

/** Lines of `<md5>  <path>`. */
function* listPaths(text: string): Generator<ImagePath, void, undefined> {
  for (const line of text.split('\n')) {
    const path = toImagePath(line.slice(line.indexOf(' ') + 1).trim());
    if (path !== undefined) yield path;
  }
}
