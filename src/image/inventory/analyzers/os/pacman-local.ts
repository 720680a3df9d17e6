import type { ParseProblem, Parsed } from '../../../../foundation/base/result.ts';
import { parsePacmanSections, readPacmanSections } from '../../../../foundation/formats/pacman-db.ts';
import type { ImagePath } from '../../../../foundation/model/brand.ts';
import { toImagePath } from '../../../../foundation/model/brand.ts';
import type { AnalyzedFile, AnalyzedPackage, AnalyzedRecords, Analyzer } from '../../analyzer.ts';
import { toDependencyName } from '../../dependencies.ts';

const FOLDER = 'var/lib/pacman/local/';
const DESCRIPTION = '/desc';
const FILES = '/files';
const SECTIONS: ReadonlySet<string> = new Set(['NAME', 'VERSION', 'BASE', 'ARCH', 'LICENSE', 'DEPENDS', 'VALIDATION', 'PACKAGER']);
/** Who packages for the distributions that use pacman. */
const PACKAGERS = /@(?:[\w-]+\.)*(?:archlinux\.org|archlinuxarm\.org|manjaro\.org|artixlinux\.org|endeavouros\.com|cachyos\.org)>?\s*$/i;
const decoder = new TextDecoder('utf-8');

/** pacman's database of installed packages, of Arch Linux and its kin: var/lib/pacman/local, a folder each with `desc` for the package and `files` for what it owns. */
export const analyzer: Analyzer = {
  id: 'pacman-local',
  version: 2,
  scope: 'file',
  names: ['desc', 'files'],
  wants: (path) => path.startsWith(FOLDER) && (path.endsWith(DESCRIPTION) || path.endsWith(FILES)),
  analyze: (file) => (file.path.endsWith(FILES) ? analyzeFiles(file) : analyzeDescription(file)),
};

function analyzeFiles(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  return { value: { ownedPaths: listPaths(decoder.decode(file.bytes)) }, problems: [] };
}

function* listPaths(text: string): Generator<ImagePath, void, undefined> {
  for (const [section, value] of readPacmanSections(text)) {
    // Folders end with a slash.
    const path = section !== 'FILES' || value === undefined || value.endsWith('/') ? undefined : toImagePath(value);
    if (path !== undefined) yield path;
  }
}

function analyzeDescription(file: AnalyzedFile): Parsed<AnalyzedRecords> {
  const text = decoder.decode(file.bytes);
  const sections = parsePacmanSections(text, SECTIONS);
  const problems: ParseProblem[] = text.endsWith('\n') ? [] : [{ message: 'it ends inside a line: it is cut short' }];
  const first = (section: string): string | undefined => sections.get(section)?.[0];
  const name = first('NAME');
  const version = first('VERSION');
  if (name === undefined || version === undefined) {
    return { value: {}, problems: [...problems, { message: `the package has no ${name === undefined ? 'name' : 'version'}` }] };
  }
  const base = first('BASE');
  const architecture = first('ARCH');
  const licenses = sections.get('LICENSE') ?? [];
  const dependencies = (sections.get('DEPENDS') ?? []).map(toDependencyName);
  const record: AnalyzedPackage = {
    type: 'alpm',
    name,
    version,
    ...(architecture !== undefined && { architecture }),
    ...(base !== undefined && base !== name && { sourcePackage: { name: base, version } }),
    ...(licenses.length > 0 && { licenses }),
    ...(dependencies.length > 0 && { dependencies }),
    ...(isThirdParty(sections) && { thirdParty: true }),
  };
  return { value: { packages: [record] }, problems };
}

/** A distribution signs its packages. Where signatures are not checked, its packagers' addresses tell. A package of an old pacman, which noted neither, says nothing. */
function isThirdParty(sections: ReadonlyMap<string, readonly string[]>): boolean {
  const validation = sections.get('VALIDATION');
  return validation !== undefined && !validation.includes('pgp') && !PACKAGERS.test(sections.get('PACKAGER')?.[0] ?? '');
}
