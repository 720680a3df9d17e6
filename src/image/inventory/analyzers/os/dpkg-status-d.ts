import type { Parsed } from '../../../../foundation/base/result.ts';
import { type Deb822Stanza, parseDeb822 } from '../../../../foundation/formats/deb822.ts';
import { DPKG_FIELDS, toDpkgPackage, toDpkgState } from '../../../../foundation/formats/dpkg-control.ts';
import { linesOf } from '../../../../foundation/formats/lines.ts';
import { ProblemList } from '../../../../foundation/formats/problem-list.ts';
import type { ImagePath } from '../../../../foundation/model/brand.ts';
import { toImagePath } from '../../../../foundation/model/brand.ts';
import type { AnalyzedFile, AnalyzedPackage, AnalyzedRecords, Analyzer } from '../../analyzer.ts';
import { listFirstNames } from '../../dependencies.ts';
import { DEB_ORIGIN_FIELDS, isThirdPartyDeb } from '../../third-party.ts';

const FOLDER = 'var/lib/dpkg/status.d/';
const CHECKSUMS = '.md5sums';
const FIELDS: ReadonlySet<string> = new Set([...DPKG_FIELDS, ...DEB_ORIGIN_FIELDS]);
const decoder = new TextDecoder('utf-8');

/** The packages of distroless images, which have no dpkg: in var/lib/dpkg/status.d each package left its control file in a folder, and the checksums of its files beside it. */
export const analyzer: Analyzer = {
  id: 'dpkg-status-d',
  version: 3,
  scope: 'file',
  wants: (path) => path.startsWith(FOLDER) && !path.includes('/', FOLDER.length),
  analyze: (file) => (file.path.endsWith(CHECKSUMS) ? analyzeChecksums(file) : analyzeControl(file)),
};

function analyzeControl(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const { value: stanzas, problems: found } = parseDeb822(decoder.decode(file.bytes), FIELDS);
  const problems = new ProblemList(found);
  const packages: AnalyzedPackage[] = [];
  for (const stanza of stanzas) {
    const record = toDpkgPackage(stanza);
    if (record === undefined) problems.add({ message: `a package has no ${stanza.fields.has('package') ? 'version' : 'name'}`, line: stanza.line });
    else if (isThere(stanza))
      packages.push({ type: 'deb', ...record, ...listDependencies(stanza), ...(isThirdPartyDeb(stanza.fields) && { thirdParty: true }) });
  }
  if (stanzas.length === 0) problems.add({ message: 'it is no control file of a package: there is nothing in it' });
  return { value: { packages }, problems: problems.list() };
}

/** Most of these files have no status: they are there because the package is. */
function isThere(stanza: Deb822Stanza): boolean {
  const state = toDpkgState(stanza.fields.get('status'));
  return !stanza.fields.has('status') || (state !== 'not-installed' && state !== 'config-files');
}

function listDependencies({ fields }: Deb822Stanza): { readonly dependencies?: readonly string[] } {
  const dependencies = listFirstNames([fields.get('pre-depends'), fields.get('depends')].join(','));
  return dependencies.length === 0 ? {} : { dependencies };
}

function analyzeChecksums(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  return { value: { ownedPaths: listPaths(decoder.decode(file.bytes)) }, problems: [] };
}

/** Lines of `<md5>  <path>`. */
function* listPaths(text: string): Generator<ImagePath, void, undefined> {
  for (const line of linesOf(text)) {
    const path = toImagePath(line.slice(line.indexOf(' ') + 1).trim());
    if (path !== undefined) yield path;
  }
}
